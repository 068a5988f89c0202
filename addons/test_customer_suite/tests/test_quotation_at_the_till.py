from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestQuotationAtTheTill(PosCustomerHttpCase):
    """A quotation that a till takes the money for."""

    def test_paid_by_a_blocked_customer(self):
        """The sale is stored, whatever the till knew of the block; both are flagged."""
        group = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.cashier.group_ids = [Command.link(group.id)]
        session = self.open_till()
        quotation = self.env["sale.order"].create(
            {
                "partner_id": self.bo.id,
                "order_line": [Command.create({"product_id": self.book.id})],
            }
        )
        self.bo.customer_block(["pos"], "unpaid")
        values = self.order_values(session, partner_id=self.bo.id)
        values["lines"][0][2].update(
            sale_order_origin_id=quotation.id,
            sale_order_line_id=quotation.order_line.id,
        )
        self.sync(values)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.assertEqual(order.state, "paid")
        self.assertTrue(order.customer_block_flag)
        self.assertEqual(quotation.state, "sale")
        self.assertTrue(quotation.customer_block_flag)
