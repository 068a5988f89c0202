from odoo.tests import tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairRpc(RepairCase):
    """Attacks on the customer of a repair, over the wire of a real client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_user("stranger", "base.group_user", "Str Anger")
        cls.new_user("clerk", "customer_base.group_customer_manager", "Cle Rk")

    def setUp(self):
        super().setUp()
        self.broken = self.repair(self.ana)
        self.broken.action_validate()

    def call(self, login, method, *args, **kwargs):
        self.authenticate(login, f"{login}-password")
        return self.rpc(method, self.broken.ids, *args, **kwargs)

    def assertRefused(self, answer, part):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)
        self.assertIn(part, error["message"])
        self.assertEqual(self.broken.partner_id, self.ana)
        self.assertFalse(self.rows(self.bo))

    def test_manager(self):
        result, error = self.call(
            "chief", "customer_reassign", partner_id=self.bo.id, reason="requested"
        )
        self.assertEqual(result, self.broken.ids, error)
        self.assertEqual(self.broken.partner_id, self.bo)

    def test_refused(self):
        for login, part in (
            ("mechanic", "Only a customer manager"),
            ("stranger", "Only a customer manager"),
            # manages customers, and sees no repairs
            ("clerk", "repair.order"),
        ):
            with self.subTest(login=login):
                answer = self.call(
                    login, "customer_reassign", partner_id=self.bo.id, reason="other"
                )
                self.assertRefused(answer, part)

    def test_window_and_preview_refused(self):
        self.assertRefused(
            self.call("mechanic", "action_customer_reassign"), "Only a customer manager"
        )
        for login in ("mechanic", "stranger", "clerk"):
            self.assertRefused(
                self.call(login, "customer_reassign_preview", partner_id=self.bo.id), ""
            )
        for login in ("mechanic", "stranger"):
            self.authenticate(login, f"{login}-password")
            values = {
                "document_ref": f"repair.order,{self.broken.id}",
                "partner_id": self.bo.id,
                "reason": "other",
            }
            self.assertRefused(
                self.rpc("create", [values], model="customer.reassign.wizard"), ""
            )

    def test_plain_write_refused(self):
        for login in ("mechanic", "chief"):
            self.assertRefused(
                self.call(login, "write", {"partner_id": self.bo.id}), "Change customer"
            )

    def test_back_to_new_refused(self):
        self.broken.action_create_sale_order()
        for method in ("action_repair_cancel", "action_repair_cancel_draft"):
            _result, error = self.call("mechanic", method)
            self.assertFalse(error)
        _result, error = self.call("mechanic", "write", {"sale_order_id": False})
        self.assertFalse(error)
        self.assertEqual(self.broken.state, "draft")
        for vals, part in (
            ({"partner_id": self.bo.id}, "Change customer"),
            ({"state": "draft", "partner_id": self.bo.id}, "Change customer"),
            ({"customer_begun": False}, "Use the buttons"),
        ):
            self.assertRefused(self.call("mechanic", "write", vals), part)
        self.assertTrue(self.broken.customer_begun)

    def test_helpers_are_private(self):
        for method in (
            "_customer_reassign",
            "_customer_reassign_apply",
            "_get_customer_reassign_partner",
        ):
            result, error = self.call("chief", method, self.bo.id)
            self.assertIsNone(result)
            self.assertTrue(error)

    def test_prices_of_a_quotation(self):
        self.broken.action_create_sale_order()
        order = self.broken.sale_order_id
        for login in ("stranger", "clerk"):
            self.authenticate(login, f"{login}-password")
            answer = self.rpc(
                "action_customer_update_prices", order.ids, model="sale.order"
            )
            self.assertRefused(answer, "sale.order")
