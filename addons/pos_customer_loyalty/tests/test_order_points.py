from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyOrderCase


@tagged("post_install", "-at_install")
class TestOrderPoints(LoyaltyOrderCase):
    """Points, with their history, go where the order goes."""

    # -- given by a till that knows the customer under another id ---------------------------

    def test_points_of_a_customer_who_was_merged_meanwhile(self):
        self.sell_with_points(self.bo, 5)
        card, old_id = self.card(self.bo), self.ana.id
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.ana | self.bo).ids, self.bo, extra_checks=False)
        order = self.sell(self.bo)
        self.give_points(order, old_id, 20, self.program)
        self.assertEqual(self.card(self.bo), card)
        self.assertEqual(card.points, 25)

    def test_points_of_a_customer_made_without_a_connection(self):
        order = self.sell(self.bo)
        self.give_points(order, -(2**31), 20, self.program)
        self.assertEqual(self.card(self.bo).points, 20)

    def test_points_of_a_customer_who_is_gone(self):
        order = self.sell()
        self.give_points(order, -5, 20, self.program)
        card = order.env["loyalty.card"].search(
            [("source_pos_order_id", "=", order.id)]
        )
        self.assertEqual((card.points, card.partner_id.ids), (20, []))

    # -- moved ---------------------------------------------------------------------------

    def test_moved_with_their_history(self):
        order = self.sell_with_points(self.ana)
        effects = self.preview(order, self.bo)["effects"]
        self.assertIn("20 Points go from Ana Student to Bo Plain.", effects)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.ana).points, 0)
        self.assertEqual(self.card(self.bo).points, 20)
        self.assertEqual(
            self.lines(self.card(self.ana)),
            [(20, 0, "pos.order", order.id), (0, 20, "pos.order", order.id)],
        )
        self.assertEqual(
            self.lines(self.card(self.bo)), [(20, 0, "pos.order", order.id)]
        )
        described = self.card(self.bo).history_ids.description
        self.assertIn(order.name, described)
        self.assertNotIn("Ana", described)

    def test_card_that_is_there_is_used(self):
        order = self.sell_with_points(self.ana)
        self.sell_with_points(self.bo, 5)
        card = self.card(self.bo)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.bo), card)
        self.assertEqual(card.points, 25)

    def test_there_and_back_again(self):
        order = self.sell_with_points(self.ana)
        for partner in (self.bo, self.cleo, self.ana, self.bo):
            self.reassign(order, partner)
        points = [self.card(p).points for p in (self.ana, self.bo, self.cleo)]
        self.assertEqual(points, [0, 20, 0])

    def test_only_those_of_this_order(self):
        self.sell_with_points(self.ana, 7)
        order = self.sell_with_points(self.ana)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.ana).points, 7)
        self.assertEqual(self.card(self.bo).points, 20)

    def test_same_customer_again_moves_nothing(self):
        order = self.sell_with_points(self.ana)
        self.reassign(order, self.bo)
        lines = self.lines(self.card(self.bo))
        self.assertEqual(self.reassign(order, self.bo), [])
        self.assertEqual(self.lines(self.card(self.bo)), lines)

    def test_money_on_a_wallet(self):
        wallet = self.new_program("€", "ewallet")
        order = self.sell_with_points(self.ana, 50, wallet)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.ana, wallet).points, 0)
        self.assertEqual(self.card(self.bo, wallet).points, 50)

    def test_cards_left_behind_by_a_merge(self):
        order = self.sell_with_points(self.cleo)
        (self.card(self.cleo) | self.card(self.ana)).flush_recordset()
        self.sell_with_points(self.ana, 5)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.ana | self.cleo).ids, self.ana, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(order.partner_id, self.ana)
        self.assertEqual(self.card(self.ana).points, 25)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.ana).points, 5)
        self.assertEqual(self.card(self.bo).points, 20)

    def test_coupon_for_the_next_order(self):
        program = self.new_program("Next", "next_order_coupons")
        order = self.sell_with_points(self.ana, 1, program)
        coupon = self.card(self.ana, program)
        used = coupon.copy({"code": "used", "points": 0})
        self.reassign(order, self.bo)
        self.assertEqual(coupon.partner_id, self.bo)
        self.assertEqual(used.partner_id, self.ana)

    def test_gift_card_stays_with_its_holder(self):
        gifts = self.new_program("Gift", "gift_card")
        order = self.sell(self.ana)
        card = self.env["loyalty.card"].create(
            {
                "program_id": gifts.id,
                "partner_id": self.ana.id,
                "points": 50,
                "source_pos_order_id": order.id,
            }
        )
        self.reassign(order, self.bo)
        self.assertEqual(card.partner_id, self.ana)

    def test_points_that_wait(self):
        self.program.pending_days = 14
        order = self.sync_order(self.ana, self.claim(20))
        effects = self.preview(order, self.bo)["effects"]
        self.assertIn("20 Points that wait go to Bo Plain.", effects)
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.ana).points_pending, 0)
        self.assertEqual(self.card(self.bo).points_pending, 20)
        effects = self.preview(order, None)["effects"]
        self.assertIn("20 Points that wait are lost.", effects)
        self.reassign(order, None)
        self.assertEqual(self.card(self.bo).points_pending, 0)
        self.assertBooked()

    # -- taken off -----------------------------------------------------------------------

    def test_taken_off_with_the_customer(self):
        order = self.sell_with_points(self.ana)
        effects = self.preview(order, None)["effects"]
        self.assertIn("20 Points are taken off Ana Student.", effects)
        self.reassign(order, None)
        self.assertEqual(self.card(self.ana).points, 0)

    # -- given ---------------------------------------------------------------------------

    def given(self, order, partner=None):
        """Points that ``order``, which had no customer, gives to one."""
        partner = partner or self.bo
        self.reassign(order, partner)
        return sum(self.card(partner).mapped("points"))

    def test_given_to_who_was_not_entered(self):
        order = self.sell(price=17.5)
        effects = self.preview(order, self.bo)["effects"]
        self.assertIn("Bo Plain gets 17.50 Points.", effects)
        self.assertEqual(self.given(order), 17.5)
        self.assertEqual(
            self.lines(self.card(self.bo)), [(17.5, 0, "pos.order", order.id)]
        )

    def test_nothing_is_given_without_a_programme(self):
        self.program.active = False
        order = self.sell()
        self.assertEqual(self.given(order), 0)
        self.assertFalse(self.card(self.bo))

    def test_given_to_those_for_whom_the_programme_is(self):
        self.program.customer_type_ids = self.student
        self.assertEqual(self.given(self.sell(), self.bo), 0)
        self.assertEqual(self.given(self.sell(), self.ana), 20)

    def test_given_less_what_came_back(self):
        sale = self.sync_order(None, {}, [self.line_values(20, 2)])
        self.sync_refund(sale, 1)
        effects = self.preview(sale, self.bo)["effects"]
        self.assertIn("Bo Plain gets 20 Points.", effects)
        self.assertEqual(self.given(sale), 20)
        self.sync_refund(sale, 1)
        self.assertEqual(self.card(self.bo).points, 0)

    def test_given_points_wait(self):
        self.program.pending_days = 14
        self.assertEqual(self.given(self.sell()), 0)
        self.assertEqual(self.card(self.bo).points_pending, 20)

    def test_order_of_a_customer_who_got_none(self):
        order = self.sell(self.ana)
        self.assertEqual(self.given(order), 0)

    def test_rules(self):
        category = self.env["product.category"].create({"name": "Books"})
        self.book.categ_id = category
        self.bottle.categ_id = self.env["product.category"].create({"name": "Other"})
        for rule, points in (
            ({"reward_point_mode": "order", "reward_point_amount": 3}, 3),
            ({"reward_point_mode": "unit", "reward_point_amount": 2}, 4),
            ({"reward_point_amount": 0.333}, 13.82),
            ({"minimum_amount": 41.5}, 41.5),
            ({"minimum_amount": 41.51}, 0),
            ({"minimum_qty": 2}, 41.5),
            ({"minimum_qty": 3}, 0),
            ({"product_ids": self.book.ids}, 41),
            ({"product_ids": self.pen.ids}, 0),
            ({"product_category_id": category.id}, 41),
            ({"product_ids": self.bottle.ids, "minimum_amount": 1}, 0),
            ({"mode": "with_code", "code": "SECRET"}, 0),
        ):
            with self.subTest(rule=rule):
                self.program.rule_ids.unlink()
                self.program.rule_ids = [
                    Command.create(
                        {"reward_point_mode": "money", "reward_point_amount": 1, **rule}
                    )
                ]
                order = self.sell_two()
                partner = self.new_customer()
                self.assertAlmostEqual(self.given(order, partner), points)

    def sell_two(self):
        """A book for 41 and a bottle for 0.50."""
        order = self.sell(paid=False, price=41)
        order.write(
            {
                "amount_total": 41.5,
                "lines": [
                    Command.create(
                        {
                            "name": "line",
                            "product_id": self.bottle.id,
                            "qty": 1,
                            "price_unit": 0.5,
                            "price_subtotal": 0.5,
                            "price_subtotal_incl": 0.5,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        self.pay(order)
        return order

    def new_customer(self):
        return self.env["res.partner"].create({"name": "New", "is_customer": True})

    def test_discount_of_another_programme_gives_no_points(self):
        # an automatic discount counts for the points, not for the minimum purchase
        self.program.rule_ids.minimum_amount = 38
        promotion = self.new_program(
            "Promo", "promotion", applies_on="current", rule={"minimum_qty": 1}
        )
        order = self.sell(paid=False, price=40)
        order.write(
            {
                "amount_total": 36,
                "lines": [
                    Command.create(
                        {
                            "name": "reward",
                            "product_id": promotion.reward_ids.discount_line_product_id.id,
                            "qty": 1,
                            "price_unit": -4,
                            "price_subtotal": -4,
                            "price_subtotal_incl": -4,
                            "tax_ids": False,
                            "is_reward_line": True,
                            "reward_id": promotion.reward_ids.id,
                        }
                    )
                ],
            }
        )
        self.pay(order)
        self.assertEqual(self.given(order), 36)

    def test_programmes_of_that_day_and_till(self):
        order = self.sell()
        day = order.date_order.date()
        other_till = self.env["pos.config"].create({"name": "Other till"})
        other_list = self.env["product.pricelist"].create({"name": "Other"})
        for values, points in (
            ({"date_from": day - timedelta(1), "date_to": day + timedelta(1)}, 20),
            ({"date_from": day + timedelta(1)}, 0),
            ({"date_to": day - timedelta(1)}, 0),
            ({"pos_ok": False}, 0),
            ({"pos_config_ids": [Command.set(other_till.ids)]}, 0),
            ({"pos_config_ids": [Command.set(self.config.ids)]}, 20),
            ({"pricelist_ids": [Command.set(other_list.ids)]}, 0),
        ):
            with self.subTest(values=values):
                self.program.write(values)
                effects = "\n".join(self.preview(order, self.bo)["effects"])
                self.assertEqual("Bo Plain gets 20 Points." in effects, bool(points))
                self.program.write(
                    {
                        "date_from": False,
                        "date_to": False,
                        "pos_ok": True,
                        "pos_config_ids": [Command.clear()],
                        "pricelist_ids": [Command.clear()],
                    }
                )

    def test_programme_that_is_used_up(self):
        self.program.write({"limit_usage": True, "max_usage": 1})
        self.assertEqual(self.given(self.sell(), self.ana), 20)
        used = self.sell()
        used.lines.reward_id = self.program.reward_ids
        self.assertEqual(self.given(self.sell(), self.bo), 0)

    # -- refused -------------------------------------------------------------------------

    def assertKept(self, order, part):
        self.assertIn(part, "\n".join(self.preview(order, self.bo)["refusals"]))
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.reassign(order, self.bo)
        self.assertIn(part, str(refusal.exception))
        self.assertEqual(order.partner_id, self.ana)
        self.assertFalse(self.card(self.bo))

    def test_points_that_are_spent(self):
        order = self.sell_with_points(self.ana)
        self.card(self.ana).points = 12
        self.assertKept(
            order, "Of the 20 Points that this order gave, 12 Points are left"
        )

    def test_order_paid_with_points(self):
        order = self.sell_with_points(self.ana)
        order.lines.write(
            {
                "is_reward_line": True,
                "reward_id": self.program.reward_ids.id,
                "coupon_id": self.card(self.ana).id,
                "points_cost": 10,
            }
        )
        self.assertKept(order, "was paid in part from the card of Ana Student")

    def test_refund_and_sale_together(self):
        sale = self.sell_with_points(self.ana)
        refund = self.refund(sale)
        self.reassign(sale, self.bo)
        self.assertEqual(refund.partner_id, self.bo)
        self.assertEqual(self.card(self.ana).points, 0)
        self.assertEqual(self.card(self.bo).points, 0)

    # -- at the till ---------------------------------------------------------------------

    def test_the_till_shows_the_new_balances(self):
        self.sell_with_points(self.bo, 5, price=7)
        order = self.sell_with_points(self.ana)
        self.run_pos_tour(
            "pos_customer_loyalty_points_after_change_tour", login="chief"
        )
        self.assertEqual(order.partner_id, self.bo)
