from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyOrderCase


@tagged("post_install", "-at_install")
class TestLoyaltyRefund(LoyaltyOrderCase):
    """A return takes back what its lines earned, and gives back what its rewards cost."""

    def setUp(self):
        super().setUp()
        self.sale = self.sync_order(
            self.ana,
            self.claim(100),
            [self.line_values(20, 3), self.line_values(40, product=self.pen)],
        )
        self.book_line, self.pen_line = self.sale.lines
        self.mine = self.card(self.ana)

    def test_all_of_it(self):
        refund = self.sync_refund(self.sale)
        self.assertEqual(
            self.kinds(self.mine), [("earned", 100, 0), ("clawed_back", 0, 100)]
        )
        (row,) = refund.customer_loyalty_result()["clawed_back"]
        self.assertEqual((row["points"], row["shortfall"]), (100, 0))
        self.assertBooked()

    def test_part_by_part(self):
        self.sync_refund(self.sale, 1, self.book_line)
        self.assertEqual(self.mine.points, 80)
        self.sync_refund(self.sale, 1, self.pen_line)
        self.assertEqual(self.mine.points, 40)
        self.sync_refund(self.sale, 2, self.book_line)
        self.assertEqual(self.mine.points, 0)
        self.assertBooked()

    def test_whatever_the_till_says(self):
        self.sync_refund(self.sale, changes=self.claim(100, key=self.mine.id))
        self.assertEqual(self.mine.points, 0)
        self.sync_refund(self.sale, changes=self.claim(-5000, key=self.mine.id))
        self.assertEqual(self.mine.points, 0)

    def test_by_the_back_office(self):
        refund = self.sale._refund()
        self.pay(refund)
        self.assertEqual(self.mine.points, 0)

    def test_not_before_it_is_paid(self):
        self.sale._refund()
        self.assertEqual(self.mine.points, 100)

    def test_lines_that_earn_nothing(self):
        self.program.rule_ids.product_ids = self.book
        sale = self.sync_order(
            self.bo,
            self.claim(20),
            [self.line_values(20), self.line_values(40, product=self.pen)],
        )
        self.sync_refund(sale, lines=sale.lines[1])
        self.assertEqual(self.card(self.bo).points, 20)
        self.sync_refund(sale, lines=sale.lines[0])
        self.assertEqual(self.card(self.bo).points, 0)

    def test_spent_already(self):
        for policy, points, shortfall in (
            ("negative", -70, 0),
            ("note", 0, 70),
            ("reduce", 0, 70),
        ):
            with self.subTest(policy=policy):
                self.program.write(
                    {"clawback_policy": policy, "clawback_point_value": 0.5}
                )
                partner = self.ana.copy({"name": "Somebody"})
                sale = self.sync_order(
                    partner, self.claim(100), [self.line_values(100)]
                )
                card = self.card(partner)
                card._book("spent", used=70, description="Spent")
                lines = [{"line_id": sale.lines.id, "qty": 1}]
                (seen,) = sale.with_user(self.cashier).customer_loyalty_refund_preview(
                    lines
                )
                self.assertEqual(seen["policy"], policy)
                self.assertEqual(seen["shortfall"], shortfall)
                self.assertEqual(seen["amount"], 35 if policy == "reduce" else 0)
                self.assertEqual(card.points, 30)
                refund = self.sync_refund(sale)
                self.assertEqual(card.points, points)
                (row,) = refund.customer_loyalty_result()["clawed_back"]
                self.assertEqual(row["shortfall"], shortfall)
        self.assertBooked()

    def test_preview_of_nonsense(self):
        other = self.sync_order(self.bo, {})
        for refunds in (
            "all",
            [1],
            [{}],
            [{"line_id": other.lines.id, "qty": 1}],
            [{"line_id": self.book_line.id, "qty": "1"}],
            [{"line_id": self.book_line.id, "qty": float("inf")}],
        ):
            with self.subTest(refunds=refunds), self.assertRaises(ValidationError):
                self.sale.customer_loyalty_refund_preview(refunds)

    def test_points_that_still_wait(self):
        self.program.pending_days = 14
        sale = self.sync_order(self.bo, self.claim(40), [self.line_values(40, 1)])
        card = self.card(self.bo)
        self.assertEqual(card.points_pending, 40)
        refund = self.sync_refund(sale)
        self.assertEqual((card.points, card.points_pending), (0, 0))
        (row,) = refund.customer_loyalty_result()["clawed_back"]
        self.assertEqual((row["points"], row["pending"]), (0, 40))

    def test_exchange(self):
        lines = [
            self.line_values(20, -1, refunded_orderline_id=self.book_line.id),
            self.line_values(50),
        ]
        self.sync_order(self.ana, self.claim(50, key=self.mine.id), lines)
        self.assertEqual(self.mine.points, 100 - 20 + 50)
        self.assertEqual(
            self.kinds(self.mine),
            [("earned", 100, 0), ("clawed_back", 0, 20), ("earned", 50, 0)],
        )

    def test_return_that_is_worth_more_than_was_sold(self):
        lines = [
            self.line_values(5000, -1, refunded_orderline_id=self.book_line.id),
            self.line_values(5000),
        ]
        order = self.sync_order(self.ana, self.claim(5000, key=self.mine.id), lines)
        self.assertEqual(self.mine.points, 80)
        self.assertIn("come to more than was paid", self.notes(order))

    def test_return_of_more_than_was_sold(self):
        for expected in (0, 0):
            self.sync_refund(self.sale)
            self.assertEqual(self.mine.points, expected)
        lines = [
            self.line_values(20, -3, refunded_orderline_id=self.book_line.id),
            self.line_values(60),
        ]
        self.sync_order(self.ana, self.claim(60, key=self.mine.id), lines)
        self.assertEqual(self.mine.points, 0)

    def test_what_reduces_a_refund_earns_nothing(self):
        product = self.program.reward_ids.discount_line_product_id
        lines = [
            self.line_values(20, -1, refunded_orderline_id=self.book_line.id),
            self.line_values(5, product=product),
        ]
        self.sync_order(self.ana, self.claim(5, key=self.mine.id), lines)
        self.assertEqual(self.mine.points, 80)

    # -- rewards ---------------------------------------------------------------------------

    def spend(self, cost=10, price=-10):
        lines = [
            self.line_values(30),
            self.reward_values(self.program.reward_ids, price, cost, self.mine),
        ]
        return self.sync_order(self.ana, self.claim(30 - cost, key=self.mine.id), lines)

    def test_reward_that_comes_back(self):
        sale = self.spend()
        self.assertEqual(self.mine.points, 120)
        refund = self.sync_refund(sale)
        self.assertEqual(self.mine.points, 100)
        (row,) = refund.customer_loyalty_result()["given_back"]
        self.assertEqual((row["points"], row["card_id"]), (10, self.mine.id))
        self.sync_refund(sale)
        self.assertEqual(self.mine.points, 100)
        self.assertBooked()

    def test_reward_that_stays(self):
        sale = self.spend()
        self.sync_refund(sale, lines=sale.lines[0])
        self.assertEqual(self.mine.points, 90)

    def test_cost_that_was_changed_afterwards(self):
        sale = self.spend()
        sale.lines[1].with_user(self.cashier).points_cost = 100000
        self.sync_refund(sale)
        self.assertEqual(self.mine.points, 100)

    def test_coupon_for_the_next_order_goes_with_all_of_it(self):
        coupons = self.new_program(
            "Next", "next_order_coupons", rule={"reward_point_mode": "order"}
        )
        changes = self.claim(1, coupons, key=-9)
        sale = self.sync_order(self.bo, changes, [self.line_values(20, 2)])
        card = self.card(self.bo, coupons)
        self.assertEqual(card.points, 1)
        self.sync_refund(sale, 1)
        self.assertEqual(card.points, 1)
        self.sync_refund(sale, 1)
        self.assertEqual(card.points, 0)

    def test_store_credit_that_was_bought(self):
        wallet = self.new_program("€", "ewallet", rule={"product_ids": self.pen.ids})
        changes = self.claim(50, wallet)
        lines = [self.line_values(50, product=self.pen)]
        sale = self.sync_order(self.bo, changes, lines)
        self.assertEqual(self.card(self.bo, wallet).points, 50)
        self.sync_refund(sale)
        self.assertEqual(self.card(self.bo, wallet).points, 0)

    def test_refund_onto_store_credit(self):
        wallet = self.new_program("€", "ewallet", rule={"product_ids": self.bottle.ids})
        lines = [
            self.line_values(20, -1, refunded_orderline_id=self.book_line.id),
            self.line_values(20, product=self.bottle),
        ]
        changes = self.claim(20, wallet) | self.claim(0, key=self.mine.id)
        order = self.sync_order(self.ana, changes, lines, is_refund=True)
        self.assertEqual(self.card(self.ana, wallet).points, 20)
        self.assertEqual(self.mine.points, 80)
        self.assertNotIn("Points:", self.notes(order))

    def test_return_in_another_order_after_a_change_of_customer(self):
        self.sync_refund(self.sale, 1, self.book_line)
        self.reassign(self.sale, self.bo)
        self.assertEqual(self.card(self.bo).points, 80)
        self.sync_refund(self.sale, 2, self.book_line)
        self.assertEqual(self.card(self.bo).points, 40)
        self.assertEqual(self.mine.points, 0)
        self.assertBooked()

    def test_programme_with_other_rules_by_now(self):
        self.program.rule_ids = [
            Command.clear(),
            Command.create({"product_ids": self.bottle.ids}),
        ]
        self.sync_refund(self.sale)
        self.assertEqual(self.mine.points, 0)
