from odoo.tests import tagged

from .common_block import BlockHttpCase

ORDER = "5f0d7a3e-3c55-4b7e-9a43-5a8f6a1f8b10"
OTHER = "5f0d7a3e-3c55-4b7e-9a43-5a8f6a1f8b11"


@tagged("post_install", "-at_install")
class TestBlockRpc(BlockHttpCase):
    """What the till calls about blocks, over the wire of a real client."""

    def check(self, partner, order=ORDER):
        answer, error = self.rpc(
            "customer_check_pos",
            partner.ids,
            config_id=self.config.id,
            order_uuid=order,
        )
        self.assertFalse(error)
        return answer

    def assertRefused(self, answer, part=""):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)
        self.assertIn(part, error["message"])

    def test_check(self):
        self.authenticate("cashier", "cashier")
        self.assertEqual(
            self.check(self.bo),
            {
                "blocked": True,
                "reason": "unpaid",
                "until": "",
                "through": "",
                "may_override": False,
            },
        )
        self.assertFalse(self.check(self.ana)["blocked"])
        self.block(self.ana, until="2200-01-31 10:00:00")
        self.assertEqual(self.check(self.ana)["until"], "2200-01-31 10:00:00")
        self.authenticate("chief", "chief-password")
        self.assertTrue(self.check(self.bo)["may_override"])

    def test_check_of_other_scopes(self):
        self.bo.customer_unblock()
        self.bo.customer_block(["login", "credit", "marketing"], "abuse")
        self.authenticate("cashier", "cashier")
        self.assertFalse(self.check(self.bo)["blocked"])

    def test_check_of_a_contact(self):
        company = self.env["res.partner"].create(
            {"name": "Debt Co", "is_company": True, "is_customer": True}
        )
        self.ana.parent_id = company
        self.block(company)
        self.authenticate("cashier", "cashier")
        answer = self.check(self.ana)
        self.assertEqual((answer["blocked"], answer["through"]), (True, "Debt Co"))

    def test_override_by_a_manager(self):
        self.authenticate("chief", "chief-password")
        for _time in range(2):
            result, _error = self.rpc(
                "customer_override_block", self.bo.ids, order_uuid=ORDER
            )
            self.assertTrue(result)
        row = self.journal("block_overridden")
        self.assertEqual(len(row), 1, "the same call twice leaves one row")
        self.assertEqual((row.user_ref, row.channel), (self.chief.id, "pos"))
        self.assertEqual(row.details, {"document": ORDER})
        self.assertFalse(self.check(self.bo)["blocked"])
        self.assertTrue(self.check(self.bo, OTHER)["blocked"], "once, not for good")

    def test_override_by_a_colleague(self):
        self.authenticate("cashier", "cashier")
        self.assertRefused(
            self.rpc("customer_override_block", self.bo.ids, order_uuid=ORDER),
            "Customers: Manager",
        )
        self.assertRefused(self.authorised("cashier", "cashier"), "no right")
        self.assertRefused(self.authorised("chief", "guess"), "wrong")
        self.assertTrue(self.check(self.bo)["blocked"])
        result, _error = self.authorised("chief", "chief-password")
        self.assertTrue(result)
        self.assertFalse(self.check(self.bo)["blocked"])
        self.assertEqual(self.journal("block_overridden").user_ref, self.chief.id)

    def authorised(self, login, password):
        return self.rpc(
            "customer_override_block_authorised",
            self.bo.ids,
            login=login,
            password=password,
            order_uuid=ORDER,
        )

    def test_override_of_somebody_merged_since(self):
        self.bo.with_user(self.chief).customer_override_block(ORDER)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        self.bo._customer_merge_into(self.ana)
        wizard._merge((self.bo | self.ana).ids, self.ana)
        self.authenticate("cashier", "cashier")
        self.assertFalse(self.check(self.ana)["blocked"])
        self.assertTrue(self.check(self.ana, OTHER)["blocked"])

    def test_override_of_a_malformed_order(self):
        self.authenticate("chief", "chief-password")
        for uuid in ("7", False, ["x"], "%"):
            _result, error = self.rpc(
                "customer_override_block", self.bo.ids, order_uuid=uuid
            )
            self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertFalse(self.journal("block_overridden"))

    def test_block_and_unblock_by_a_colleague(self):
        self.authenticate("cashier", "cashier")
        block = {"scopes": ["pos"], "reason": "abuse", "note": "Shouts"}
        self.assertRefused(self.rpc("customer_block", self.ana.ids, **block))
        self.assertRefused(self.rpc("customer_unblock", self.bo.ids))
        for login, password in (("cashier", "cashier"), ("chief", "guess")):
            credentials = {"login": login, "password": password}
            self.assertRefused(
                self.rpc(
                    "customer_block_authorised", self.ana.ids, **credentials, **block
                )
            )
            self.assertRefused(
                self.rpc("customer_unblock_authorised", self.bo.ids, **credentials)
            )
        self.assertFalse(self.ana.customer_blocked_pos)
        self.assertTrue(self.bo.customer_blocked_pos)
        credentials = {"login": "chief", "password": "chief-password"}
        blocked, _error = self.rpc(
            "customer_block_authorised", self.ana.ids, **credentials, **block
        )
        self.assertEqual(blocked, ["pos"])
        left, _error = self.rpc(
            "customer_unblock_authorised",
            self.bo.ids,
            **credentials,
            scopes=["pos"],
            reason="settled",
        )
        self.assertEqual(left, [])
        for event, partner in (("blocked", self.ana), ("unblocked", self.bo)):
            row = self.journal(event, partner)
            self.assertEqual((row.user_ref, row.channel), (self.chief.id, "pos"))

    def test_users_of_no_customers(self):
        self.authenticate("stranger", "stranger-password")
        credentials = {"login": "chief", "password": "chief-password"}
        for method, values in (
            ("customer_check_pos", {}),
            ("customer_override_block", {"order_uuid": ORDER}),
            (
                "customer_override_block_authorised",
                {"order_uuid": ORDER, **credentials},
            ),
            (
                "customer_block_authorised",
                {"scopes": ["pos"], "reason": "abuse", **credentials},
            ),
            ("customer_unblock_authorised", credentials),
        ):
            self.assertRefused(self.rpc(method, self.bo.ids, **values))
        self.assertTrue(self.bo.customer_blocked_pos)
        self.assertFalse(self.journal("block_overridden"))

    def test_guesses_are_throttled(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "2")
        self.authenticate("cashier", "cashier")
        for _guess in range(2):
            self.authorised("chief", "guess")
        with self.assertLogs("odoo.addons.base.models.res_users", "WARNING"):
            self.assertRefused(self.authorised("chief", "chief-password"), "too many")
        self.assertTrue(self.check(self.bo)["blocked"])

    def test_the_till_loads_what_it_judges_by(self):
        self.block(self.ana, until="2200-01-31 10:00:00")
        self.open_till()
        self.authenticate("cashier", "cashier")
        loaded, _error = self.rpc(
            "get_new_partner",
            self.config.id,
            [["id", "in", (self.ana | self.bo | self.cleo).ids]],
            0,
        )
        rows = {row["id"]: row for row in loaded["res.partner"]}
        self.assertEqual(
            [
                (
                    rows[partner.id]["customer_blocked_pos"],
                    rows[partner.id]["customer_blocked_pos_reason"],
                    rows[partner.id]["customer_blocked_pos_until"],
                )
                for partner in (self.ana, self.bo, self.cleo)
            ],
            [
                (True, "unpaid", "2200-01-31 10:00:00"),
                (True, "unpaid", False),
                (False, False, False),
            ],
        )
        self.assertNotIn("Third reminder", str(loaded))
