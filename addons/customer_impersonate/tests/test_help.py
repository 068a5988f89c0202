from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, ActingCase

PATH = "/my/help"


@tagged("post_install", "-at_install")
class TestHelp(ActingCase):
    """Help with your account: the customer's page, by its owner and by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.customer_impersonate_permission = False

    def page(self, account=None):
        """The page as ``account`` sees it, parsed."""
        if account:
            self.authenticate(account.login, PASSWORD)
        response = self.url_open(PATH)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.content)

    def rows(self, page):
        return page.xpath("//section[contains(@class, 'o_my_help_row')]")

    def buttons(self, page):
        """Values of the buttons that allow help or end it."""
        return [b.get("value") for b in page.xpath("//button[@name='allow']")]

    def answer(self, allow, **data):
        data = {"csrf_token": self.token("/my/account"), "allow": allow, **data}
        response = self.url_open(PATH, data=data)
        self.env.invalidate_all()
        return response

    def events(self):
        rows = self.env["customer.journal"].search(
            [("subject_uuid", "=", self.customer.customer_uuid)]
        )
        return rows.filtered(lambda r: r.event.startswith("help_")).mapped("event")

    # -- log --------------------------------------------------------------------------

    def test_log(self):
        row = self.act(note="She shouted", reason="complaint")
        self.rpc_acting_document(row)
        self.leave()
        page = self.page(self.account)
        (section,) = self.rows(page)
        text = section.text_content()
        self.assertIn("Olga Operator", text)
        self.assertIn(self.company.name, text)
        self.assertNotIn("shouted", html.tostring(page).decode(), "words of colleagues")
        self.assertEqual(section.get("data-running"), "0")
        (line,) = section.xpath(".//ul[contains(@class, 'o_my_help_documents')]/li")
        self.assertEqual(line.xpath(".//a/@href"), ["/my/addresses"])
        self.assertIn("Carl Customer", line.text_content())

    def rpc_acting_document(self, row):
        """As the module of documents writes them; several acts, one line."""
        # sudo: written by acts, never by users
        self.env["customer.impersonation.document"].sudo().create(
            [
                {
                    "impersonation_ref": row.id,
                    "company_ref": row.company_ref,
                    "model": "res.partner",
                    "res_id": self.customer.id,
                    "action": action,
                }
                for action in ("create", "write")
            ]
        )

    def test_document_of_somebody_else_has_no_name(self):
        row = self.act()
        secret = self.env["res.partner"].create({"name": "Top Secret"})
        rows = self.env["customer.impersonation.document"].sudo()  # sudo: as above
        for model, res_id in (("res.partner", secret.id), ("no.such.model", 1)):
            rows.create(
                {
                    "impersonation_ref": row.id,
                    "company_ref": row.company_ref,
                    "model": model,
                    "res_id": res_id,
                    "action": "write",
                }
            )
        self.leave()
        page = self.page(self.account)
        self.assertNotIn("Top Secret", html.tostring(page).decode())
        lines = page.xpath("//ul[contains(@class, 'o_my_help_documents')]/li")
        self.assertEqual(len(lines), 2)
        self.assertFalse(page.xpath("//ul[contains(@class, 'o_my_help_documents')]//a"))

    def test_link_that_nobody_used_is_none(self):
        self.link()
        self.assertFalse(self.rows(self.page(self.account)))

    def test_another_customer_sees_nothing(self):
        self.act()
        self.leave()
        other = new_test_user(
            self.env, "acting.other", "base.group_portal", password=PASSWORD
        )
        self.assertFalse(self.rows(self.page(other)))

    def test_public_user_is_sent_to_the_login(self):
        self.authenticate(None, None)
        for path in (PATH, f"{PATH}/page/2"):
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_colleagues_have_no_use_for_it(self):
        self.company.customer_impersonate_permission = True
        page = self.page(self.operator)
        self.assertFalse(self.rows(page))
        self.assertFalse(self.buttons(page))
        with mute_logger("odoo.http"):
            self.assertGreaterEqual(self.answer("1").status_code, 400)
        self.assertFalse(self.operator.partner_id.customer_help_until)

    def test_pages_of_the_log(self):
        # sudo: written by acts, never by users
        rows = self.log.sudo()
        now = fields.Datetime.now()
        uuid = self.customer._ensure_customer_uuid()
        rows.create(
            [
                {
                    "subject_uuid": uuid,
                    "account_ref": self.account.id,
                    "user_ref": self.operator.id,
                    "company_ref": self.company.id,
                    "reason": "help",
                    "minutes": 30,
                    "started_at": now - timedelta(days=n),
                    "expires_at": now - timedelta(days=n),
                    "ended_at": now - timedelta(days=n),
                    "ended_how": "left",
                }
                for n in range(25)
            ]
        )
        self.assertEqual(len(self.rows(self.page(self.account))), 20)
        second = html.fromstring(self.url_open(f"{PATH}/page/2").content)
        self.assertEqual(len(self.rows(second)), 5)
        for path in (f"{PATH}/page/0", f"{PATH}/page/99999"):
            self.assertEqual(self.url_open(path).status_code, 200)

    # -- permission ---------------------------------------------------------------------

    def test_tour(self):
        self.company.customer_impersonate_permission = True
        self.start_tour("/my/home", "customer_help_portal", login=self.account.login)
        self.env.invalidate_all()
        self.assertFalse(self.customer.customer_help_until)
        self.assertEqual(self.events(), ["help_withdrawn", "help_allowed"])

    def test_permission_is_asked_where_the_company_wants_it(self):
        self.assertFalse(self.buttons(self.page(self.account)))
        self.company.customer_impersonate_permission = True
        self.assertEqual(self.buttons(self.page()), ["1"])

    def test_allowed(self):
        self.company.customer_impersonate_permission = True
        self.authenticate(self.account.login, PASSWORD)
        before = fields.Datetime.now()
        self.answer("1")
        until = self.customer.customer_help_until
        self.assertLessEqual(abs(until - before - timedelta(hours=24)).seconds, 60)
        self.assertEqual(self.buttons(self.page()), ["0"])
        self.assertTrue(self.act().started_at)

    def test_nothing_else_changes_it(self):
        self.authenticate(self.account.login, PASSWORD)
        for value in ("", "2", "true"):
            self.answer(value)
        self.url_open(f"{PATH}?allow=1")
        self.env.invalidate_all()
        self.assertFalse(self.customer.customer_help_until)
        self.assertFalse(self.events())

    @mute_logger("odoo.http")
    def test_without_csrf(self):
        self.authenticate(self.account.login, PASSWORD)
        response = self.answer("1", csrf_token="")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.customer.customer_help_until)

    @mute_logger("odoo.http")
    def test_public_user_posts_nothing(self):
        self.authenticate(self.account.login, PASSWORD)
        token = self.token("/my/account")
        self.authenticate(None, None)
        self.url_open(PATH, data={"csrf_token": token, "allow": "1"})
        self.env.invalidate_all()
        self.assertFalse(self.customer.customer_help_until)

    @mute_logger("odoo.http")
    def test_colleague_who_acts_does_not_allow_it(self):
        self.company.customer_impersonate_permission = True
        self.customer.customer_help_until = fields.Datetime.now() + timedelta(hours=1)
        self.act()
        self.assertFalse(self.buttons(self.page()))
        before = self.customer.customer_help_until
        for allow in ("1", "0"):
            response = self.answer(allow)
            self.assertEqual(response.status_code, 403)
        self.assertEqual(self.customer.customer_help_until, before)

    def test_customer_ends_it(self):
        self.company.customer_impersonate_keep_sessions = True
        row = self.act()
        with self.browser():
            self.log_in(self.account)
            page = self.page()
            (section,) = self.rows(page)
            self.assertEqual(section.get("data-running"), "1")
            self.assertEqual(self.buttons(page), ["0"])
            self.answer("0")
        self.assertEqual(row.ended_how, "customer")
        self.assertEqual(self.events(), ["help_withdrawn"])
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.who(), self.account.id)

    # -- rpc ----------------------------------------------------------------------------

    def test_strangers_over_rpc(self):
        self.act()
        self.leave()
        plain = new_test_user(
            self.env, "acting.plain", "base.group_user", password=PASSWORD
        )
        for user in (plain, self.account):
            self.authenticate(user.login, PASSWORD)
            for model in ("customer.impersonation", "customer.impersonation.document"):
                _, error = self.rpc("search_read", [], [], model=model)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError")
            for method in ("action_customer_impersonations",):
                with mute_logger("odoo.http"):
                    _, error = self.rpc(method, self.customer.ids)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError")
            for name in (
                "customer_impersonation_ids",
                "customer_impersonate_problem",
                "customer_impersonation_count",
            ):
                with mute_logger("odoo.http"):
                    _, error = self.rpc("read", self.customer.ids, [name])
                self.assertEqual(error["name"], "odoo.exceptions.AccessError", name)

    def test_permission_is_not_written_over_rpc(self):
        self.authenticate(self.account.login, PASSWORD)
        with mute_logger("odoo.http"):
            _, error = self.rpc(
                "write",
                self.customer.ids,
                {"customer_help_until": "2039-01-01 00:00:00"},
            )
        self.assertTrue(error)
        for method in ("_customer_allow_help", "_customer_withdraw_help"):
            with mute_logger("odoo.http"):
                _, error = self.rpc(method, self.customer.ids)
            self.assertTrue(error, method)
        self.assertFalse(self.customer.customer_help_until)

    def test_manager_of_another_company_reads_nothing(self):
        row = self.act()
        self.leave()
        second = self.env["res.company"].create({"name": "Second Shop"})
        manager = new_test_user(
            self.env,
            "acting.manager",
            "customer_base.group_customer_manager",
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
        )
        self.assertFalse(self.log.with_user(manager).search([("id", "=", row.id)]))
        manager.write(
            {
                "company_ids": [Command.link(self.company.id)],
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.log.with_user(manager).search([("id", "=", row.id)]), row)
