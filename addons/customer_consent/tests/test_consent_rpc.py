from odoo.tests import new_test_user, tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import ConsentSetup


@tagged("post_install", "-at_install")
class TestConsentRpc(ConsentSetup, CustomerHttpCase):
    """Who may not is refused over the wire, and nothing is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana, cls.bo = cls.env["res.partner"].create(
            [
                {"name": "Ana", "is_customer": True},
                {"name": "Bo", "is_customer": True},
            ]
        )
        for login, groups in (
            ("t_stranger", "base.group_user"),
            ("t_user", "customer_base.group_customer_user"),
            ("t_manager", "customer_base.group_customer_manager"),
        ):
            new_test_user(cls.env, login, groups=groups, password=PASSWORD)
        portal = new_test_user(
            cls.env, "t_portal", groups="base.group_portal", password=PASSWORD
        )
        cls.me = portal.partner_id

    def test_portal_user_speaks_for_themselves_only(self):
        self.authenticate("t_portal", PASSWORD)
        for method, args in (
            ("consent_set", ("t_news", True, "portal")),
            ("consent_get", ()),
            ("consent_history", ()),
        ):
            _result, error = self.rpc(method, [self.bo.id], *args)
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", method)
            result, error = self.rpc(method, [self.me.id], *args)
            self.assertFalse(error, method)
        for channel in ("backend", "pos", "customer_display", "link", "import"):
            _result, error = self.rpc(
                "consent_set", [self.me.id], "t_news", True, channel
            )
            self.assertIn("not for the caller", error["message"])
        self.assertFalse(self.chain_of(self.bo))
        self.assertEqual(self.chain_of(self.me).channel, "portal")
        self.assertEqual(self.chain_of(self.me).actor, "customer")

    def test_users_without_customers(self):
        self.authenticate("t_stranger", PASSWORD)
        for method, args in (
            ("consent_set", ("t_news", True, "api")),
            ("consent_get", ()),
            ("consent_history", ()),
        ):
            _result, error = self.rpc(method, [self.ana.id], *args)
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", method)
        for model in ("consent.event", "consent.state", "consent.wording"):
            _result, error = self.rpc("search_read", [], model=model)
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", model)
        for model, method in (
            ("consent.event", "verify"),
            ("consent.event", "action_seal"),
            ("consent.verification", "action_verify"),
        ):
            for login in ("t_stranger", "t_user"):
                self.authenticate(login, PASSWORD)
                _result, error = self.rpc(method, model=model)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError", method)

    def test_a_manager_verifies_and_only_an_administrator_seals(self):
        self.authenticate("t_manager", PASSWORD)
        _result, error = self.rpc("verify", model="consent.event")
        self.assertFalse(error)
        result, error = self.rpc("action_verify", model="consent.verification")
        self.assertFalse(error)
        row = self.env["consent.verification"].browse(result["res_id"])
        self.assertIn(row.state, ("ok", "broken"))
        _result, error = self.rpc("action_seal", model="consent.event")
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")

    def test_users_write_no_purposes_and_no_wordings(self):
        self.authenticate("t_user", PASSWORD)
        for model, values in (
            ("consent.purpose", {"name": "x", "code": "t_x"}),
            ("consent.wording", {"purpose_id": self.news.id, "body": "x"}),
        ):
            _result, error = self.rpc("create", [values], model=model)
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", model)
        _result, error = self.rpc(
            "action_publish", [self.wording.id], model="consent.wording"
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
