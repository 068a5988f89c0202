from smtplib import SMTPServerDisconnected

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import clean_context

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .mail_mail import MailOutcome

_DEVICES = 50  # more than anybody reads


class ResPartner(models.Model):
    """The customer's account in the portal and the web shop, and how to help them in.

    All of it is for customer managers: who may edit an e-mail, as cashiers may, could
    otherwise have the account of any customer sent to their own address.
    """

    _inherit = "res.partner"

    customer_account_state = fields.Selection(
        [
            ("none", "None"),
            ("invited", "Invited"),
            ("active", "Active"),
            ("blocked", "Blocked"),
            ("archived", "Archived"),
            ("internal", "Colleague"),
        ],
        string="Online account",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )
    customer_account_login = fields.Char(
        string="Login of the online account",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )
    customer_account_last_login = fields.Datetime(
        string="Last login to the online account",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )
    customer_account_device_count = fields.Integer(
        string="Devices",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )
    customer_account_other_email = fields.Boolean(
        string="The login is not the e-mail",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )
    customer_account_problem = fields.Char(
        string="Why there can be no invitation",
        compute="_compute_customer_account",
        groups="customer_base.group_customer_manager",
    )

    @api.depends(
        "active",
        "is_customer",
        "email",
        "user_ids.active",
        "user_ids.login",
        "customer_blocked_login",
    )
    def _compute_customer_account(self):
        for partner in self:
            customer = partner._origin
            accounts = customer._customer_accounts()
            partner.customer_account_state = customer._customer_account_state(accounts)
            partner.customer_account_login = accounts[:1].login
            partner.customer_account_last_login = accounts[:1].login_date
            partner.customer_account_device_count = len(
                customer._customer_account_devices()
            )
            partner.customer_account_other_email = bool(
                accounts[:1].active
                and customer.email_normalized
                and accounts[0].login.strip().lower() != customer.email_normalized
            )
            partner.customer_account_problem = customer._customer_account_problem()

    # -- asking -----------------------------------------------------------------------

    def _customer_accounts(self):
        """All accounts of the customer, archived ones too, those in use before others."""
        # sudo: who has an account is for the act to tell, which checked the caller
        users = self.sudo().with_context(active_test=False).user_ids
        return users.sorted(lambda u: (u.active, u.login_date or u.create_date), True)

    def _customer_account_state(self, accounts):
        """Which of the states of ``customer_account_state`` these ``accounts`` make."""
        if not accounts:
            return "none"
        if not all(accounts.mapped("share")):
            return "internal"
        if not accounts[0].active:
            return "archived"
        if self.customer_blocked_login:
            return "blocked"
        return "active" if accounts[0].login_date else "invited"

    def _customer_account_devices(self):
        # sudo: core shows devices to their owner alone; managers get a few fields of them
        return (
            self.env["res.device"]
            .sudo()
            .search(
                [
                    ("user_id", "in", self._customer_accounts().ids),
                    ("user_id.share", "=", True),
                ],
                limit=_DEVICES,
            )
        )

    def _customer_account_problem(self):
        """Why the customer cannot be invited, as a sentence; empty when they can."""
        state = self._customer_account_state(self._customer_accounts())
        values = {"customer": self.display_name}
        if not self.is_customer:
            return self.env._(
                "“%(customer)s” is no customer. A contact becomes one by “Customer” on "
                "its form.",
                **values,
            )
        if not self.active:
            return self.env._(
                "“%(customer)s” is archived. Restore the customer first.", **values
            )
        if state == "internal":
            return self._customer_account_internal_message()
        if self.customer_blocked_login:
            return self._customer_account_blocked_message()
        if state == "active":
            return self.env._(
                "“%(customer)s” has an online account already. Who cannot log in gets "
                "a mail for a new password.",
                **values,
            )
        if not self.email_normalized:
            return self.env._(
                "“%(customer)s” has no valid e-mail. Enter one first: it becomes the "
                "login.",
                **values,
            )
        return self._customer_account_rival_message()

    def _customer_account_internal_message(self):
        return self.env._(
            "“%(customer)s” has the account of a colleague, which is managed in the "
            "settings, among the users.",
            customer=self.display_name,
        )

    def _customer_account_blocked_message(self):
        return self.env._(
            "“%(customer)s” is blocked for the login. Lift the block first.",
            customer=self.display_name,
        )

    def _customer_account_rival_message(self):
        """Who else logs in with the e-mail of the customer, or has it; empty if nobody."""
        email = self.email_normalized
        # sudo: a login is taken also by somebody whom the user does not see
        users = self.env["res.users"].sudo().with_context(active_test=False)
        taken = Domain("login", "in", [email, (self.email or "").strip()])
        taken |= Domain("active", "=", True) & Domain(
            "partner_id.email_normalized", "=", email
        )
        if other := users.search(taken & Domain("partner_id", "!=", self.id), limit=1):
            return self.env._(
                "“%(customer)s” cannot log in with %(email)s: %(other)s does already. "
                "Enter another e-mail, or merge the two if they are the same customer.",
                customer=self.display_name,
                other=self._customer_account_name(other.partner_id),
                email=email,
            )
        for other in self._customers_of_emails([email]).get(email, ()):
            if self._customer_account_shares_with(other):
                return self.env._(
                    "“%(customer)s” shares the e-mail %(email)s with %(other)s, and one "
                    "e-mail belongs to one online account. Enter another one, or merge "
                    "the two if they are the same customer.",
                    customer=self.display_name,
                    other=self._customer_account_name(other),
                    email=email,
                )
        return ""

    def _customer_account_shares_with(self, other):
        """Whether ``other``, who has the same e-mail, is a customer beside this one.

        A company and its contacts are one customer, and two companies of the shop may
        each have a file of the same person.
        """
        mine = self.sudo()  # sudo: the parent may be hidden
        if other.commercial_partner_id == mine.commercial_partner_id:
            return False
        companies = mine.company_id | other.company_id
        return len(companies) < 2

    def _customer_account_name(self, other):
        """The name of ``other`` for a user who may read it."""
        seen = other.with_env(self.env).sudo(False)
        if not seen.has_access("read"):
            return self.env._("somebody whom you cannot see")
        if not seen.customer_code:
            return seen.display_name
        return f"{seen.display_name} ({seen.customer_code})"

    # -- helping ------------------------------------------------------------------------

    def customer_grant_access(self):
        """Give the customer an online account and invite them by e-mail.

        The e-mail becomes the login. An archived account is revived without its old
        sessions; who was invited and never came is invited again.

        :return: dict ``{"result", "message"}``: what became of the invitation, as of
            ``customer_send_reset``; there is an account in any case
        :raise AccessError: for users who are no customer managers
        :raise UserError: for who cannot have an account, saying why: blocked, a
            colleague, no valid e-mail, an e-mail that somebody else has
        """
        self.ensure_one()
        self._check_customer_account_manager("write")
        if self.email_normalized:
            # sudo: technical rows; two customers are not given one login at a time
            self.env["customer.email.lock"].sudo()._take([self.email_normalized])
        if problem := self._customer_account_problem():
            raise UserError(problem)
        former = self._customer_accounts()[:1]
        how = "again" if former.active else "revived" if former else "new"
        result = self._customer_mail_result(lambda me: me._customer_invite(former))
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(),
            "account_granted",
            reason=how,
            account=self._customer_accounts()[:1].id,
            mail=result,
        )
        if result == "sent":
            message = self.env._(
                "“%(customer)s” is invited: the mail to %(email)s was sent.",
                customer=self.display_name,
                email=self.email_normalized,
            )
        else:
            message = self.env._(
                "“%(customer)s” has an online account now, but no invitation.",
                customer=self.display_name,
            )
            message += " " + self._customer_mail_message(result)
        return {"result": result, "message": message}

    def _customer_invite(self, former):
        """Do what core's wizard does, with the account ``former`` if there is one."""
        if former:
            former._customer_revive(self.email_normalized)
        # sudo: the wizard is for those who manage contacts, this for customer managers
        wizard = self.env["portal.wizard"].sudo()
        line = wizard.create({"partner_ids": [Command.set(self.ids)]}).user_ids
        return line.action_invite_again() if former else line.action_grant_access()

    def customer_send_reset(self):
        """Send the customer a mail with a link for a new password.

        :return: dict ``{"result", "message"}``: ``sent`` (the mail server has taken
            it), ``no_server``, ``invalid_address`` or ``failed``, and a sentence
        :raise AccessError: for users who are no customer managers
        :raise UserError: for who has no account that could log in
        """
        self.ensure_one()
        self._check_customer_account_manager("write")
        account = self._customer_account_in_use()
        if self.customer_blocked_login:
            raise UserError(self._customer_account_blocked_message())
        if not account.active:
            raise UserError(
                self.env._(
                    "The online account of “%(customer)s” is archived. Invite the "
                    "customer anew instead.",
                    customer=self.display_name,
                )
            )
        result = "invalid_address"
        if self.email_normalized:
            result = self._customer_mail_result(
                # sudo: core's right to it is that of who manages users
                lambda me: account.with_env(me.env).sudo().action_reset_password()
            )
            # the manager's word: from now on the public page writes there, too
            account.customer_email_unproven = False
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(),
            "reset_sent",
            reason=result,
            account=account.id,
        )
        return {"result": result, "message": self._customer_mail_message(result)}

    def customer_end_sessions(self):
        """Log the customer out of every browser, at once and for good.

        :return: True
        :raise AccessError: for users who are no customer managers
        :raise UserError: for who has no online account
        """
        self.ensure_one()
        self._check_customer_account_manager("write")
        account = self._customer_account_in_use()
        self._customer_accounts()._customer_end_sessions()
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(), "sessions_ended", account=account.id
        )
        return True

    def customer_devices(self):
        """Where the customer is logged in, the latest first.

        :return: list of dicts ``{"browser", "platform", "device_type", "country",
            "first_activity", "last_activity"}``, times in UTC
        :raise AccessError: for users who are no customer managers
        :raise UserError: for who has no online account
        """
        self.ensure_one()
        self._check_customer_account_manager("read")
        self._customer_account_in_use()
        return [
            {
                "browser": (device.browser or "").capitalize(),
                "platform": (device.platform or "").capitalize(),
                "device_type": device.device_type or "",
                "country": device.country or "",
                "first_activity": fields.Datetime.to_string(device.first_activity),
                "last_activity": fields.Datetime.to_string(device.last_activity),
            }
            for device in self._customer_account_devices()
        ]

    def _check_customer_account_manager(self, operation):
        """:raise AccessError: unless the user may help this customer in"""
        self._check_customer_manager()
        self.check_access(operation)

    def _customer_account_in_use(self):
        """:raise UserError: for who has no account, or that of a colleague"""
        accounts = self._customer_accounts()
        state = self._customer_account_state(accounts)
        if state == "internal":
            raise UserError(self._customer_account_internal_message())
        if state == "none":
            raise UserError(
                self.env._(
                    "“%(customer)s” has no online account. Invite the customer first.",
                    customer=self.display_name,
                )
            )
        return accounts[0]

    # -- buttons ------------------------------------------------------------------------

    def action_customer_grant_access(self):
        """As ``customer_grant_access``, and tell what became of it.

        :return: action
        """
        return self._customer_mail_notification(self.customer_grant_access())

    def action_customer_send_reset(self):
        """As ``customer_send_reset``, and tell what became of it.

        :return: action
        """
        return self._customer_mail_notification(self.customer_send_reset())

    def action_customer_end_sessions(self):
        """As ``customer_end_sessions``, and tell so.

        :return: action
        """
        self.customer_end_sessions()
        message = self.env._(
            "“%(customer)s” is logged out everywhere.", customer=self.display_name
        )
        return self._customer_mail_notification({"result": "sent", "message": message})

    def action_customer_invite(self):
        """Open the window that invites these customers to their online accounts.

        :return: action
        :raise AccessError: for users who are no customer managers
        :raise UserError: when none of them is a customer
        """
        self._check_customer_manager()
        self._check_some_customers()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_base.customer_account_wizard_action"
        )
        action["context"] = {"default_partner_ids": self.ids}
        return action

    @api.model
    def _customer_mail_notification(self, answer):
        sent = answer["result"] == "sent"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if sent else "danger",
                "message": answer["message"],
                "sticky": not sent,
                # the form shows what has changed
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # -- what becomes of the mails ------------------------------------------------------

    def _customer_mail_result(self, send):
        """Send and listen.

        :param send: function of these customers, which sends one mail under their
            context
        :return: as ``MailOutcome.result``
        """
        outcome = MailOutcome()
        # what the caller's context says of users and mails is not for here
        context = {**clean_context(self.env.context), "customer_mail_outcome": outcome}
        for name in ("create_user", "install_mode", "import_file", "active_test"):
            context.pop(name, None)
        try:
            send(self.with_env(self.env(context=context)))
        except (MailDeliveryException, SMTPServerDisconnected):
            return "failed"
        return outcome.result()

    def _customer_mail_message(self, result):
        email = self.email or ""
        return {
            "sent": self.env._("The mail to %(email)s was sent.", email=email),
            "no_server": self.env._(
                "The mail was not sent, as there is no mail server that takes our "
                "mails. Ask your administrator to set one up."
            ),
            "invalid_address": self.env._(
                "The mail was not sent, as “%(email)s” is no address that takes mail. "
                "Correct the e-mail of the customer first.",
                email=email,
            ),
            "failed": self.env._(
                "The mail was not sent: something went wrong with the mail server. "
                "Your administrator finds the reason among the outgoing e-mails."
            ),
        }[result]
