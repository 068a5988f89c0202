from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .customer_impersonation import REASONS
from .customer_impersonation_start import LINK_PATH

GROUP = "customer_base.group_customer_impersonate"


class ResPartner(models.Model):
    """Acting as a customer: who may, for whom, and how long."""

    _inherit = "res.partner"

    customer_help_until = fields.Datetime(
        string="Help allowed until",
        readonly=True,
        copy=False,
        groups="customer_base.group_customer_user",
        help="Until then the customer allows colleagues to act in the account.",
    )

    def customer_impersonate(self, reason, minutes=30, read_only=False, note=None):
        """Make a link that opens the customer's portal as the customer, once.

        It opens within three minutes, in the session that asked; asked for by an API key,
        wherever the same user is logged in. A browser with a till never becomes a
        customer's: there it opens in another browser only.

        :param str reason: ``order``, ``help``, ``complaint``, ``check``, ``other``; any
            other text counts as ``other`` with this note
        :param int minutes: after which it ends, from 1 to the company's longest time
        :param bool read_only: whether to look only
        :param str note: free text for managers, kept where it can be erased
        :return: dict of ``url``, ``until`` (UTC, until when the link opens), ``elsewhere``
            (whether it opens in another browser only) and ``id`` of the row of the log
        :raise AccessError: for users without the right to log in as customers, and for a
            customer of a company that they do not see
        :raise UserError: for a customer whose account cannot be opened, with the reason
        """
        self.ensure_one()
        return self._customer_impersonate(
            reason, minutes, read_only, note, elsewhere=self._customer_link_elsewhere()
        )

    @api.model
    def _customer_link_elsewhere(self):
        """Whether this browser must never become a customer's; tills override it."""
        return False

    def _customer_impersonate(
        self, reason, minutes=30, read_only=False, note=None, elsewhere=False
    ):
        """As ``customer_impersonate``; ``elsewhere`` for a link for another browser."""
        account = self._customer_account()
        self._check_customer_impersonate(account)
        reason, note = self._customer_impersonate_reason(reason, note)
        row, token = self.env["customer.impersonation"]._ask(
            account,
            {
                "reason": reason,
                "note": note,
                "minutes": self._customer_impersonate_minutes(minutes, account),
                "read_only": bool(read_only),
                "elsewhere": bool(elsewhere),
            },
        )
        root = request.httprequest.url_root if request else f"{self.get_base_url()}/"
        return {
            "id": row.id,
            "url": f"{root.rstrip('/')}{LINK_PATH}/{token}",
            "until": fields.Datetime.to_string(row.link_until),
            "elsewhere": row.elsewhere,
        }

    # -- rules ------------------------------------------------------------------------------

    def _customer_account(self):
        """The account of the customer that can be opened.

        :return: one of ``res.users``, with all rights, empty without an account
        """
        # sudo: accounts are read by administrators; the rules are checked on it next
        accounts = self.sudo().with_context(active_test=False).user_ids
        return accounts.sorted(lambda u: (u.active, u.share), reverse=True)[:1]

    def _check_customer_impersonate(self, account):
        """Whether the user may act for this customer, now.

        :param account: ``res.users`` of the customer
        :raise AccessError: for a right that is missing, on either side
        :raise UserError: for what the customer or a manager can change
        """
        self.ensure_one()
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "This needs the right “Customers: log in as a customer”. Ask your "
                    "administrator for it."
                )
            )
        self.check_access("read")
        if self._customer_acting_user():
            raise AccessError(
                self.env._(
                    "You are acting as a customer already. Leave that account first."
                )
            )
        self._check_customer_account(account)
        self._check_customer_account_company(account)
        self._check_customer_allows_help(account)

    def _check_customer_account(self, account):
        name = self.display_name
        if not account:
            raise UserError(
                self.env._(
                    "%(customer)s has no online account. Grant access to the portal first.",
                    customer=name,
                )
            )
        # sudo: a colleague with a second account is a colleague
        colleague = any(not user.share for user in self.sudo().user_ids)
        if colleague or account == self.env.user or not account._is_portal():
            raise AccessError(
                self.env._(
                    "Only accounts of customers can be opened, and that of %(name)s is "
                    "none.",
                    name=name,
                )
            )
        # sudo: whether a block is in force is told to whoever serves the customer
        if not account.active or self.sudo().customer_blocked_login:
            raise UserError(
                self.env._(
                    "The online account of %(customer)s is closed or blocked. Open it first.",
                    customer=name,
                )
            )
        # sudo: the flag of the company of a contact
        partner = self.sudo()
        if not (partner.is_customer or partner.commercial_partner_id.is_customer):
            raise AccessError(
                self.env._("%(name)s is no customer.", name=name),
            )

    def _check_customer_account_company(self, account):
        """An account shows what its companies have: the operator must see them all."""
        # sudo: companies of an account and of the operator, whatever is switched on now
        seen = self.env.user.sudo().company_ids
        theirs = account.company_ids | self.sudo().company_id  # sudo: as above
        if theirs - seen:
            raise AccessError(
                self.env._(
                    "%(customer)s is a customer of a company that you do not work for.",
                    customer=self.display_name,
                )
            )

    def _check_customer_allows_help(self, account):
        if not (account.company_id | self.env.company).filtered(
            "customer_impersonate_permission"
        ):
            return
        # sudo: the customer's word counts whoever asks
        until = self.sudo().customer_help_until
        if not until or until < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(customer)s has not allowed help. Ask the customer to log in and to "
                    "choose “Allow help for 24 hours” under “Help with your account”.",
                    customer=self.display_name,
                )
            )

    # -- parameters -------------------------------------------------------------------------

    @api.model
    def _customer_impersonate_reason(self, reason, note):
        """:return: tuple of the code and the note
        :raise UserError: without a reason
        """
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why you log in as the customer."))
        if note and not isinstance(note, str):
            raise UserError(self.env._("The note must be a text."))
        note = (note or "").strip()
        if reason in dict(REASONS):
            return reason, note or False
        return "other", " · ".join(text for text in (reason.strip(), note) if text)

    @api.model
    def _customer_impersonate_minutes(self, minutes, account):
        """:raise UserError: for less than a minute and more than the company allows"""
        longest = min(
            (account.company_id | self.env.company).mapped(
                "customer_impersonate_minutes"
            )
        )
        valid = isinstance(minutes, int) and not isinstance(minutes, bool)
        if not valid or not 1 <= minutes <= longest:
            raise UserError(
                self.env._("Choose between 1 and %(longest)s minutes.", longest=longest)
            )
        return minutes

    # -- who acts ---------------------------------------------------------------------------

    @api.model
    def _customer_acting_user(self):
        row = self.env["customer.impersonation"]._current()
        # sudo: their name stands on what they place
        return self.env["res.users"].sudo().browse(row.user_ref or [])
