from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.pos_customer.tests.network import Network

from .common_till import LoyaltyTillCase


@tagged("post_install", "-at_install")
class TestLoyaltyTour(LoyaltyTillCase):
    """What a cashier does with points at a real till."""

    def setUp(self):
        super().setUp()
        self.open_till()

    def test_a_customer_chosen_at_payment_earns(self):
        card = self.give(self.bo, 5)
        adjust = {"adjust": lambda env: card.with_env(env)._book("adjusted", issued=30)}
        with self.meanwhile(**adjust):
            self.run_pos_tour("pos_customer_loyalty_earn_tour")
        # 5, 30 in the back office, 20 of the sale
        self.assertEqual(card.points, 55)
        nora = self.env["res.partner"].search([("name", "=", "Nora New")])
        self.assertEqual(self.card(nora).points, 20)

    def test_as_many_points_as_the_customer_likes(self):
        card = self.give(self.bo, 150)
        self.run_pos_tour("pos_customer_loyalty_spend_tour")
        order = self.sold()
        self.assertEqual(order.amount_total, 17)
        # 30 spent, 20 earned: a programme's own discounts earn as well
        self.assertEqual(sum(order.lines.mapped("points_cost")), 30)
        self.assertEqual(card.points, 150 - 30 + 20)

    def test_points_wait(self):
        self.bonus.pending_days = 14
        card = self.give(self.bo, 10)
        self.run_pos_tour("pos_customer_loyalty_wait_tour")
        self.assertEqual((card.points, card.points_pending), (0, 20))
        ready_on = fields.Date.context_today(card) + timedelta(days=14)
        self.assertEqual(card.points_ready_on, ready_on)

    def test_a_refund_of_points_that_are_spent(self):
        self.bonus.write({"clawback_policy": "reduce", "clawback_point_value": 0.1})
        card = self.give(self.bo, 0)
        spend = {"spend": lambda env: card.with_env(env)._book("spent", used=15)}
        with self.meanwhile(**spend):
            self.run_pos_tour("pos_customer_loyalty_refund_tour")
        sale, refund = self.sold()
        self.assertEqual((sale.amount_total, refund.amount_total), (20, -18.5))
        self.assertEqual(card.points, 0)

    def test_a_programme_for_students(self):
        self.bonus.customer_type_ids = self.student
        self.run_pos_tour("pos_customer_loyalty_types_tour")
        self.assertEqual(self.card(self.ana).points, 18)
        self.assertFalse(self.card(self.bo).points)

    def test_offline_and_loaded_again_it_earns_once(self):
        card = self.give(self.bo, 5)
        with Network(), mute_logger("odoo.addons.bus.websocket"):
            self.run_pos_tour("pos_customer_loyalty_offline_tour", timeout=180)
        self.assertEqual(self.sold().partner_id, self.bo)
        self.assertEqual(card.points, 25)
        self.assertEqual(sum(card.history_ids.mapped("issued")), 25)

    def test_the_holder_of_a_gift_card_changes(self):
        new_test_user(
            self.env,
            "chief",
            password="chief-password",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "customer_base.group_customer_manager",
            lang="en_US",
        )
        self.cashier.lang = "fr_FR"
        gifts = self.new_program(
            "Gift cards", program_type="gift_card", applies_on="future", pos_ok=False
        )
        self.give(self.ana, 12)
        gift = self.give(self.ana, 25, gifts, code="GIFT-25")
        self.run_pos_tour("pos_customer_loyalty_holder_tour")
        self.assertEqual(gift.partner_id, self.bo)
        journal = self.env["customer.journal"].search(
            [("event", "=", "card_reassigned")]
        )
        self.assertEqual(
            set(journal.mapped("subject_uuid")),
            {self.ana.customer_uuid, self.bo.customer_uuid},
        )
