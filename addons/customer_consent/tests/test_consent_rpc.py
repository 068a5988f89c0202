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

    def test_another_system_by_its_key(self):
        user = self.env["res.users"].search([("login", "=", "t_user")])
        call = {"ids": self.ana.ids, "purpose": "t_news", "granted": True}
        call |= {"channel": "api", "key": "shop-4711"}
        for _sent_again in range(2):
            response = self.json2(user, "consent_set", **call)
            self.assertEqual(response.json()["state"], "granted")
        self.assertEqual(len(self.chain_of(self.ana)), 1)
        answers = self.json2(user, "consent_get", ids=self.ana.ids).json()
        states = {item["purpose"]: item["state"] for item in answers}
        self.assertEqual(
            (states["t_news"], states["t_study"]), ("granted", "unanswered")
        )
        history = self.json2(user, "consent_history", ids=self.ana.ids).json()
        self.assertEqual([item["event"] for item in history], ["granted"])
        response = self.json2(user, "consent_set", **(call | {"purpose": "nonsense"}))
        self.assertEqual(response.status_code, 422)
        self.assertIn("no purpose", response.json()["message"])
        stranger = self.env["res.users"].search([("login", "=", "t_stranger")])
        for method, body in (
            ("consent_set", call),
            ("consent_get", {"ids": [self.ana.id]}),
        ):
            response = self.json2(stranger, method, **body)
            self.assertEqual(response.status_code, 403, method)

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
