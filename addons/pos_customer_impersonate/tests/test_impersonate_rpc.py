from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import PASSWORD

from .common import USER, PosImpersonateCase


@tagged("post_install", "-at_install")
class TestImpersonateRpc(PosImpersonateCase):
    """What a till calls to have a link, over the wire of a real client."""

    def row(self, link):
        return self.log.browse(link["id"])

    def make_authorised(self, login, password, **values):
        return self.rpc(
            "customer_impersonate_link_authorised",
            self.bo.ids,
            **{"login": login, "password": password, "reason": "help", **values},
        )

    # -- before -----------------------------------------------------------------------------

    def options(self, partner):
        answer, error = self.rpc("customer_impersonate_options", partner.ids)
        self.assertFalse(error)
        return answer

    def test_what_is_asked(self):
        self.enter(self.cashier)
        answer = self.options(self.bo)
        self.assertFalse(answer["refusal"])
        self.assertIn("order", [code for code, _label in answer["reasons"]])
        self.assertEqual((answer["minutes"], answer["usual"]), ([15, 30, 60], 30))
        self.company.customer_impersonate_minutes = 20
        answer = self.options(self.bo)
        self.assertEqual((answer["minutes"], answer["usual"]), ([15, 20], 20))

    def test_what_speaks_against_it_is_said_first(self):
        self.enter(self.cashier)
        self.assertIn("no online account", self.options(self.ana)["refusal"])
        self.company.customer_impersonate_permission = True
        self.assertIn("has not allowed", self.options(self.bo)["refusal"])
        self.company.customer_impersonate_permission = False
        self.bo.customer_block(["login"], "abuse")
        self.assertIn("blocked", self.options(self.bo)["refusal"])

    def test_the_card_knows_who_has_an_account(self):
        self.enter(self.cashier)
        for partner, has_account in ((self.bo, True), (self.ana, False)):
            card, _error = self.rpc("customer_card", partner.ids, self.config.id)
            self.assertEqual(card["log_in_as"], {"has_account": has_account})
        self.account.active = False
        card, _error = self.rpc("customer_card", self.bo.ids, self.config.id)
        self.assertEqual(card["log_in_as"], {"has_account": False})

    # -- the link ---------------------------------------------------------------------------

    def test_by_who_may(self):
        self.enter(self.chief)
        link = self.make(minutes=15, read_only=True, note="On the phone with them")
        self.assertEqual(link["state"], "waiting")
        self.assertTrue(0 < link["seconds"] <= 600)
        self.assertTrue(link["url"].startswith(self.base_url()))
        row = self.row(link)
        self.assertEqual(
            (row.user_ref, row.account_ref, row.reason, row.minutes, row.read_only),
            (self.chief.id, self.account.id, "order", 15, True),
        )
        self.assertTrue(row.elsewhere)
        self.assertEqual(
            self.env["customer.journal"].browse(row.journal_ref).channel, "pos"
        )

    def test_by_the_word_of_a_colleague(self):
        self.enter(self.cashier)
        self.assertRefused(
            self.rpc("customer_impersonate_link", self.bo.ids, reason="help"),
            "log in as a customer",
        )
        self.assertRefused(self.make_authorised("till_chief", "guess"), "wrong")
        self.assertRefused(self.make_authorised("cashier", "cashier"), "no right")
        self.assertFalse(self.log.search([("account_ref", "=", self.account.id)]))
        link, error = self.make_authorised("till_chief", PASSWORD, minutes=15)
        self.assertFalse(error)
        row = self.row(link)
        self.assertEqual((row.user_ref, row.minutes), (self.chief.id, 15))
        self.assertTrue(row.elsewhere)
        self.assertEqual(self.progress(link)["state"], "waiting")
        self.assertEqual(self.session_uid(), self.cashier.id, "the till's own login")

    def session_uid(self):
        response = self.url_open("/web/session/get_session_info", json={"params": {}})
        return response.json()["result"]["uid"]

    def test_guesses_are_throttled(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "2")
        self.enter(self.cashier)
        for _guess in range(2):
            self.make_authorised("till_chief", "guess")
        with self.assertLogs("odoo.addons.base.models.res_users", "WARNING"):
            self.assertRefused(self.make_authorised("till_chief", PASSWORD), "too many")

    def test_the_rules_are_those_of_the_back_office(self):
        self.enter(self.chief)
        for partner, values in (
            (self.ana, {}),
            (self.bo, {"minutes": 61}),
            (self.bo, {"reason": ""}),
        ):
            values = {"reason": "order", **values}
            self.assertRefused(
                self.rpc("customer_impersonate_link", partner.ids, **values), name=USER
            )
        self.assertRefused(
            self.rpc(
                "customer_impersonate_link", self.office.partner_id.ids, reason="order"
            )
        )

    # -- who may call -------------------------------------------------------------------------

    def test_strangers_are_refused(self):
        credentials = {"login": "till_chief", "password": PASSWORD}
        for user in (self.office, self.stranger, self.account):
            self.enter(user)
            bo = self.bo.ids
            for answer in (
                self.rpc("customer_impersonate_options", bo),
                self.rpc("customer_impersonate_link", bo, reason="order"),
                self.rpc(
                    "customer_impersonate_link_authorised",
                    bo,
                    reason="order",
                    **credentials,
                ),
                self.rpc("customer_impersonate_progress", 1),
                self.rpc("customer_impersonate_end", 1),
            ):
                self.assertRefused(answer)
        self.assertFalse(self.log.search([("account_ref", "=", self.account.id)]))

    def test_only_the_till_that_asked_follows_it(self):
        self.enter(self.chief)
        link = self.make()
        other = self.enter(self.chief)  # the same colleague, in another browser
        self.assertTrue(other.uid)
        for user in (self.chief, self.cashier):
            self.enter(user)
            for method in ("customer_impersonate_progress", "customer_impersonate_end"):
                for row_id in (link["id"], str(link["id"]), False, 2**40, [link["id"]]):
                    self.assertRefused(self.rpc(method, row_id), "no others")
        self.assertFalse(self.row(link).ended_at)

    def test_not_with_a_key(self):
        """Whoever has no session has nothing to follow, and no till."""
        response = self.json2(
            self.chief,
            "customer_impersonate_link",
            ids=self.bo.ids,
            reason="order",
        )
        self.assertEqual(response.status_code, 403)
        self.assertFalse(self.log.search([("account_ref", "=", self.account.id)]))

    # -- its end ------------------------------------------------------------------------------

    def test_taken_back(self):
        self.enter(self.chief)
        link = self.make()
        answer, _error = self.rpc("customer_impersonate_end", link["id"])
        self.assertEqual((answer["state"], answer["ended_how"]), ("ended", "unused"))
        self.on_phone("begin", link["url"])
        self.assertFalse(self.row(link).started_at)

    def test_nobody_opens_it(self):
        self.enter(self.chief)
        link = self.make()
        self.env.cr.execute(
            "UPDATE customer_impersonation SET link_until = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(seconds=5), link["id"]],
        )
        self.env.invalidate_all()
        answer = self.progress(link)
        self.assertEqual((answer["state"], answer["ended_how"]), ("ended", "unused"))
        self.assertEqual(answer["seconds"], 0)
        self.assertTrue(self.row(link).ended_at, "written down, not only said")
