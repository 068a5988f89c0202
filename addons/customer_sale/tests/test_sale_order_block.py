from freezegun import freeze_time

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

PASSWORD = "a-long-passphrase-91"


@tagged("post_install", "-at_install")
class TestSaleOrderBlock(HttpCase):
    """Quotations of a blocked customer cannot be confirmed, what was paid is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create(
            {"name": "Bart Blocked", "is_customer": True, "email": "b@example.com"}
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Book", "list_price": 20, "taxes_id": False}
        )
        cls.seller = new_test_user(
            cls.env,
            "seller",
            password=PASSWORD,
            groups="sales_team.group_sale_salesman_all_leads",
        )
        cls.chief = new_test_user(
            cls.env,
            "chief",
            password=PASSWORD,
            groups="sales_team.group_sale_salesman_all_leads,"
            "customer_base.group_customer_manager",
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "require_payment": False,
                "require_signature": True,
                "order_line": [Command.create({"product_id": cls.product.id})],
            }
        )
        cls.customer.customer_block(["pos"], "unpaid", note="Third reminder")

    def refuse(self, order, user, error=UserError):
        with self.assertRaises(error) as refusal, self.cr.savepoint():
            order.with_user(user).action_confirm()
        self.assertEqual(order.state, "draft")
        return refusal.exception.args

    def overrides(self):
        return self.env["customer.journal"].search(
            [
                ("event", "=", "block_overridden"),
                ("subject_uuid", "=", self.customer.customer_uuid),
            ]
        )

    def test_refused_with_the_reason_and_a_way_out(self):
        (message,) = self.refuse(self.order, self.seller)
        self.assertIn("Bart Blocked is blocked: Unpaid invoices.", message)
        self.assertIn("customer manager", message)
        self.assertNotIn("Third", message)
        self.assertIn("Unpaid invoices", self.order.customer_block_text)

    def test_refused_for_a_copy(self):
        self.customer.customer_unblock()
        self.order.action_confirm()
        self.customer.customer_block(["pos"], "unpaid")
        self.refuse(self.order.copy(), self.seller)

    def test_other_scopes_sell(self):
        self.customer.customer_unblock()
        self.customer.customer_block(["login", "marketing", "credit"], "unpaid")
        self.order.with_user(self.seller).action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_a_lifted_block_sells(self):
        self.customer.with_user(self.chief).customer_unblock()
        self.order.with_user(self.seller).action_confirm()
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.customer_block_flag)

    def test_a_contact_of_a_blocked_company(self):
        company = self.env["res.partner"].create(
            {"name": "Debt Co", "is_company": True, "is_customer": True}
        )
        self.customer.customer_unblock()
        self.customer.parent_id = company
        company.customer_block(["pos"], "unpaid")
        self.refuse(self.order, self.seller)

    def test_a_manager_allows_it_once(self):
        message, action_id, button, context = self.refuse(
            self.order, self.chief, RedirectWarning
        )
        self.assertIn("Unpaid invoices", message)
        self.assertTrue(button)
        action = self.env["ir.actions.server"].browse(action_id)
        action.with_user(self.chief).with_context(**context).run()
        self.assertEqual(self.order.state, "sale")
        row = self.overrides()
        self.assertEqual(row.user_ref, self.chief.id)
        self.assertEqual(row.details, {"document": f"sale.order,{self.order.id}"})
        self.refuse(self.order.copy(), self.chief, RedirectWarning)

    def test_allowed_before_another_block(self):
        with freeze_time("2031-03-01 12:00:00"):
            self.customer.customer_unblock()
            self.customer.customer_block(["pos"], "unpaid")
            self.customer._customer_override_block(self.order._customer_block_key())
            self.assertFalse(self.order._customer_forbidding_blocks())
        with freeze_time("2031-03-02 12:00:00"):
            self.customer.customer_block(["pos"], "fraud")
            self.assertTrue(self.order._customer_forbidding_blocks())

    def test_the_customer_hears_no_reason(self):
        """Accepted in the portal: the answer is neutral, and nothing is signed."""
        response = self.url_open(
            f"/my/orders/{self.order.id}/accept",
            json={
                "params": {
                    "access_token": self.order._portal_ensure_token(),
                    "name": "Bart",
                    "signature": "R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=",
                }
            },
        ).json()
        message = response["error"]["data"]["message"]
        self.assertTrue(message)
        # in whatever language: neither the name nor the reason nor a button
        for words in ("Bart", "Unpaid", self.order._name):
            self.assertNotIn(words, message)
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertFalse(self.order.signature)

    def test_no_payment_is_asked_for(self):
        order = self.order
        order.write({"require_payment": True, "prepayment_percent": 1})
        self.assertFalse(order._has_to_be_paid())
        self.customer.customer_unblock()
        self.assertTrue(order._has_to_be_paid())

    def paid(self, amount, state="done"):
        provider = self.env["payment.provider"].create({"name": "Test"})
        method = self.env["payment.method"].create({"name": "T", "code": "t"})
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": "T-1",
                "amount": amount,
                "currency_id": self.order.currency_id.id,
                "partner_id": self.customer.id,
                "state": state,
                "sale_order_ids": [Command.set(self.order.ids)],
            }
        )

    def test_paid_is_kept_and_flagged(self):
        transaction = self.paid(self.order.amount_total)
        transaction._check_amount_and_confirm_order()
        self.assertEqual(self.order.state, "sale")
        self.assertTrue(self.order.customer_block_flag)
        bodies = " ".join(self.order.message_ids.mapped("body"))
        self.assertIn("Unpaid invoices", bodies)
        self.assertFalse(self.order.copy().customer_block_flag)

    def test_not_paid_in_full_is_refused(self):
        self.order.write({"require_payment": True, "prepayment_percent": 1})
        self.paid(self.order.amount_total / 2)
        self.refuse(self.order, self.seller)

    def test_no_import_gets_round_it(self):
        orders = self.env["sale.order"].with_user(self.seller)
        columns = ["partner_id/.id", "order_line/product_id/.id", "state"]
        row = [str(self.customer.id), str(self.product.id)]
        with mute_logger("odoo.models"):
            refused = orders.load(columns, [[*row, "sale"]])
        self.assertFalse(refused["ids"])
        self.assertIn("Bart Blocked is blocked", refused["messages"][0]["message"])
        done = orders.load(columns, [[*row, "draft"]])
        order = orders.browse(done["ids"])
        self.assertEqual(order.state, "draft")
        with mute_logger("odoo.models"):
            refused = orders.load([".id", "state"], [[str(order.id), "sale"]])
        self.assertFalse(refused["ids"])
        self.assertEqual(order.state, "draft")
        self.customer.customer_unblock()
        orders.load([".id", "state"], [[str(order.id), "sale"]])
        self.assertEqual(order.state, "sale")

    def test_no_write_gets_round_it(self):
        values = {"partner_id": self.customer.id, "state": "sale"}
        for method, *args in (
            ("write", self.order.ids, {"state": "sale"}),
            ("web_save", self.order.ids, {"state": "sale"}, {}),
            ("create", [values]),
        ):
            answer = self.rpc("seller", method, *args)
            self.assertIn("Bart Blocked", answer["error"]["data"]["message"])
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        theirs = [("partner_id", "=", self.customer.id)]
        self.assertEqual(self.env["sale.order"].search(theirs), self.order)

    def rpc(self, login, method, *args):
        self.authenticate(login, PASSWORD)
        return self.url_open(
            f"/web/dataset/call_kw/sale.order/{method}",
            json={
                "params": {
                    "model": "sale.order",
                    "method": method,
                    "args": list(args),
                    "kwargs": {},
                }
            },
        ).json()

    def test_over_rpc(self):
        ids = self.order.ids
        answer = self.rpc("seller", "action_confirm_blocked", ids)
        self.assertEqual(
            answer["error"]["data"]["name"], AccessError.__module__ + ".AccessError"
        )
        answer = self.rpc("seller", "action_confirm", ids)
        self.assertIn("Bart Blocked", answer["error"]["data"]["message"])
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertFalse(self.overrides())
        self.assertTrue(self.rpc("chief", "action_confirm_blocked", ids)["result"])
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.overrides().user_ref, self.chief.id)
