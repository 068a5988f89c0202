from odoo.tests import new_test_user, tagged

from .common_order import PastOrderCase


@tagged("post_install", "-at_install")
class TestOrderReassignRpc(PastOrderCase):
    """Attacks on the change of customers, over the wire of a real client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger-password", groups="base.group_user"
        )
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            password="clerk-password",
            groups="base.group_user,customer_base.group_customer_manager",
        )

    def setUp(self):
        super().setUp()
        self.open_till()
        self.order = self.sell(self.ana)

    def call(self, method, **kwargs):
        kwargs = {"partner_id": self.bo.id, "reason": "wrong_customer", **kwargs}
        return self.rpc(method, self.order.ids, model="pos.order", **kwargs)

    def authorised(self, login, password):
        return self.call("customer_reassign_authorised", login=login, password=password)

    def assertRefused(self, answer, part):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)
        self.assertIn(part, error["message"])
        self.assertEqual(self.order.partner_id, self.ana)
        self.assertFalse(self.rows(self.bo))

    def test_manager(self):
        self.authenticate("chief", "chief-password")
        result, error = self.call("customer_reassign")
        self.assertEqual(result, self.order.ids, error)
        self.assertEqual(self.order.partner_id, self.bo)
        self.assertEqual(self.rows(self.bo).channel, "backend")

    def test_channel_of_the_till(self):
        self.authenticate("chief", "chief-password")
        self.call("customer_reassign", context={"customer_channel": "pos"})
        self.assertEqual(self.rows(self.bo).channel, "pos")

    def test_refused(self):
        for login, password, part in (
            ("cashier", "cashier", "Only a customer manager"),
            ("stranger", "stranger-password", "Only a customer manager"),
            # manages customers, and sees no orders of tills
            ("clerk", "clerk-password", "pos.order"),
        ):
            with self.subTest(login=login):
                self.authenticate(login, password)
                self.assertRefused(self.call("customer_reassign"), part)

    def test_window_refused(self):
        for login, password in (
            ("cashier", "cashier"),
            ("stranger", "stranger-password"),
        ):
            self.authenticate(login, password)
            self.assertRefused(
                self.rpc("action_customer_reassign", self.order.ids, model="pos.order"),
                "Only a customer manager",
            )

    def test_preview_refused(self):
        for login, password in (
            ("stranger", "stranger-password"),
            ("clerk", "clerk-password"),
        ):
            self.authenticate(login, password)
            self.assertRefused(
                self.rpc(
                    "customer_reassign_preview",
                    self.order.ids,
                    model="pos.order",
                    partner_id=self.bo.id,
                ),
                "",
            )

    def test_preview_of_a_cashier(self):
        self.authenticate("cashier", "cashier")
        preview, _error = self.rpc(
            "customer_reassign_preview",
            self.order.ids,
            model="pos.order",
            partner_id=self.bo.id,
        )
        self.assertEqual(preview["refusals"], [])
        self.assertIn(["other", "Another reason"], preview["reasons"])
        self.assertEqual(self.order.partner_id, self.ana)

    def test_authorised_by_a_colleague(self):
        self.authenticate("cashier", "cashier")
        result, error = self.authorised("clerk", "clerk-password")
        self.assertEqual(result, self.order.ids, error)
        self.assertEqual(self.order.partner_id, self.bo)
        row = self.rows(self.bo)
        self.assertEqual((row.user_ref, row.channel), (self.clerk.id, "pos"))
        # the cashier is still the one who is logged in
        _result, error = self.call("customer_reassign", partner_id=self.cleo.id)
        self.assertIn("Only a customer manager", error["message"])

    def test_authorised_does_not_tell_what_is_wrong(self):
        self.authenticate("cashier", "cashier")
        for login, password in (("clerk", "guess"), ("nobody", "x"), (["clerk"], {})):
            self.assertRefused(
                self.authorised(login, password),
                "The login or the password is wrong.",
            )

    def test_authorised_by_a_colleague_without_the_right(self):
        self.authenticate("cashier", "cashier")
        self.assertRefused(
            self.authorised("cashier", "cashier"), "This colleague has no right"
        )

    def test_authorised_is_throttled(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "2")
        self.authenticate("cashier", "cashier")
        for guess in ("one", "two"):
            self.authorised("clerk", guess)
        with self.assertLogs("odoo.addons.base.models.res_users", "WARNING") as logs:
            self.assertRefused(self.authorised("clerk", "clerk-password"), "too many")
        self.assertNotIn("clerk-password", str(logs.output))

    def test_authorised_at_no_till(self):
        for login, password, part in (
            ("stranger", "stranger-password", "Customers: User"),
            ("clerk", "clerk-password", "pos.order"),
        ):
            self.authenticate(login, password)
            self.assertRefused(self.authorised("clerk", "clerk-password"), part)

    def test_plain_write_refused(self):
        for login, password in (("cashier", "cashier"), ("chief", "chief-password")):
            self.authenticate(login, password)
            values = {"partner_id": self.bo.id}
            self.assertRefused(
                self.rpc("write", self.order.ids, values, model="pos.order"),
                "Change customer",
            )

    def test_helpers_are_private(self):
        self.authenticate("chief", "chief-password")
        for method in (
            "_customer_reassign",
            "_customer_reassign_apply",
            "_get_customer_reassign_partner",
        ):
            result, error = self.rpc(
                method, self.order.ids, self.bo.id, model="pos.order"
            )
            self.assertIsNone(result)
            self.assertTrue(error)
