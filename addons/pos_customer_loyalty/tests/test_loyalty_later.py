from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import LoyaltyOrderCase

LOGGER = "odoo.addons.pos_customer_loyalty.models.pos_order"


@tagged("post_install", "-at_install")
class TestLoyaltyLater(LoyaltyOrderCase):
    """Points that cannot be booked stop no sale: they are kept, and booked later."""

    def setUp(self):
        super().setUp()
        self.boss = new_test_user(
            self.env, "boss", groups="point_of_sale.group_pos_manager"
        )

    def broken(self, name="_bound_loyalty"):
        """Something is wrong with the programme."""
        model = self.registry["pos.order"]
        error = UserError("Ana Student has no card")
        return patch.object(model, name, side_effect=error)

    def sync_broken(self, partner=None, **kwargs):
        with self.broken(), self.assertLogs(LOGGER) as logs:
            order = self.sync_order(partner or self.ana, self.claim(20), **kwargs)
        self.assertNotIn("Ana", "".join(logs.output))
        return order

    def test_kept_and_booked_by_the_daily_job(self):
        order = self.sync_broken()
        self.assertEqual(order.state, "paid")
        self.assertTrue(order.loyalty_waiting)
        self.assertFalse(self.card(self.ana))
        self.assertTrue(
            order.with_user(self.cashier).customer_loyalty_result()["waiting"]
        )
        with self.enter_registry_test_mode():
            self.env.ref(
                "pos_customer_loyalty.pos_order_cron_retry_loyalty"
            ).method_direct_trigger()
        self.assertFalse(order.loyalty_waiting)
        self.assertFalse(order.loyalty_changes)
        self.assertEqual(self.card(self.ana).points, 20)
        order._retry_loyalty()
        self.assertEqual(self.card(self.ana).points, 20)

    def test_sent_again_meanwhile(self):
        values = self.till_order(self.ana, self.claim(20))
        with self.broken(), mute_logger(LOGGER):
            self.sync(values)
        self.sync(values)
        self.assertEqual(self.card(self.ana).points, 20)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        order._retry_loyalty()
        self.assertEqual(self.card(self.ana).points, 20)

    def test_booked_by_a_manager(self):
        order = self.sync_broken()
        with self.assertRaises(AccessError):
            order.with_user(self.cashier).action_retry_loyalty()
        with self.broken(), mute_logger(LOGGER), self.assertRaises(UserError):
            order.with_user(self.boss).action_retry_loyalty()
        self.assertTrue(order.loyalty_waiting)
        order.with_user(self.boss).action_retry_loyalty()
        self.assertEqual(self.card(self.ana).points, 20)

    def test_kept_without_what_no_database_keeps(self):
        claim = self.claim(20, code="A\x00B", line_codes=["\x00"])
        claim["-2"] = {**claim["-1"], "points": float("nan")}
        with self.broken(), mute_logger(LOGGER):
            order = self.sync_order(self.ana, claim)
            self.env.flush_all()
        order._retry_loyalty()
        self.assertEqual(self.card(self.ana).points, 20)

    def test_returns_wait_too(self):
        sale = self.sync_order(self.ana, self.claim(20))
        with self.broken("_book_returns"), mute_logger(LOGGER):
            refund = self.sync_refund(sale)
        self.assertEqual(refund.state, "paid")
        self.assertTrue(refund.loyalty_waiting)
        self.assertEqual(self.card(self.ana).points, 20)
        refund._retry_loyalty()
        self.assertFalse(refund.loyalty_waiting)
        self.assertEqual(self.card(self.ana).points, 0)

    def test_half_of_it_is_nothing(self):
        model = self.registry["pos.order"]
        with (
            patch.object(model, "_flag_loyalty_cuts", side_effect=UserError("No")),
            mute_logger(LOGGER),
        ):
            order = self.sync_order(self.ana, self.claim(20))
        self.assertTrue(order.loyalty_waiting)
        self.assertFalse(self.card(self.ana))

    def test_points_wait_for_the_customer(self):
        """Who was made without a connection, and could not be made when the order came."""
        uuid = "7f1c1a3e-3a59-4d0c-8f0d-111111111111"
        values = self.till_order(None, self.claim(20), customer_draft_uuid=uuid)
        self.sync(values)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.assertTrue(order.loyalty_waiting)
        self.assertFalse(order._retry_loyalty())
        order.with_user(self.cashier).write({"partner_id": self.bo.id})
        self.assertFalse(order.loyalty_waiting)
        self.assertEqual(self.card(self.bo).points, 20)

    def test_given_to_whom_the_order_goes(self):
        uuid = "7f1c1a3e-3a59-4d0c-8f0d-222222222222"
        values = self.till_order(None, self.claim(20), customer_draft_uuid=uuid)
        self.sync(values)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.reassign(order, self.bo)
        self.assertEqual(self.card(self.bo).points, 20)

    def test_paid_before_the_till_sends_it(self):
        values = self.till_order(self.ana, self.claim(20))
        draft = {**values, "state": "draft", "payment_ids": []}
        self.sync(draft)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.assertFalse(self.card(self.ana))
        self.pay(order)
        self.sync(values)
        self.assertEqual(self.card(self.ana).points, 20)

    def test_a_kiosk_says_nothing(self):
        values = self.till_order(self.ana, self.claim(20))
        # sudo: as a kiosk hands on what a visitor sent
        self.env["pos.order"].sudo().sync_from_ui([values])
        self.assertFalse(self.card(self.ana))
