from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestOrders(SaleLoyaltyCommon, TransactionCase):
    """A plain salesperson sells, redeems, changes and cancels, and the card follows."""

    def test_a_sale_earns(self):
        order = self.confirmed()
        card = self.card_of()
        self.assertEqual(card.points, 100)
        self.assertEqual(self.kinds(card), [("earned", 100, 0)])
        self.assertEqual(
            (card.history_ids.order_model, card.history_ids.order_id),
            ("sale.order", order.id),
        )
        self.assertBooked(card)

    def test_a_reward_costs(self):
        card = self.new_card(20)
        order = self.order()
        line = self.spend(order)
        self.assertEqual((line.points_cost, line.coupon_id), (10, card))
        order.action_confirm()
        self.assertEqual(card.points, 20 + 100 - 10)
        self.assertBooked(card)

    def test_a_reward_taken_off_before(self):
        card = self.new_card(20)
        order = self.order()
        self.spend(order).unlink()
        order.action_confirm()
        self.assertEqual(card.points, 120)
        self.assertBooked(card)

    def test_a_reward_on_a_confirmed_order(self):
        card = self.new_card(20)
        order = self.confirmed()
        lines = self.spend(order)
        self.assertEqual(card.points, 110)
        self.assertBooked(card)
        self.assertEqual(lines.points_cost, 10)
        self.assertEqual(self.kinds(card)[-1], ("earned", 100, 10))
        # the button works out the reward anew
        order.action_open_reward_wizard()
        self.assertEqual(card.points, 110)
        self.assertBooked(card)

    def test_a_coupon_for_the_next_order(self):
        program = self.new_program(
            "Next",
            "next_order_coupons",
            rule_ids=[self.rule(self.other_product, reward_point_mode="order")],
            reward_ids=[Command.create({"required_points": 1, "discount": 10})],
        )
        self.confirmed(self.other_product)
        coupon = self.card_of(program)
        self.assertEqual(coupon.points, 1)
        self.assertBooked(coupon)
        order = self.order()
        wizard = self.env["sale.loyalty.coupon.wizard"].with_user(self.seller)
        wizard = wizard.create({"order_id": order.id, "coupon_code": coupon.code})
        wizard.action_apply()
        self.spend(order, program.reward_ids)
        order.action_confirm()
        self.assertEqual(coupon.points, 0)
        self.assertBooked(coupon)

    def test_gift_cards(self):
        gift = self.new_product("Gift card", 50)
        program = self.new_gift_program(gift)
        order = self.order(gift)
        order._update_programs_and_rewards()
        order.order_line.product_uom_qty = 2
        order.action_confirm()
        cards = program.coupon_ids
        self.assertEqual(cards.mapped("points"), [50, 50])
        self.assertBooked(cards)
        order = self.order()
        order._try_apply_code(cards[0].code)
        self.spend(order, program.reward_ids)
        order.action_confirm()
        self.assertEqual(order.amount_total, 50)
        self.assertEqual(cards[0].points, 0)
        self.assertBooked(cards)

    def test_cancel(self):
        card = self.new_card(20)
        order = self.order()
        self.spend(order)
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(card.points, 20)
        self.assertEqual(self.kinds(card), [("adjusted", 20, 0)])
        self.assertBooked(card)

    def test_cancel_and_again(self):
        order = self.confirmed()
        for _time in range(3):
            order._action_cancel()
            order.action_draft()
            order.action_confirm()
        self.assertEqual(self.card_of().points, 100)
        self.assertBooked(self.card_of())

    def test_cancel_of_spent_points(self):
        for policy, balance in (("negative", -60), ("note", 0)):
            self.program.write({"clawback_policy": policy})
            self.customer = self.new_customer(policy)
            order = self.confirmed()
            card = self.card_of()
            card._book("spent", used=60)
            order._action_cancel()
            self.assertEqual(card.points, balance, policy)
            self.assertBooked(card)

    def test_the_order_changes_after_its_confirmation(self):
        self.reward.required_points = 1000
        order = self.confirmed(quantity=3)
        card = self.card_of()
        line = order.order_line
        for quantity, points in ((1, 100), (0, 0), (2, 200)):
            line.product_uom_qty = quantity
            self.assertEqual(card.points, points)
            # core added all of them again with each click
            order.action_open_reward_wizard()
            self.assertEqual(card.points, points)
            self.assertBooked(card)
        line.price_unit = 10
        self.assertEqual(card.points, 20)
        order._action_cancel()
        self.assertEqual(card.points, 0)
        self.assertBooked(card)

    def test_a_copy_begins_anew(self):
        self.new_card(20)
        order = self.order()
        self.spend(order)
        copy = order.copy()
        self.assertEqual(copy.order_line.product_id, self.product)
        self.assertFalse(copy.order_line.reward_id)

    def test_points_of_who_had_the_quotation_before(self):
        card = self.new_card(20)
        order = self.order()
        self.spend(order)
        order.partner_id = self.new_customer("Somebody else")
        order.action_confirm()
        self.assertEqual(card.points, 20)
        self.assertFalse(order.order_line.reward_id)
        self.assertEqual(self.card_of(customer=order.partner_id).points, 100)

    def test_more_than_there_is(self):
        card = self.new_card(10)
        first, second = self.order(self.other_product), self.order(self.other_product)
        self.spend(first)
        self.spend(second)
        first.action_confirm()
        with self.assertRaises(ValidationError):
            second.action_confirm()
        self.assertEqual(card.points, 0)
