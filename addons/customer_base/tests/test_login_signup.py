from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PASSWORD
from .test_login import SENTENCE, LoginCase

NEW_PASSWORD = "another-long-passphrase-17"


@tagged("post_install", "-at_install")
class TestLoginSignup(LoginCase):
    """New accounts and new passwords are no way around a blocked login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("auth_signup.reset_password", "True")
        parameters.set_param("auth_signup.invitation_scope", "b2c")
        if "website" in cls.env:
            cls.env["website"].search([]).auth_signup_uninvited = "b2c"
        cls.guest = cls.env["res.partner"].create(
            {
                "name": "Greta Guest",
                "email": "greta.guest@example.com",
                "is_customer": True,
            }
        )
        cls.block_of_guest = cls.guest.customer_block(["login"], "fraud")

    def users(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def signup(self, login, page="/web/signup"):
        return self.post(
            page,
            login=login,
            name="Somebody",
            password=NEW_PASSWORD,
            confirm_password=NEW_PASSWORD,
        )

    # -- links ----------------------------------------------------------------------------

    def test_invitation(self):
        self.guest.signup_prepare()
        page = f"/web/signup?token={self.guest._generate_signup_token()}"
        self.assertEqual(self.alert(self.signup(self.guest.email, page)), SENTENCE)
        self.assertFalse(self.users(self.guest.email))
        self.guest.customer_unblock()
        self.signup(self.guest.email, page)
        self.assertEqual(self.users(self.guest.email).partner_id, self.guest)

    def test_link_for_a_new_password(self):
        self.customer.signup_prepare("reset")
        page = f"/web/reset_password?token={self.customer._generate_signup_token()}"
        self.block()
        self.assertEqual(self.alert(self.signup(self.account.login, page)), SENTENCE)
        self.customer.customer_unblock()
        self.log_in()
        self.assertEqual(self.who(), self.account.id, "the password is the old one")

    def test_a_colleague_of_a_blocked_company_gets_a_new_password(self):
        company = self.guest.copy({"is_company": True, "email": False})
        company.customer_block(["login"], "abuse")
        partner = self.colleague.partner_id
        partner.parent_id = company
        partner.signup_prepare("reset")
        page = f"/web/reset_password?token={partner._generate_signup_token()}"
        self.assertFalse(self.alert(self.signup(self.colleague.login, page)))
        self.log_in(self.colleague, NEW_PASSWORD)
        self.assertEqual(self.who(), self.colleague.id)

    # -- free sign-up ---------------------------------------------------------------------

    def test_sign_up_with_the_email_of_a_blocked_customer(self):
        documents = self.env["customer.document.mixin"]
        neutral = [
            documents.with_context(lang=code)._customer_refusal_for_customers()
            for code, _name in self.env["res.lang"].get_installed()
        ]
        for email in ("greta.guest@example.com", "Greta.Guest@Example.com"):
            with self.subTest(email=email):
                self.assertIn(self.alert(self.signup(email)), neutral)
                self.assertFalse(self.users(email))
        self.signup("nobody.blocked@example.com")
        self.assertTrue(self.users("nobody.blocked@example.com"))

    def test_sign_up_tells_of_accounts_what_it_tells_of_all(self):
        other = self.alert(self.signup(self.other.login))
        self.assertTrue(other)
        self.block()
        self.assertEqual(self.alert(self.signup(self.account.login)), other)

    # -- asking for a new password --------------------------------------------------------

    def ask(self, user):
        """:return: what the page says, and the mails that are sent"""
        mails = []

        def send(mail, *args, **kwargs):
            mails.extend(mail.mapped(lambda m: (m.email_to, str(m.body_html))))

        with patch.object(type(self.env["mail.mail"]), "send", send):
            page = self.post("/web/reset_password", login=user.login)
        self.assertFalse(self.alert(page))
        return page.text.replace(user.login, ""), mails

    def test_ask_for_a_new_password(self):
        page, [(to, body)] = self.ask(self.other)
        self.assertIn("token=", body)
        self.block()
        with self.browser():
            answer, [(to, body)] = self.ask(self.account)
        self.assertEqual(to, self.account.email)
        self.assertIn(SENTENCE, body)
        self.assertNotIn("token=", body)
        self.assertIn("alert-success", answer)
        self.assertIn("alert-success", page)
        self.assertNotIn(SENTENCE, answer)
        self.assertNotEqual(self.customer.signup_type, "reset", "no link is valid")

    # -- colleagues who help --------------------------------------------------------------

    def test_colleagues_are_told_why(self):
        self.block()
        with self.assertRaisesRegex(UserError, "Abuse"):
            self.account.action_reset_password()
        wizard = self.env["portal.wizard"].create(
            {"partner_ids": (self.guest | self.customer).ids}
        )
        for row in wizard.user_ids:
            act = (
                row.action_grant_access
                if row.partner_id == self.guest
                else row.action_invite_again
            )
            with self.subTest(partner=row.partner_id.name):
                with self.assertRaisesRegex(UserError, "may not log in"):
                    act()
        self.assertFalse(self.users(self.guest.email))

    def test_account_for_a_blocked_customer(self):
        """One made by hand is as closed as any other."""
        self.guest.customer_unblock()
        user = self.new_account("greta.by.hand@example.com", partner_id=self.guest.id)
        self.log_in(user, PASSWORD)
        self.assertEqual(self.who(), user.id)
        self.block(self.guest)
        self.assertIsNone(self.who())
