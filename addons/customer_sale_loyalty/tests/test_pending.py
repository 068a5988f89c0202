from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from .common import SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestPending(SaleLoyaltyCommon, TransactionCase):
    """Points of an order wait as the programme says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.pending_days = 14

    def rows(self, order):
        return self.env["loyalty.pending"].search(
            [("order_model", "=", "sale.order"), ("order_id", "=", order.id)]
        )

    def release(self, order):
        rows = self.rows(order)
        rows.ready_on = fields.Date.context_today(rows)
        rows._release()

    def test_points_wait(self):
        order = self.confirmed()
        card, row = self.card_of(), self.rows(order)
        self.assertEqual((card.points, card.points_pending), (0, 100))
        self.assertFalse(card.history_ids)
        in_two_weeks = fields.Date.context_today(row) + timedelta(days=14)
        self.assertEqual((row.points, row.ready_on), (100, in_two_weeks))
        self.release(order)
        self.assertEqual((card.points, card.points_pending), (100, 0))
        self.assertBooked(card)

    def test_they_do_not_pay_for_the_order_that_earns_them(self):
        order = self.order()
        order._update_programs_and_rewards()
        card = self.card_of()
        self.assertEqual(order._get_real_points_for_coupon(card), 0)
        self.assertFalse(order._get_claimable_rewards())
        self.program.pending_days = 0
        self.assertEqual(order._get_real_points_for_coupon(card), 100)

    def test_a_reward_is_paid_at_once(self):
        card = self.new_card(20)
        order = self.order()
        self.spend(order)
        order.action_confirm()
        self.assertEqual((card.points, card.points_pending), (10, 100))
        self.assertEqual(self.kinds(card), [("adjusted", 20, 0), ("spent", 0, 10)])
        self.assertBooked(card)

    def test_cancel_while_they_wait(self):
        order = self.confirmed()
        order._action_cancel()
        card = self.card_of()
        self.assertEqual((card.points, card.points_pending), (0, 0))
        self.assertEqual(self.rows(order).state, "cancelled")
        self.assertFalse(self.rows(order)._release())

    def test_cancel_when_they_are_there(self):
        order = self.confirmed()
        self.release(order)
        order._action_cancel()
        card = self.card_of()
        self.assertEqual((card.points, card.points_pending), (0, 0))
        self.assertBooked(card)

    def test_confirmed_again(self):
        order = self.confirmed()
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        card = self.card_of()
        self.assertEqual(card.points_pending, 100)
        half = card._claw_back(order, order, lambda program: 0.5)
        self.assertEqual(half[0]["pending"], 50)

    def test_the_order_changes_while_they_wait(self):
        order = self.confirmed(quantity=3)
        card, line = self.card_of(), order.order_line
        for quantity, points in ((2, 200), (0, 0), (4, 400)):
            line.product_uom_qty = quantity
            self.assertEqual((card.points, card.points_pending), (0, points))
        self.release(order)
        line.product_uom_qty = 1
        self.assertEqual((card.points, card.points_pending), (100, 0))
        self.assertBooked(card)

    def test_points_of_quotations(self):
        self.program.pending_days = 0
        card = self.new_card(5)
        orders = self.order() + self.order(quantity=2)
        for order in orders:
            order._update_programs_and_rewards()
        orders[1].state = "sent"
        card.invalidate_recordset()
        self.assertEqual((card.points, card.points_pending), (5, 300))
        orders[0].action_confirm()
        orders[1]._action_cancel()
        card.invalidate_recordset()
        self.assertEqual((card.points, card.points_pending), (105, 0))
