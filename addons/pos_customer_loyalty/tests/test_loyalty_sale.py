from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyOrderCase


@tagged("post_install", "-at_install")
class TestLoyaltySale(LoyaltyOrderCase):
    """What rides in the order is booked once, as far as the server finds it earned."""

    def setUp(self):
        super().setUp()
        self.reward = self.program.reward_ids
        self.gifts = self.new_program(
            "Gift",
            "gift_card",
            rule={"reward_point_split": True, "product_ids": self.pen.ids},
            reward_ids=[
                Command.clear(),
                Command.create({"discount_mode": "per_point", "discount": 1}),
            ],
        )

    # -- earned ----------------------------------------------------------------------------

    def test_earned_with_the_order(self):
        order = self.sync_order(self.ana, self.claim(20))
        card = self.card(self.ana)
        self.assertEqual(self.kinds(card), [("earned", 20, 0)])
        self.assertEqual(card.history_ids.order_id, order.id)
        self.assertEqual(card.points, 20)
        self.assertFalse(order.loyalty_waiting)
        self.assertNotIn("Points:", self.notes(order))

    def test_sent_twice_earns_once(self):
        values = self.till_order(self.ana, self.claim(20))
        self.sync(values)
        self.sync(values)
        self.sync(values, values)
        self.assertEqual(self.card(self.ana).points, 20)

    def test_the_till_is_told(self):
        order = self.sync_order(self.ana, self.claim(20, key=-7))
        result = order.with_user(self.cashier).customer_loyalty_result()
        card = self.card(self.ana)
        self.assertEqual(
            result["coupon_updates"],
            [
                {
                    "old_id": -7,
                    "id": card.id,
                    "points": 20,
                    "code": card.code,
                    "program_id": self.program.id,
                    "partner_id": self.ana.id,
                }
            ],
        )
        self.assertEqual(result["pending"], [])
        self.assertFalse(result["waiting"])

    def test_never_more_than_the_server_finds(self):
        order = self.sync_order(self.ana, self.claim(1000000))
        self.assertEqual(self.card(self.ana).points, 20)
        self.assertIn("more points than it does", self.notes(order))

    def test_several_claims_on_one_programme(self):
        order = self.sync_order(
            self.ana, self.claim(20) | self.claim(20, key=-2) | self.claim(20, key=-3)
        )
        self.assertEqual(self.card(self.ana).points, 20)
        self.assertIn("more points than it does", self.notes(order))

    def test_a_till_may_give_less(self):
        self.sync_order(self.ana, self.claim(12))
        self.assertEqual(self.card(self.ana).points, 12)

    def test_a_claim_below_zero_takes_nothing(self):
        self.new_card(self.ana, 50)
        self.sync_order(self.ana, self.claim(-30, key=self.card(self.ana).id))
        self.assertEqual(self.card(self.ana).points, 50)

    def test_rule_with_a_code(self):
        self.program.rule_ids.write({"mode": "with_code", "code": "TENFOLD"})
        self.sync_order(self.ana, self.claim(20))
        self.assertEqual(self.card(self.ana).points, 20)

    def test_lines_worth_more_than_was_paid(self):
        values = self.till_order(self.ana, self.claim(5000))
        values["lines"][0][2]["price_subtotal_incl"] = 5000
        self.sync(values)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.assertFalse(self.card(self.ana).points)
        self.assertIn("come to more than was paid", self.notes(order))

    def test_goods_returned_without_their_sale(self):
        self.program.rule_ids.product_ids = self.book
        lines = [self.line_values(500), self.line_values(500, -1, self.pen)]
        self.sync_order(self.ana, self.claim(500), lines)
        self.assertFalse(self.card(self.ana).points)

    def test_nothing_sold_nothing_earned(self):
        self.program.rule_ids.write({"reward_point_mode": "order", "minimum_qty": 0})
        self.sync_order(self.ana, self.claim(1), [self.line_values(20, -1)])
        self.assertFalse(self.card(self.ana).points)

    def test_programmes_that_do_not_apply(self):
        other_till = self.env["pos.config"].create({"name": "Other till"})
        company = self.env["res.company"].create({"name": "Other company"})
        yesterday = fields.Date.today() - timedelta(days=2)
        for values in (
            {"pos_config_ids": [Command.set(other_till.ids)]},
            {"company_id": company.id, "currency_id": self.company.currency_id.id},
            {"date_to": yesterday},
            {"active": False},
            {"customer_type_ids": [Command.set(self.student.ids)]},
        ):
            with self.subTest(values=values):
                program = self.new_program("Bonus", "loyalty")
                program.write(values)
                order = self.sync_order(self.bo, self.claim(20, program))
                cards = self.env["loyalty.card"].search(
                    [("program_id", "=", program.id)]
                )
                self.assertFalse(cards)
                self.assertIn("does not take part in", self.notes(order))

    def test_programme_for_the_type_of_the_customer(self):
        self.program.customer_type_ids = self.student
        self.sync_order(self.ana, self.claim(20))
        self.assertEqual(self.card(self.ana).points, 20)
        self.sync_order(self.cleo, self.claim(20))  # a student no more
        self.assertFalse(self.card(self.cleo))

    def test_limit_of_uses_counts_the_others(self):
        self.program.write({"limit_usage": True, "max_usage": 1})
        card = self.new_card(self.ana, 50)
        for points in (20, 0):
            lines = [
                self.line_values(30),
                self.reward_values(self.reward, -10, 10, card),
            ]
            before = card.points
            # the rule counts the book, not the reward
            self.sync_order(self.ana, self.claim(10, key=card.id), lines)
            self.assertEqual(card.points, before - 10 + points)

    def test_always_the_card_of_the_customer(self):
        other = self.new_card(self.bo, 5)
        self.sync_order(self.ana, self.claim(20, key=other.id, partner_id=self.bo.id))
        self.assertEqual(other.points, 5)
        self.assertEqual(self.card(self.ana).points, 20)

    def test_without_a_customer(self):
        order = self.sync_order(None, self.claim(20))
        self.assertFalse(self.env["loyalty.card"].search_count([]))
        self.assertIn("no customer", self.notes(order))

    def test_free_product_earns_nothing(self):
        reward = self.reward.copy(
            {
                "reward_type": "product",
                "reward_product_id": self.book.id,
                "required_points": 10,
            }
        )
        card = self.new_card(self.ana, 50)
        lines = [
            self.line_values(20, 2),
            self.reward_values(reward, -20, 10, card),
        ]
        self.sync_order(self.ana, self.claim(30, key=card.id), lines)
        self.assertEqual(card.points, 50 + 20 - 10)

    def test_points_that_wait(self):
        self.program.pending_days = 14
        order = self.sync_order(self.ana, self.claim(20))
        card = self.card(self.ana)
        self.assertEqual((card.points, card.points_pending), (0, 20))
        (row,) = order.customer_loyalty_result()["pending"]
        ready_on = fields.Date.context_today(order) + timedelta(days=14)
        self.assertEqual(row["ready_on"], fields.Date.to_string(ready_on))
        self.assertEqual((row["points"], row["card_id"]), (20, card.id))
        self.assertFalse(card.history_ids)

    # -- spent -----------------------------------------------------------------------------

    def spend(self, card, cost, claim=None, partner=None, **values):
        lines = [
            self.line_values(30),
            self.reward_values(self.reward, -10, cost, card, **values),
        ]
        return self.sync_order(partner or self.ana, claim or {}, lines)

    def test_earned_and_spent_have_a_line_each(self):
        card = self.new_card(self.ana, 50)
        self.spend(card, 10, self.claim(20, key=card.id))
        self.assertEqual(
            self.kinds(card), [("adjusted", 50, 0), ("earned", 30, 0), ("spent", 0, 10)]
        )
        self.assertEqual(card.points, 70)

    def test_a_reward_costs_its_points_whatever_the_till_says(self):
        card = self.new_card(self.ana, 50)
        self.spend(card, 10)
        self.assertEqual(card.points, 40)

    def test_a_cost_below_zero_makes_no_points(self):
        card = self.new_card(self.ana, 50)
        order = self.spend(card, -1000, self.claim(1000, key=card.id))
        self.assertEqual(card.points, 80)  # the 30 that were earned
        self.assertIn("costs less than nothing", self.notes(order))

    def test_cards_that_are_not_to_be_touched(self):
        coupons = self.new_program("Coupons", "coupons", trigger="with_code")
        theirs = self.new_card(self.bo, 50, coupons)
        archived = self.new_card(None, 50, coupons, active=False)
        other = self.new_card(None, 50, self.new_program("Others", "coupons"))
        self.reward = coupons.reward_ids
        for card in (theirs, archived, other):
            with self.subTest(card=card):
                order = self.spend(card, 10)
                self.assertEqual(card.points, 50)
                self.assertIn("was left alone", self.notes(order))

    def test_coupon_of_the_customer(self):
        coupons = self.new_program("Coupons", "coupons", trigger="with_code")
        self.reward = coupons.reward_ids
        card = self.new_card(self.ana, 50, coupons)
        claim = self.claim(-10, coupons, key=card.id, line_codes=["abc"])
        order = self.spend(card, 10, claim)
        self.assertEqual(card.points, 40)
        self.assertNotIn("Points:", self.notes(order))

    def test_more_spent_than_there_was(self):
        card = self.new_card(self.ana, 5)
        order = self.spend(card, 10)
        self.assertEqual(card.points, -5)
        self.assertIn("More was spent", self.notes(order))

    def test_promotion_of_the_order(self):
        promo = self.new_program(
            "Promo",
            "promotion",
            applies_on="current",
            rule={"reward_point_mode": "order"},
        )
        promo.reward_ids.required_points = 1
        self.reward = promo.reward_ids
        claim = self.claim(0, promo, key=-3, line_codes=["abc"])
        order = self.spend(None, 1, claim)
        card = order.lines.coupon_id
        self.assertEqual(card.program_id, promo)
        self.assertEqual(self.kinds(card), [("earned", 1, 0), ("spent", 0, 1)])

    # -- gift cards ----------------------------------------------------------------------------

    def sell_gift(self, code, points, price=50, partner=None):
        lines = [self.line_values(price, product=self.pen)]
        changes = self.claim(points, self.gifts, key=-4, code=code)
        return self.sync_order(partner, changes, lines)

    def gift(self, code):
        return self.env["loyalty.card"].search([("code", "=", code)])

    def test_gift_card_that_is_sold(self):
        self.program.active = False
        order = self.sell_gift("GIFT-1", 50, partner=self.ana)
        card = self.gift("GIFT-1")
        self.assertEqual((card.points, card.source_pos_order_id), (50, order))
        self.assertEqual(self.kinds(card), [("earned", 50, 0)])

    def test_gift_card_is_worth_what_was_paid(self):
        order = self.sell_gift("GIFT-1", 5000)
        self.assertEqual(self.gift("GIFT-1").points, 50)
        self.assertIn("more points than it does", self.notes(order))

    def test_money_is_on_one_card_only(self):
        second = self.new_program(
            "Gift 2", "gift_card", rule={"product_ids": self.pen.ids}
        )
        changes = self.claim(50, self.gifts, code="A") | self.claim(
            50, second, key=-2, code="B"
        )
        self.sync_order(None, changes, [self.line_values(50, product=self.pen)])
        self.assertEqual(self.gift("A").points, 50)
        self.assertFalse(self.gift("B"))

    def test_gift_card_made_before_it_is_sold(self):
        card = self.new_card(None, 50, self.gifts, code="MADE")
        order = self.sell_gift("MADE", 50, partner=self.ana)
        self.assertEqual((card.points, card.source_pos_order_id), (50, order))
        self.assertEqual(card.partner_id, self.ana)
        self.assertBooked()
        self.assertFalse(
            [line for line in card.history_ids if "Ana" in line.description]
        )
        status = self.env["loyalty.card"].get_gift_card_status("MADE", self.config.id)
        self.assertFalse(status["status"])

    def test_gift_card_that_pays(self):
        card = self.new_card(None, 50, self.gifts, code="PAYS")
        self.reward = self.gifts.reward_ids
        claim = self.claim(-10, self.gifts, key=card.id, line_codes=["abc"])
        self.spend(card, 10, claim)
        self.assertEqual((card.points, card.partner_id), (40, self.ana))
        self.assertBooked()

    def test_code_that_is_another_card_s(self):
        other = self.new_card(self.bo, 5, code="TAKEN")
        order = self.sell_gift("TAKEN", 50)
        self.assertEqual(other.points, 5)
        card = self.env["loyalty.card"].search([("source_pos_order_id", "=", order.id)])
        self.assertEqual(card.points, 50)
        self.assertIn("was taken already", self.notes(order))

    # -- what makes no sense ---------------------------------------------------------------------

    def test_malformed_claims_stop_no_sale(self):
        good = self.claim(20)
        for changes in (
            "many",
            [1, 2],
            {"x": {}},
            {"-1": None},
            {"-1": {"points": "9", "program_id": self.program.id}},
            {"-1": {"points": True, "program_id": self.program.id}},
            {"-1": {"points": 10, "program_id": "x"}},
            {"0": good["-1"]},
            {"-1": {**good["-1"], "line_codes": "abc"}},
            {"-1": {**good["-1"], "code": {"a": 1}}},
            {"-1": {**good["-1"], "points": float("nan")}},
        ):
            with self.subTest(changes=changes):
                order = self.sync_order(self.ana, changes)
                self.assertEqual(order.state, "paid")
                self.assertFalse(order.loyalty_waiting)
                self.assertFalse(self.card(self.ana))
                self.assertIn("made no sense", self.notes(order))

    def test_unknown_programme(self):
        claim = self.claim(20)
        claim["-1"]["program_id"] = 2**31 - 1
        order = self.sync_order(self.ana, claim)
        self.assertIn("does not take part in", self.notes(order))

    # -- for whom ------------------------------------------------------------------------------------

    def test_code_for_another_type(self):
        coupons = self.new_program(
            "Students only",
            "coupons",
            trigger="with_code",
            customer_type_ids=[Command.set(self.student.ids)],
        )
        self.new_card(None, 50, coupons, code="STUDENT")

        def use(partner):
            return self.config.with_user(self.cashier).use_coupon_code(
                "STUDENT",
                fields.Datetime.to_string(fields.Datetime.now()),
                partner,
                False,
            )

        self.assertTrue(use(self.ana.id)["successful"])
        for partner in (self.bo.id, self.cleo.id, False):
            result = use(partner)
            self.assertFalse(result["successful"])
            self.assertIn("Student", result["payload"]["error_message"])

    def test_gift_card_of_another_till(self):
        other_till = self.env["pos.config"].create({"name": "Other till"})
        self.new_card(None, 50, self.gifts, code="THERE")
        cards = self.env["loyalty.card"].with_user(self.cashier)
        self.assertTrue(cards.get_gift_card_status("THERE", self.config.id)["status"])
        self.gifts.pos_config_ids = other_till
        self.assertFalse(cards.get_gift_card_status("THERE", self.config.id)["status"])
