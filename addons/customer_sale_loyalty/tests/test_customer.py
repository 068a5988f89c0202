from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common import SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestCustomer(SaleLoyaltyCommon, TransactionCase):
    """The points of a confirmed order go with it to another customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.right = cls.new_customer("The right one")

    def test_points_move(self):
        order = self.confirmed()
        old = self.card_of()
        order.partner_id = self.right
        new = self.card_of(customer=self.right)
        self.assertEqual((old.points, new.points), (0, 100))
        self.assertEqual(self.kinds(new), [("transferred", 100, 0)])
        self.assertBooked(old + new)
        order.order_line.product_uom_qty = 2
        self.assertEqual((old.points, new.points), (0, 200))
        order._action_cancel()
        self.assertEqual((old.points, new.points), (0, 0))
        self.assertBooked(old + new)

    def test_points_that_wait_move(self):
        self.program.pending_days = 3
        order = self.confirmed()
        order.partner_id = self.right
        new = self.card_of(customer=self.right)
        self.assertEqual(self.card_of().points_pending, 0)
        self.assertEqual(new.points_pending, 100)
        order._action_cancel()
        self.assertEqual(new.points_pending, 0)

    def test_paid_with_points(self):
        self.new_card(20)
        order = self.order()
        self.spend(order)
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "Cancel the order"):
            order.partner_id = self.right
