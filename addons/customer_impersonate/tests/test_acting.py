from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import PASSWORD, ActingCase


@tagged("post_install", "-at_install")
class TestActing(ActingCase):
    """A colleague opens the account of a customer, and is themself again."""

    def test_begins_and_leaves(self):
        row = self.act(note="Called at noon")
        self.assertEqual(self.who(), self.account.id)
        self.assertEqual(row.state, "acting")
        self.assertEqual(row.user_id, self.operator)
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(row.reason, "help")
        self.assertEqual(row.sudo().note, "Called at noon")
        self.assertEqual(
            row.expires_at, row.started_at + timedelta(minutes=30), "the default"
        )
        self.assertTrue(row.ip)
        page = self.url_open("/my").text
        self.assertIn("Carl Customer", page)

        response = self.leave()
        self.assertIn("Carl Customer", response.text)
        self.assertEqual(self.who(), self.operator.id, "their own session, as it was")
        self.env.invalidate_all()
        self.assertEqual((row.state, row.ended_how), ("ended", "left"))

    def test_leaves_by_logging_out(self):
        row = self.act()
        self.url_open("/web/session/logout")
        self.env.invalidate_all()
        self.assertEqual(row.ended_how, "left")
        self.assertEqual(self.who(), self.operator.id)

    def test_link_opens_once(self):
        link = self.link()
        self.url_open(link)
        self.leave()
        response = self.url_open(link)
        self.assertNotIn("o_customer_acting_bar", response.text)
        self.assertEqual(self.who(), self.operator.id)

    def test_link_is_for_the_session_that_asked(self):
        link = self.link()
        self.authenticate(self.operator.login, PASSWORD)  # the same, in another browser
        self.assertNotIn("o_customer_acting_bar", self.url_open(link).text)
        self.authenticate("admin", "admin")
        self.assertNotIn("o_customer_acting_bar", self.url_open(link).text)
        self.authenticate(None, None)
        self.assertNotIn("o_customer_acting_bar", self.url_open(link).text)
        self.assertFalse(self.log.search([], limit=1).started_at)

    def test_time_ends_it(self):
        row = self.act(minutes=5)
        self.set_back(row, "expires_at", timedelta(minutes=6))
        response = self.url_open("/my")
        self.assertTrue(response.url.endswith("/customer/acting/over"))
        self.assertEqual(self.who(), self.operator.id)
        self.assertEqual(row.ended_how, "expired")
        self.assertEqual(row.ended_at, row.expires_at)

    def test_silence_ends_it(self):
        row = self.act()
        self.set_back(row, "seen_at", timedelta(minutes=5))
        with mute_logger("odoo.http"):
            self.assertIsNone(self.who(), "a script's call is refused")
        self.url_open("/my")
        self.assertEqual(self.who(), self.operator.id, "the next page gives it back")
        self.assertEqual(row.ended_how, "silent")

    def test_beat_keeps_it(self):
        row = self.act()
        self.set_back(row, "seen_at", timedelta(minutes=3))
        before = row.seen_at
        self.url_open(
            "/customer/acting/beat",
            json={"jsonrpc": "2.0", "method": "call", "params": {}},
        )
        self.env.invalidate_all()
        self.assertGreater(row.seen_at, before)

    def test_customer_is_out_and_comes_back(self):
        self.authenticate(self.account.login, PASSWORD)
        customers = self.opener.cookies["session_id"]
        self.assertEqual(self.who(), self.account.id)
        row = self.act()
        acting = dict(self.opener.cookies)
        with mute_logger("odoo.http"):
            self.assertIsNone(self.who_has(session_id=customers), "logged out")

        with self.browser():
            self.log_in(self.account)
            self.assertEqual(self.who(), self.account.id)
        self.assertEqual(row.ended_how, "login")
        with mute_logger("odoo.http"):
            self.assertIsNone(self.who(), "the colleague is out")
        self.assertEqual(self.who_has(**acting), None)

    def test_cookie_alone_opens_nothing(self):
        row = self.act()
        with mute_logger("odoo.http"):
            self.assertIsNone(
                self.who_has(session_id=self.opener.cookies["session_id"])
            )
        self.assertEqual(row.state, "acting", "and whoever acts is not disturbed")
        self.assertEqual(self.who(), self.account.id)

    # -- helpers ----------------------------------------------------------------------

    def set_back(self, row, column, delta):
        self.env.cr.execute(
            SQL(
                "UPDATE customer_impersonation SET %s = %s WHERE id = %s",
                SQL.identifier(column),
                fields.Datetime.now() - delta,
                row.id,
            )
        )
        self.env.invalidate_all()

    def who_has(self, **cookies):
        """Who a browser with these cookies is."""
        with self.browser(**cookies):
            return self.who()
