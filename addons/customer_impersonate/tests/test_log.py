from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import PASSWORD, ActingCase


@tagged("post_install", "-at_install")
class TestLog(ActingCase):
    """The log in the back office, the window that begins, and the customer's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "customer_impersonate_permission": False,
                "customer_impersonate_notify": False,
            }
        )
        cls.manager = new_test_user(
            cls.env,
            "acting.manager",
            "customer_base.group_customer_manager",
            password=PASSWORD,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def wizard(self, user=None, **context):
        wizards = self.env["customer.impersonation.wizard"].with_user(
            user or self.operator
        )
        return wizards.with_context(**context)

    def window_of(self, records):
        return self.wizard(active_model=records._name, active_ids=records.ids)

    # -- window ---------------------------------------------------------------------------

    def test_tour(self):
        self.start_tour(
            f"/odoo/customer-file/{self.customer.id}",
            "customer_log_in_as",
            login=self.operator.login,
        )
        self.env.invalidate_all()
        row = self.log.search([], limit=1)
        self.assertEqual((row.ended_how, row.minutes), ("left", 10))
        self.assertEqual(row.partner_id, self.customer)

    def test_tour_without_account(self):
        stranger = self.env["res.partner"].create(
            {"name": "No Account", "is_customer": True}
        )
        self.start_tour(
            f"/odoo/customer-file/{stranger.id}",
            "customer_log_in_as_refused",
            login=self.operator.login,
        )

    def test_window(self):
        form = Form(self.window_of(self.customer))
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual(form.minutes, 30)
        self.assertFalse(form.problem)
        form.reason = "check"
        form.mode = "look"
        form.note = "What do they see?"
        action = form.save().action_start()
        self.assertEqual(action["type"], "ir.actions.act_url")
        row = self.log.search([], limit=1)
        self.assertEqual((row.reason, row.read_only), ("check", True))
        self.assertEqual(row.sudo().note, "What do they see?")

    def test_window_proposes_no_more_than_is_allowed(self):
        self.company.customer_impersonate_minutes = 5
        self.assertEqual(Form(self.window_of(self.customer)).minutes, 5)

    def test_window_says_why_not(self):
        stranger = self.env["res.partner"].create(
            {"name": "No Account", "is_customer": True}
        )
        form = Form(self.window_of(stranger))
        self.assertIn("No Account", form.problem)
        form.reason = "help"
        with self.assertRaises(UserError):
            form.save().action_start()

    def test_window_is_about_one_customer(self):
        both = self.customer | self.env["res.partner"].create({"name": "Somebody"})
        with self.assertRaises(UserError):
            Form(self.window_of(both))

    def test_window_of_a_document(self):
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id}
        )
        self.operator.group_ids += self.env.ref("account.group_account_readonly")
        self.assertEqual(Form(self.window_of(move)).partner_id, self.customer)

    def test_offered_on_customers_and_orders(self):
        wizard = self.env.ref(
            "customer_impersonate.customer_impersonation_wizard_action"
        )

        def offered(model, user):
            bindings = self.env["ir.actions.actions"].with_user(user)
            actions = bindings.get_bindings(model).get("action", ())
            return wizard.id in [action["id"] for action in actions]

        models = ["res.partner", "sale.order", "pos.order", "repair.order"]
        for model in [name for name in models if name in self.env]:
            self.assertTrue(offered(model, self.operator), model)
            self.assertFalse(offered(model, self.manager), model)
        for model in ("account.move", "res.users"):
            self.assertFalse(offered(model, self.operator), model)

    def test_link_for_another_browser_is_not_stored(self):
        partners = type(self.customer)
        wizard = self.wizard().create(
            {"partner_id": self.customer.id, "reason": "help"}
        )
        with patch.object(partners, "_customer_link_elsewhere", lambda model: True):
            action = wizard.action_start()
        self.assertEqual(action["target"], "new")
        link = action["context"]["default_link"]
        form = Form(
            self.wizard(**action["context"]),
            view="customer_impersonate.customer_impersonation_wizard_view_form_link",
        )
        self.assertEqual(form.link, link)
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM customer_impersonation_wizard")
        token = urlsplit(link).path.split("/")[-1]
        self.assertNotIn(token, str(self.env.cr.fetchall()))
        self.assertTrue(self.log.search([], limit=1).elsewhere)

    def test_window_is_not_for_everybody(self):
        self.authenticate(self.manager.login, PASSWORD)
        values = {"partner_id": self.customer.id, "reason": "help"}
        model = "customer.impersonation.wizard"
        with mute_logger("odoo.http"):
            _, error = self.rpc("create", values, model=model)
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        wizard = self.wizard().create(values)
        with mute_logger("odoo.http"):
            _, error = self.rpc("action_start", wizard.ids, model=model)
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.assertFalse(
            self.log.search([("subject_uuid", "=", self.customer.customer_uuid)])
        )

    # -- log ------------------------------------------------------------------------------

    def test_views(self):
        row = self.act()
        self.leave()
        for user in (self.manager, self.operator):
            rows = row.with_user(user)
            for mode in ("list", "kanban", "form", "search"):
                arch = rows.get_view(view_type=mode)["arch"]
            for node in etree.fromstring(arch).iter("filter"):
                if node.get("domain"):
                    rows.search(safe_eval(node.get("domain"), {"uid": user.id}))
            self.assertFalse(rows.can_end)
            self.assertEqual(rows.search([("partner_id", "=", self.customer.id)]), row)
            self.assertEqual(
                rows.search([("partner_id.name", "=", "Carl Customer")]), row
            )
            self.assertIn(row, rows.search([("user_id", "ilike", "Olga Operator")]))
            self.assertFalse(rows.search([("user_id", "=", self.manager.id)]))

    def test_customer_form(self):
        self.assertFalse(
            self.customer.with_user(self.operator).customer_impersonation_ids
        )
        row = self.act()
        customer = self.customer.with_user(self.manager)
        self.assertEqual(customer.customer_impersonation_ids, row)
        self.assertTrue(row.with_user(self.manager).can_end)
        action = customer.action_customer_impersonations()
        self.assertEqual(self.log.search(action["domain"]), row)
        row.with_user(self.manager).action_end()
        self.assertEqual(row.ended_how, "colleague")

    def test_problem(self):
        customer = self.customer.with_user(self.operator)
        self.assertFalse(customer.customer_impersonate_problem)
        self.company.customer_impersonate_permission = True
        customer.invalidate_recordset(["customer_impersonate_problem"])
        self.assertIn("Carl Customer", customer.customer_impersonate_problem)
        self.customer.customer_help_until = fields.Datetime.now() + timedelta(hours=1)
        customer.invalidate_recordset(["customer_impersonate_problem"])
        self.assertFalse(customer.customer_impersonate_problem)

    def test_documents(self):
        row = self.act()
        documents = self.env["customer.impersonation.document"]
        gone = self.env["res.partner"].create({"name": "Gone"})
        for res_id in (self.customer.id, gone.id):
            # sudo: written by acts, never by users
            documents |= documents.sudo().create(
                {
                    "impersonation_ref": row.id,
                    "company_ref": row.company_ref,
                    "model": "res.partner",
                    "res_id": res_id,
                    "action": "write",
                }
            )
        gone.unlink()
        seen = row.with_user(self.manager).document_ids
        self.assertEqual(seen, documents)
        self.assertEqual(seen[0].name, "Carl Customer")
        self.assertEqual(seen[0].action_open()["res_id"], self.customer.id)
        self.assertTrue(seen[1].name, "something to read")
        with self.assertRaises(UserError):
            seen[1].action_open()
        with self.assertRaises(AccessError):
            seen[0].with_user(self.account).action_open()

    def test_duration(self):
        row = self.act()
        self.assertIn("Carl Customer", row.display_name)
        begun = row.started_at
        with patch.object(
            fields.Datetime, "now", lambda *args: begun + timedelta(minutes=12)
        ):
            row.invalidate_recordset(["duration"])
            self.assertEqual(row.duration, 12)

    def test_cron(self):
        self.link()
        row = self.log.search([], limit=1)
        cron = self.env.ref("customer_impersonate.customer_impersonation_cron_end")
        later = row.link_until + timedelta(minutes=1)
        with patch.object(fields.Datetime, "now", lambda *args: later):
            cron.method_direct_trigger()
        self.assertEqual(row.ended_how, "unused")

    def test_settings(self):
        settings = self.env["res.config.settings"].create(
            {"customer_impersonate_minutes": 15, "customer_impersonate_notify": True}
        )
        settings.execute()
        self.assertEqual(self.company.customer_impersonate_minutes, 15)
        self.assertTrue(self.company.customer_impersonate_notify)
        view = self.env.ref("customer_base.res_config_settings_view_form")
        arch = settings.get_view(view.id)["arch"]
        self.assertIn("customer_impersonate_permission", arch)

    # -- e-mail -----------------------------------------------------------------------------

    def mails(self):
        return self.env["mail.mail"].search([("subject", "like", self.company.name)])

    def test_mail(self):
        before = self.mails()
        self.act()
        self.leave()
        self.assertEqual(self.mails(), before, "only where the company wants it")
        self.company.customer_impersonate_notify = True
        self.act(note="She shouted", read_only=True)
        mail = self.mails() - before
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("Olga Operator", mail.body_html)
        self.assertIn("/my/help", mail.body_html)
        self.assertNotIn("shouted", mail.body_html)
        self.assertNotIn("{{", mail.subject)
        self.assertFalse(mail.model, "it is for the customer alone")

    def test_mail_goes_to_one_address(self):
        self.company.customer_impersonate_notify = True
        self.customer.email = "carl@example.com, somebody@example.com"
        before = self.mails()
        self.act()
        mail = self.mails() - before
        self.assertFalse(mail.recipient_ids)
        self.assertEqual(mail.email_to, "carl@example.com")

    def test_customer_without_address(self):
        self.company.customer_impersonate_notify = True
        self.customer.email = False
        self.assertTrue(self.act().started_at)

    # -- the whole life ---------------------------------------------------------------------

    def test_merge(self):
        row = self.act()
        self.customer.customer_help_until = fields.Datetime.now() + timedelta(hours=1)
        target = self.env["res.partner"].create(
            {"name": "The Same", "is_customer": True}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge([self.customer.id, target.id], target)
        self.env.invalidate_all()
        self.assertEqual(row.ended_how, "account")
        self.assertFalse(target.customer_help_until)
        self.assertEqual(target.customer_impersonation_ids, row)
        self.assertEqual(row.partner_id, target)
        self.assertEqual(self.log.search([("partner_id", "=", target.id)]), row)
        self.assertEqual(target._customer_help_page()["total"], 1)

    def test_export(self):
        self.act(note="Wants a refund")
        self.leave()
        (entry,) = self.customer._customer_export()["help"]["log"]
        self.assertEqual(entry["who"], "Olga Operator")
        self.assertEqual(entry["note"], "Wants a refund")
        self.assertEqual(entry["ended_how"], "left")
        self.assertTrue(entry["started_at"])

    def test_erasure_plan(self):
        row = self.act(note="Wants a refund")
        plan = self.customer._customer_erasure_plan()
        notes = [step for step in plan if step["model"] == "customer.journal.note"]
        ids = {record_id for step in notes for record_id in step["ids"]}
        found = self.env["customer.journal.note"].search(
            [("journal_ref", "=", row.journal_ref)]
        )
        self.assertTrue(found)
        self.assertLessEqual(set(found.ids), ids)
        kept = [s for s in plan if s["model"] == "customer.impersonation"]
        self.assertEqual([(s["ids"], s["action"]) for s in kept], [(row.ids, "keep")])

    def test_card(self):
        def card(user):
            return self.customer.with_user(user)._customer_card(None)["help"]

        self.assertEqual(
            card(self.manager), {"may": False, "problem": "", "acting": False}
        )
        self.assertEqual(
            card(self.operator), {"may": True, "problem": "", "acting": False}
        )
        self.act()
        self.assertTrue(card(self.operator)["acting"])
