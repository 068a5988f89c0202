import base64
from uuid import uuid4

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase

# the smallest picture there is
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
PIXEL_BYTES = base64.b64decode(PIXEL)


class WorkOrderCase(PosCustomerHttpCase):
    """A till of a workshop: watches are brought, springs are replaced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repairs = cls.env["repair.order"]
        cls.watch, cls.spring = cls.env["product.product"].create(
            [
                {
                    "name": "Till Watch",
                    "type": "consu",
                    "is_storable": True,
                    "tracking": "serial",
                },
                {
                    "name": "Till Spring",
                    "type": "consu",
                    "is_storable": True,
                    "list_price": 15.0,
                    "taxes_id": [Command.clear()],
                },
            ]
        )
        cls.labour = cls.config.customer_labour_product_id
        cls.labour.taxes_id = [Command.clear()]
        cls.config.down_payment_product_id = cls.env.ref(
            "pos_sale.default_downpayment_product"
        )
        cls.received = cls.env.ref("customer_repair.customer_message_repair_received")
        cls.received.body = "{{ object.name }}: {{ object.customer_item_name }}"
        cls.mechanic = new_test_user(
            cls.env,
            "mechanic",
            password="mechanic-password",
            groups="base.group_user,stock.group_stock_user",
            name="Mec Hanic",
        )
        cls.chief = new_test_user(
            cls.env,
            "chief",
            password="chief-password",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "customer_base.group_customer_manager",
            lang="en_US",
            name="Chi Chief",
        )

    def work_order(self, **values):
        """Values of a work order, as a till sends them."""
        return {
            "partner_id": self.ana.id,
            "item": "Grandfather's watch",
            "fault": "Does not tick",
            **values,
        }

    def take_in(self, uuid=None, user=None, config=None, **values):
        """:return: the repair that the cashier takes in"""
        model = self.repairs.with_user(user or self.cashier)
        config = config or self.config
        ticket = model.customer_repair_create(
            self.work_order(**values), uuid or str(uuid4()), config.id
        )
        return self.repairs.browse(ticket["id"])

    def finish(self, repair, parts=1):
        """What the workshop does: parts are added, and the repair is done."""
        if parts:
            repair.write(
                {
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.spring.id,
                                "product_uom_qty": parts,
                                "quantity": parts,
                                "repair_line_type": "add",
                            }
                        )
                    ]
                }
            )
        repair.action_repair_start()
        repair.action_repair_end()

    def block(self, partner):
        partner.with_user(self.chief).customer_block(["pos"], "unpaid")

    def sale_values(self, session, order, line=None):
        """What a till sends once ``line`` of a sale order, or a deposit on it, is paid."""
        values = self.order_values(session, partner_id=order.partner_id.id)
        deposit = self.config.down_payment_product_id
        values["lines"][0][2].update(
            product_id=(line.product_id if line else deposit).id,
            sale_order_origin_id=order.id,
            sale_order_line_id=line and line.id,
        )
        return values

    def sell(self, session, order, line=None):
        self.sync(self.sale_values(session, order, line))
