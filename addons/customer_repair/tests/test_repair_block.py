from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairBlock(RepairCase):
    """No work begins for a blocked customer, and what was done is recorded."""

    def setUp(self):
        super().setUp()
        self.broken = self.repair(self.ana)

    def block(self, **kwargs):
        self.ana.customer_block(["pos"], "unpaid", note="Third reminder", **kwargs)

    def refuse(self, method, user, error=UserError, repair=None):
        repair = repair or self.broken
        state = repair.state
        with self.assertRaises(error) as refusal, self.cr.savepoint():
            getattr(repair.with_user(user), method)()
        self.assertEqual(repair.state, state)
        return refusal.exception.args

    def test_not_confirmed_and_not_started(self):
        self.block()
        for method in ("action_validate", "action_repair_start"):
            (message,) = self.refuse(method, self.mechanic)
            # who sees no customers hears no reason
            self.assertNotIn("Unpaid", message)
            self.assertNotIn("Third", message)
        self.assertIn("Unpaid invoices", self.broken.customer_block_text)
        self.ana.customer_unblock()
        self.broken.with_user(self.mechanic).action_validate()
        self.assertEqual(self.broken.state, "confirmed")

    def test_the_reason_for_who_serves(self):
        self.mechanic.group_ids += self.env.ref("customer_base.group_customer_user")
        self.block()
        (message,) = self.refuse("action_validate", self.mechanic)
        self.assertIn("Ana Student is blocked: Unpaid invoices.", message)
        self.assertIn("customer manager", message)

    def test_not_by_the_question_about_the_stock(self):
        self.broken.product_qty = 99
        question = self.broken.with_user(self.mechanic).action_validate()
        self.assertEqual(question["res_model"], "stock.warn.insufficient.qty.repair")
        wizard = (
            self.env[question["res_model"]]
            .with_user(self.mechanic)
            .with_context(**question["context"])
            .create({})
        )
        self.block()
        with self.assertRaises(UserError), self.cr.savepoint():
            wizard.action_done()
        self.assertEqual(self.broken.state, "draft")

    def test_not_by_an_import(self):
        self.block()
        repairs = self.env["repair.order"].with_user(self.mechanic)
        for state in ("confirmed", "under_repair"):
            with self.assertRaises(UserError), self.cr.savepoint():
                repairs.create({"partner_id": self.ana.id, "state": state})
        free = self.repair(self.bo).with_user(self.mechanic)
        for state in ("confirmed", "under_repair", "done"):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.broken.with_user(self.mechanic).state = state
            with self.assertRaises(UserError), self.cr.savepoint():
                free.write({"partner_id": self.ana.id, "state": state})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.broken.with_user(self.mechanic).action_repair_done()
        copy = self.broken.copy()
        self.refuse("action_validate", self.mechanic, repair=copy)

    def test_blocked_after_it_was_confirmed(self):
        self.broken.action_validate()
        self.block()
        self.refuse("action_repair_start", self.mechanic)

    def test_what_was_done_is_recorded(self):
        self.broken.action_validate()
        self.broken.action_repair_start()
        self.block()
        self.broken.with_user(self.mechanic).action_repair_end()
        self.assertEqual(self.broken.state, "done")

    def test_other_scopes_repair(self):
        self.ana.customer_block(["login", "marketing", "credit"], "unpaid")
        self.broken.with_user(self.mechanic).action_validate()
        self.assertEqual(self.broken.state, "confirmed")

    def test_a_manager_allows_it_once(self):
        self.block()
        message, action_id, _button, context = self.refuse(
            "action_validate", self.chief, RedirectWarning
        )
        self.assertIn("Unpaid invoices", message)
        action = self.env["ir.actions.server"].browse(action_id)
        answer = action.with_user(self.chief).with_context(**context).run()
        self.assertEqual(answer["tag"], "soft_reload")
        self.assertEqual(self.broken.state, "confirmed")
        row = self.env["customer.journal"].search(
            [
                ("event", "=", "block_overridden"),
                ("subject_uuid", "=", self.ana.customer_uuid),
            ]
        )
        self.assertEqual(row.user_ref, self.chief.id)
        self.assertEqual(row.details, {"document": f"repair.order,{self.broken.id}"})
        # allowed for this repair, start included, and for no other
        self.broken.with_user(self.mechanic).action_repair_start()
        self.refuse("action_validate", self.mechanic, repair=self.repair(self.ana))

    def test_a_manager_is_asked_about_the_stock_as_well(self):
        self.broken.product_qty = 99
        self.block()
        question = self.broken.with_user(self.chief).action_customer_allow_blocked()
        self.assertEqual(question["res_model"], "stock.warn.insufficient.qty.repair")

    def test_sold_before_the_block(self):
        self.broken.action_create_sale_order()
        self.broken.sale_order_id.action_confirm()
        self.block()
        self.broken.with_user(self.mechanic).action_repair_start()
        self.assertEqual(self.broken.state, "under_repair")

    def test_over_rpc(self):
        self.block()
        self.authenticate("mechanic", "mechanic-password")
        _result, error = self.rpc("action_customer_allow_blocked", self.broken.ids)
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        for method in ("action_validate", "action_repair_start"):
            _result, error = self.rpc(method, self.broken.ids)
            self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertEqual(self.broken.state, "draft")
        self.authenticate("chief", "chief-password")
        result, _error = self.rpc("action_customer_allow_blocked", self.broken.ids)
        self.assertTrue(result)
        self.assertEqual(self.broken.state, "confirmed")

    def test_a_manager_without_repairs(self):
        self.new_user("clerk", "customer_base.group_customer_manager", "Cle Rk")
        self.block()
        self.authenticate("clerk", "clerk-password")
        _result, error = self.rpc("action_customer_allow_blocked", self.broken.ids)
        self.assertEqual(error["name"], f"{AccessError.__module__}.AccessError")
