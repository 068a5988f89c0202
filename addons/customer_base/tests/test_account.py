import smtplib
from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .common import PASSWORD, CustomerCase, CustomerHttpCase

EMAIL = "lea.account@example.com"


class AccountCase(MockSmtplibCase, CustomerCase):
    """A customer with an e-mail, and a mail server that takes mails or does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.new_customer("Lea Account", email=EMAIL)
        cls.company.email = "shop@example.com"

    def account(self, customer=None):
        customer = (customer or self.customer).with_context(active_test=False)
        return customer.user_ids

    def new_account(self, **values):
        return self.new_user(
            "portal",
            "base.group_portal",
            partner_id=self.customer.id,
            name=self.customer.name,
            email=EMAIL,
            **values,
        )

    def as_manager(self, customer=None):
        return (customer or self.customer).with_user(self.manager)

    def grant(self, customer=None):
        with self.mock_smtplib_connection():
            return self.as_manager(customer).customer_grant_access()

    def reset(self, error=None, refused=None):
        """Ask for a mail while the server cannot be reached, or refuses it."""
        with self.mock_smtplib_connection(), mute_logger("odoo.addons.mail"):
            session = self.testing_smtp_session
            if refused:
                with (
                    patch.object(type(session), "send_message", side_effect=refused),
                    mute_logger("odoo.addons.mail.models.mail_mail"),
                ):
                    return self.as_manager().customer_send_reset()
            if error:
                with patch("smtplib.SMTP", side_effect=error):
                    return self.as_manager().customer_send_reset()
            return self.as_manager().customer_send_reset()

    def events(self, customer=None):
        uuid = (customer or self.customer).customer_uuid
        rows = self.env["customer.journal"].search([("subject_uuid", "=", uuid)])
        return [(row.event, row.reason, row.user_ref) for row in rows]


@tagged("post_install", "-at_install")
class TestAccount(AccountCase):
    """Online account of a customer: invited, helped back in, logged out."""

    def login(self, user):
        """As after a login: core keeps a row for each."""
        self.env["res.users.log"].with_user(user).sudo().create({})

    # -- granting -----------------------------------------------------------------------

    def test_granting_makes_an_account_and_invites(self):
        self.assertEqual(self.customer.customer_account_state, "none")
        answer = self.grant()
        self.assertEqual(answer["result"], "sent")
        self.assertIn(EMAIL, answer["message"])
        account = self.account()
        self.assertEqual((account.login, account.active), (EMAIL, True))
        self.assertTrue(account._is_portal())
        self.assertEqual(self.customer.customer_account_state, "invited")
        self.assertEqual(self.customer.customer_account_login, EMAIL)
        self.assertEqual(len(self.emails), 1)
        self.assertEqual(self.emails[0]["smtp_to_list"], [EMAIL])
        self.assertEqual(self.events(), [("account_granted", "new", self.manager.id)])

    def test_the_login_is_the_normalised_email(self):
        self.customer.email = "Lea <Lea.Account@Example.com>"
        self.grant()
        self.assertEqual(self.account().login, EMAIL)

    def test_who_never_came_is_invited_again(self):
        self.grant()
        self.customer.email = "lea.new@example.com"
        self.grant()
        self.assertEqual(self.account().login, "lea.new@example.com")
        self.assertEqual(self.emails[0]["smtp_to_list"], ["lea.new@example.com"])
        self.assertEqual([reason for _e, reason, _u in self.events()], ["again", "new"])

    def test_who_logs_in_needs_no_invitation(self):
        self.grant()
        self.login(self.account())
        self.assertEqual(self.customer.customer_account_state, "active")
        self.assertTrue(self.customer.customer_account_last_login)
        with self.refused(UserError, "Lea Account"):
            self.grant()
        self.assertEqual(len(self.events()), 1)

    def test_archived_account_is_revived_without_its_sessions(self):
        self.grant()
        account = self.account()
        self.login(account)
        account.sudo().write({"active": False, "login": "old.login"})
        self.assertEqual(self.customer.customer_account_state, "archived")
        epoch = account.sudo().customer_session_epoch
        self.grant()
        self.assertEqual(self.account(), account)
        self.assertEqual((account.active, account.login), (True, EMAIL))
        self.assertNotEqual(account.sudo().customer_session_epoch, epoch)
        self.assertEqual(self.events()[0][1], "revived")

    def test_account_that_core_took_away_is_revived(self):
        self.grant()
        wizard = self.env["portal.wizard"].create(
            {"partner_ids": [Command.set(self.customer.ids)]}
        )
        wizard.user_ids.action_revoke_access()
        account = self.account()
        self.assertFalse(account.active)
        self.assertEqual(self.customer.customer_account_state, "archived")
        self.grant()
        self.assertEqual(self.account(), account)
        self.assertTrue(account.active and account._is_portal())
        self.assertEqual(len(self.emails), 1)

    def test_account_of_the_customers_company(self):
        company = self.new_company()
        self.manager.company_ids = [Command.link(company.id)]
        self.customer.company_id = company
        self.grant()
        self.assertEqual(self.account().company_id, company)

    def test_an_account_without_invitation_is_told(self):
        with (
            self.mock_smtplib_connection(),
            patch("smtplib.SMTP", side_effect=ConnectionRefusedError),
        ):
            answer = self.as_manager().customer_grant_access()
        self.assertEqual(answer["result"], "no_server")
        self.assertIn("Lea Account", answer["message"])
        self.assertTrue(self.account().active)

    # -- who cannot have one ------------------------------------------------------------

    def test_no_valid_email(self):
        for email in (False, "lea at example"):
            self.customer.email = email
            with self.refused(UserError, "Lea Account"):
                self.grant()
        self.assertFalse(self.account())
        self.assertFalse(self.events())

    def test_two_customers_with_one_email(self):
        other = self.new_customer("Leo Account", email=EMAIL.upper())
        with self.refused(UserError, "Leo Account", other.customer_code, EMAIL):
            self.grant()
        other.active = False
        self.grant()

    def test_customers_of_two_companies_with_one_email(self):
        other = self.new_customer("Leo Account", email=EMAIL)
        company = self.new_company()
        other.company_id = company
        # somebody whom this manager cannot see is not named
        with self.refused(UserError, EMAIL) as refusal:
            self.grant()
        self.assertFalse(refusal)
        self.assertNotIn(
            "Leo", self.customer.with_user(self.manager).customer_account_problem
        )
        self.customer.company_id = self.company
        self.grant()

    def test_a_company_and_its_contact_share_an_email(self):
        contact = self.new_customer(
            "Max Account", email=EMAIL, parent_id=self.customer.id
        )
        self.customer.is_company = True
        self.grant(contact)
        # but only one of them logs in with it
        with self.refused(UserError, "Max Account", EMAIL):
            self.grant()

    def test_login_of_somebody_else(self):
        clerk = self.new_user("clerk", "base.group_user", name="Carl Clerk")
        clerk.login = EMAIL
        clerk.email = "carl@example.com"
        with self.refused(UserError, "Carl Clerk", EMAIL):
            self.grant()
        clerk.active = False
        with self.refused(UserError, "Carl Clerk", EMAIL):
            self.grant()
        clerk.write({"active": True, "login": "carl", "email": EMAIL})
        with self.refused(UserError, "Carl Clerk", EMAIL):
            self.grant()
        clerk.email = "carl@example.com"
        self.grant()

    def test_blocked_archived_or_no_customer(self):
        self.customer._customer_block(["login"], "abuse")
        with self.refused(UserError, "Lea Account"):
            self.grant()
        self.customer._customer_unblock()
        self.customer.active = False
        with self.refused(UserError, "Lea Account"):
            self.grant()
        self.customer.active = True
        stranger = self.partners.create(
            {"name": "Sue Supplier", "email": "sue@example.com"}
        )
        with self.refused(UserError, "Sue Supplier"):
            self.grant(stranger)

    def test_colleagues_are_left_alone(self):
        clerk = self.new_user("clerk", "base.group_user", name="Carl Clerk")
        colleague = clerk.partner_id
        colleague.write({"is_customer": True, "email": "carl@example.com"})
        me = self.as_manager(colleague)
        epoch = clerk.sudo().customer_session_epoch
        for archived in (False, True):
            clerk.active = not archived
            self.assertEqual(colleague.customer_account_state, "internal")
            for method in (
                me.customer_grant_access,
                me.customer_send_reset,
                me.customer_end_sessions,
                me.customer_devices,
            ):
                with self.refused(UserError, "Carl Clerk"):
                    method()
        self.assertEqual(clerk.sudo().customer_session_epoch, epoch)
        self.assertFalse(colleague.customer_account_device_count)

    # -- mails for a new password ---------------------------------------------------------

    def test_reset_that_was_sent(self):
        self.new_account()
        answer = self.reset()
        self.assertEqual(answer["result"], "sent")
        self.assertIn(EMAIL, answer["message"])
        self.assertEqual(self.emails[0]["smtp_to_list"], [EMAIL])
        self.assertIn("reset_password", self.emails[0]["message"].replace("=\n", ""))
        self.assertEqual(self.events(), [("reset_sent", "sent", self.manager.id)])

    def test_reset_without_a_mail_server(self):
        self.new_account()
        self.assertEqual(
            self.reset(error=ConnectionRefusedError)["result"], "no_server"
        )
        self.assertEqual(self.events(), [("reset_sent", "no_server", self.manager.id)])

    def test_reset_to_an_address_that_is_none(self):
        self.new_account()
        unknown = smtplib.SMTPRecipientsRefused({EMAIL: (550, b"no such mailbox")})
        answer = self.reset(refused=unknown)
        self.assertEqual(answer["result"], "invalid_address")
        self.assertIn(EMAIL, answer["message"])
        for email in ("lea at example", False):
            self.customer.email = email
            self.assertEqual(self.reset()["result"], "invalid_address")
        self.assertFalse(self.emails)

    def test_reset_that_failed(self):
        self.new_account()
        for error in (
            smtplib.SMTPDataError(554, b"too many mails"),
            smtplib.SMTPServerDisconnected("gone"),
        ):
            self.assertEqual(self.reset(refused=error)["result"], "failed")

    def test_a_caller_cannot_claim_what_became_of_a_mail(self):
        self.new_account()
        me = self.as_manager().with_context(
            customer_mail_outcome={"sent": True}, install_mode=True, create_user=True
        )
        with (
            self.mock_smtplib_connection(),
            patch("smtplib.SMTP", side_effect=ConnectionRefusedError),
        ):
            self.assertEqual(me.customer_send_reset()["result"], "no_server")

    def test_no_reset_without_an_account_that_could_log_in(self):
        with self.refused(UserError, "Lea Account"):
            self.reset()
        account = self.new_account()
        self.customer._customer_block(["login"], "abuse")
        with self.refused(UserError, "Lea Account"):
            self.reset()
        self.customer._customer_unblock()
        account.active = False
        with self.refused(UserError, "Lea Account"):
            self.reset()
        self.assertNotIn("reset_sent", [event for event, _r, _u in self.events()])

    def test_a_login_that_is_not_the_email_is_told(self):
        account = self.new_account()
        account.login = EMAIL.upper()
        self.assertFalse(self.customer.customer_account_other_email)
        self.customer.email = "elsewhere@example.com"
        self.assertTrue(self.customer.customer_account_other_email)

    def test_a_cashier_cannot_have_a_password_sent_to_themselves(self):
        """The public page of core writes to the e-mail, which cashiers edit."""
        account = self.new_account()
        account.login = EMAIL
        public = (
            self.env["res.users"].with_user(self.env.ref("base.public_user")).sudo()
        )

        def receivers():
            with self.mock_smtplib_connection():
                public.reset_password(EMAIL)
            return [mail["smtp_to_list"] for mail in self.emails]

        self.assertEqual(receivers(), [[EMAIL]])
        evil = "cashier@example.com"
        for env_of in (
            lambda partner: partner.with_user(self.user),
            lambda partner: partner.with_user(self.user).sudo(),
        ):
            env_of(self.customer).email = evil
            self.assertEqual(receivers(), [[EMAIL]])
        # and not anywhere when the login is no address
        account.login = "lea"
        with self.assertRaises(UserError), self.mock_smtplib_connection():
            public.reset_password("lea")
        account.login = EMAIL
        # a manager who sends it vouches for the address, as the customer does
        self.reset()
        self.assertEqual(self.emails[0]["smtp_to_list"], [evil])
        self.assertEqual(receivers(), [[evil]])
        self.customer.with_user(self.user).email = "cashier.two@example.com"
        self.assertEqual(receivers(), [[EMAIL]])
        self.customer.with_user(account).sudo().email = "lea.own@example.com"
        self.assertEqual(receivers(), [["lea.own@example.com"]])

    def test_a_caller_cannot_say_where_a_mail_goes(self):
        self.new_account()
        me = self.as_manager().with_context(customer_mail_to="evil@example.com")
        with self.mock_smtplib_connection():
            me.customer_send_reset()
        self.assertEqual(self.emails[0]["smtp_to_list"], [EMAIL])

    # -- sessions and devices -------------------------------------------------------------

    def test_ending_sessions_and_devices(self):
        with self.refused(UserError, "Lea Account"):
            self.as_manager().customer_end_sessions()
        account = self.new_account()
        moment = datetime(2026, 1, 2, 3, 4, 5)
        logs = self.env["res.device.log"].sudo()
        logs.create(
            [
                {
                    "session_identifier": "a" * 42,
                    "platform": "android",
                    "browser": "firefox",
                    "ip_address": "198.51.100.7",
                    "country": "Poland",
                    "device_type": "mobile",
                    "user_id": user.id,
                    "first_activity": moment,
                    "last_activity": moment,
                    "revoked": False,
                }
                for user in (account, self.user)
            ]
        )
        self.assertEqual(self.customer.customer_account_device_count, 1)
        self.assertEqual(
            self.as_manager().customer_devices(),
            [
                {
                    "browser": "Firefox",
                    "platform": "Android",
                    "device_type": "mobile",
                    "country": "Poland",
                    "first_activity": "2026-01-02 03:04:05",
                    "last_activity": "2026-01-02 03:04:05",
                }
            ],
        )
        with self.assertRaises(AccessError):
            self.env["res.device"].with_user(self.manager).search(
                [("user_id", "=", account.id)]
            ).check_access("write")
        self.assertTrue(self.as_manager().customer_end_sessions())
        self.env.invalidate_all()
        self.assertFalse(self.customer.customer_account_device_count)
        self.assertFalse(self.as_manager().customer_devices())
        self.assertTrue(account.sudo().customer_session_epoch)
        self.assertEqual(self.events(), [("sessions_ended", False, self.manager.id)])

    # -- several customers ----------------------------------------------------------------

    def invite(self, customers):
        action = customers.with_user(self.manager).action_customer_invite()
        wizard = self.env["customer.account.wizard"].with_user(self.manager)
        return wizard.with_context(**action["context"]).create({})

    def test_inviting_several(self):
        blocked = self.new_customer("Bob Blocked", email="bob@example.com")
        blocked._customer_block(["login"], "abuse")
        ann = self.new_customer("Ann Account", email="ann.account@example.com")
        wizard = self.invite(self.customer | blocked | ann)
        self.assertEqual(wizard.ready_ids, self.customer | ann)
        self.assertIn("Bob Blocked", wizard.problems)
        with self.mock_smtplib_connection():
            action = wizard.action_apply()
        self.assertIn("2", action["params"]["message"])
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(len(self.emails), 2)
        self.assertFalse(self.account(blocked))

    def test_several_with_one_email_get_one_account(self):
        contact = self.new_customer(
            "Max Account", email=EMAIL, parent_id=self.customer.id
        )
        wizard = self.invite(self.customer | contact)
        with self.mock_smtplib_connection():
            action = wizard.action_apply()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertEqual(len(self.emails), 1)
        self.assertEqual(len(self.account() | self.account(contact)), 1)

    def test_inviting_nobody_or_too_many(self):
        with self.refused(UserError):
            self.invite(self.user.partner_id)
        self.customer.email = False
        with self.refused(UserError, "Lea Account"):
            self.invite(self.customer).action_apply()
        many = self.partners.create(
            [{"name": f"Many {n}", "is_customer": True} for n in range(101)]
        )
        with self.refused(UserError, "100"):
            self.invite(many).action_apply()


@tagged("post_install", "-at_install")
class TestAccountHttp(AccountCase, CustomerHttpCase, HttpCase):
    """Real calls and sessions, and the page on the form."""

    CALLS = (
        "customer_grant_access",
        "customer_send_reset",
        "customer_end_sessions",
        "customer_devices",
        "action_customer_grant_access",
        "action_customer_send_reset",
        "action_customer_end_sessions",
        "action_customer_invite",
    )

    def test_others_may_not(self):
        account = self.new_account()
        epoch = account.sudo().customer_session_epoch
        users = {
            "cashier": self.user,
            "contacts": self.new_user(
                "contacts", "base.group_user,base.group_partner_manager"
            ),
            "impersonator": self.new_user(
                "impersonator",
                "base.group_user,customer_base.group_customer_impersonate",
            ),
            "themselves": account,
        }
        for who, user in users.items():
            self.authenticate(user.login, PASSWORD)
            for method in self.CALLS:
                with mute_logger("odoo.http"):
                    _result, error = self.rpc(method, self.customer.ids)
                self.assertEqual(
                    error.get("name"), "odoo.exceptions.AccessError", (who, method)
                )
            for method, args in (
                ("read", [self.customer.ids, ["customer_account_login"]]),
                ("search_read", [[("customer_account_state", "=", "none")], ["id"]]),
            ):
                with mute_logger("odoo.http"):
                    _result, error = self.rpc(method, *args)
                self.assertTrue(error, (who, method))
            with mute_logger("odoo.http"):
                _result, error = self.rpc(
                    "create",
                    {"partner_ids": [[6, 0, self.customer.ids]]},
                    model="customer.account.wizard",
                )
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", who)
        self.assertEqual(account.sudo().customer_session_epoch, epoch)
        self.assertFalse(self.events())

    def test_manager_may_not_reach_another_company(self):
        company = self.new_company()
        self.new_account(company_id=company.id, company_ids=[Command.set(company.ids)])
        self.customer.company_id = company
        self.authenticate(self.manager.login, PASSWORD)
        for method in self.CALLS[:4]:
            with mute_logger("odoo.http"):
                _result, error = self.rpc(method, self.customer.ids)
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", method)

    def test_manager_calls(self):
        account = self.new_account()
        self.authenticate(self.manager.login, PASSWORD)
        devices, _error = self.rpc("customer_devices", self.customer.ids)
        self.assertEqual(devices, [])
        result, _error = self.rpc("customer_end_sessions", self.customer.ids)
        self.assertTrue(result)
        answer = self.json2(self.manager, "customer_devices", ids=self.customer.ids)
        self.assertEqual(answer.json(), [])
        for wrong in ([], (self.customer | self.user.partner_id).ids, [2**31 - 1]):
            with mute_logger("odoo.http"):
                _result, error = self.rpc("customer_end_sessions", wrong)
            self.assertTrue(error)
        self.assertTrue(account.sudo().customer_session_epoch)

    def test_ended_sessions_ask_for_the_password(self):
        account = self.new_account()
        other = self.new_customer("Other Account")
        self.new_user("other", "base.group_portal", partner_id=other.id)
        theirs = self.authenticate("other_t", PASSWORD).sid
        self.session = None  # the next login would delete it
        mine = self.authenticate(account.login, PASSWORD).sid
        self.assertEqual(self.open_my(mine).status_code, 200)
        self.as_manager().customer_end_sessions()
        self.assertIn("/web/login", self.open_my(mine).headers.get("Location", ""))
        self.assertEqual(self.open_my(theirs).status_code, 200)

    def open_my(self, sid):
        self.opener.cookies.set("session_id", sid, domain="127.0.0.1", path="/")
        return self.url_open("/my", allow_redirects=False)

    def test_form(self):
        account = self.new_account()
        self.env["res.users.log"].with_user(account).sudo().create({})
        self.customer.email = "lea.new@example.com"
        moment = datetime(2026, 1, 2, 3, 4, 5)
        self.env["res.device.log"].sudo().create(
            {
                "session_identifier": "b" * 42,
                "platform": "android",
                "browser": "firefox",
                "country": "Poland",
                "device_type": "mobile",
                "user_id": account.id,
                "first_activity": moment,
                "last_activity": moment,
                "revoked": False,
            }
        )
        self.start_tour(
            f"/odoo/customer-file/{self.customer.id}",
            "customer_account",
            login=self.manager.login,
        )
        self.assertEqual(self.events()[0][0], "sessions_ended")
