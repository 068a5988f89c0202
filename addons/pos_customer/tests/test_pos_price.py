from odoo.tests import tagged

from .common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestPosPrice(PosCustomerHttpCase):
    """Journeys in a real till: the type of the customer makes the price."""

    def test_sell_to_a_student(self):
        self.open_till()
        self.run_pos_tour("pos_customer_price_tour")
        order, refund = self.env["pos.order"].search(
            [("config_id", "=", self.config.id)], order="id"
        )
        self.assertEqual(order.partner_id, self.ana)
        prices = {line.product_id: line.price_unit for line in order.lines}
        self.assertEqual(prices, {self.book: 18, self.bottle: 0.5, self.pen: 2})
        self.assertEqual(refund.partner_id, self.ana)
        self.assertEqual(refund.lines.price_unit, 18)
        self.assertEqual(refund.amount_total, -18)

    def test_change_the_customer_after_a_payment(self):
        self.open_till()
        self.run_pos_tour("pos_customer_change_after_payment_tour")
        order = self.env["pos.order"].search([("config_id", "=", self.config.id)])
        self.assertEqual(order.partner_id, self.ana)
        self.assertEqual(order.amount_total, 18)
        self.assertEqual(order.amount_paid, 18)
