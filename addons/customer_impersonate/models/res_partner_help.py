from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

_HELP_LASTS = timedelta(hours=24)
_PAGE = 20


class ResPartner(models.Model):
    """Help with the account, as the customer sees and allows it in the portal."""

    _inherit = "res.partner"

    # -- permission -------------------------------------------------------------------------

    def _customer_allow_help(self):
        """Let colleagues act in the account for a day, on the word of the customer.

        :raise AccessError: while a colleague acts as the customer
        :raise UserError: for whoever is no customer with an account
        """
        self.ensure_one()
        self._check_customer_in_person()
        # sudo: whoever is logged in speaks for themselves
        customer = self.sudo()
        if not customer.user_ids.filtered(lambda user: user._is_portal()):
            raise UserError(self.env._("Only customers can allow help."))
        customer.customer_help_until = fields.Datetime.now() + _HELP_LASTS
        self._customer_note_help("help_allowed")

    def _customer_withdraw_help(self):
        """Take the permission back: whoever acts in the account is out at once.

        :raise AccessError: while a colleague acts as the customer
        """
        self.ensure_one()
        self._check_customer_in_person()
        if self._customer_stop_help("customer"):
            self._customer_note_help("help_withdrawn")

    def _customer_stop_help(self, how):
        """End the permission and all acting for these customers.

        :param str how: how the acting ends, see ``customer.impersonation``
        :return: whether there was anything to end
        """
        # sudo: by an act of the customer, or of whoever merges them
        customers = self.sudo()
        allowed = customers.filtered("customer_help_until")
        allowed.customer_help_until = False
        accounts = customers.with_context(active_test=False).user_ids
        rows = customers.env["customer.impersonation"]
        running = rows.search(
            [("account_ref", "in", accounts.ids), ("ended_at", "=", False)]
        )
        running._end(how)
        return bool(allowed or running)

    def _customer_note_help(self, event):
        journal = self.env["customer.journal"]
        journal._log(self._ensure_customer_uuid(), event, channel="portal")

    # -- page ---------------------------------------------------------------------------------

    def _customer_help_page(self, page=1):
        """What the customer reads under “Help with your account”.

        :param int page: of the log, from 1
        :return: dict of ``permission``, ``rows``, ``total`` and ``step``
        """
        self.ensure_one()
        # sudo: their own log, which nobody else of the portal reads
        customer = self.sudo()
        reader = self.sudo(False).env  # whose rights decide about documents
        rows = customer.env["customer.impersonation"]
        begun = rows._of_customers(customer.ids) & Domain("started_at", "!=", False)
        return {
            "permission": customer._customer_help_permission(),
            "rows": [
                row._help_row(reader)
                for row in rows.search(begun, limit=_PAGE, offset=_PAGE * (page - 1))
            ],
            "total": rows.search_count(begun),
            "step": _PAGE,
        }

    def _customer_help_permission(self):
        """:return: dict of ``needed``, and ``until`` in words, empty when not allowed"""
        account = self._customer_account()
        until = self.customer_help_until
        tz = self.tz or account.company_id.partner_id.tz
        open_still = until and until > fields.Datetime.now()
        return {
            "needed": any(
                account.company_ids.mapped("customer_impersonate_permission")
            ),
            "possible": bool(account) and account._is_portal(),
            "until": format_datetime(self.env, until, tz, dt_format="short")
            if open_still
            else "",
        }
