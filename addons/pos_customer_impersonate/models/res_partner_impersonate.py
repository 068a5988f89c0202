from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.customer_impersonate.models.res_partner_impersonate import GROUP

_MINUTES = (15, 30, 60, 120, 240)
_USUAL = 30


class ResPartner(models.Model):
    """Log in as a customer, asked for at a till: by a link for another browser."""

    _inherit = "res.partner"

    def _customer_card(self, config):
        """Add ``log_in_as``: whether there is an account to log in to."""
        account = self._customer_account()
        can = bool(account.active and account._is_portal())
        return {**super()._customer_card(config), "log_in_as": {"has_account": can}}

    def customer_impersonate_options(self):
        """What a till asks before it makes a link, and what speaks against one.

        :return: dict of ``refusal``, a sentence or empty; ``reasons``, pairs of code and
            label; ``minutes``, a list to choose from; ``usual``, the one proposed
        :raise AccessError: for users who sell at no till
        """
        self._check_customer_till_user()
        account = self._customer_account()
        refusal = ""
        try:
            self._check_customer_account(account)
            self._check_customer_allows_help(account)
        except UserError as error:
            refusal = str(error)
        companies = account.company_id | self.env.company
        longest = min(companies.mapped("customer_impersonate_minutes"))
        reason = self.env["customer.impersonation"]._fields["reason"]
        return {
            "refusal": refusal,
            "reasons": reason._description_selection(self.env),
            "minutes": [*(m for m in _MINUTES if m < longest), longest],
            "usual": min(_USUAL, longest),
        }

    def customer_impersonate_link(self, reason, minutes=30, read_only=False, note=None):
        """Make a link that opens the customer's portal as the customer, never here.

        It opens once, on another device or in another browser, within minutes.

        :return: dict of ``id`` and ``url``, and of what
            ``customer_impersonate_progress`` says
        :raise AccessError: for users who sell at no till, for those without the right to
            log in as customers, and as ``customer_impersonate``, whose parameters these are
        :raise UserError: as ``customer_impersonate``
        """
        self._check_customer_till_user()
        return self._customer_impersonate_from_till(
            self.env.user, reason, minutes, read_only, note
        )

    def customer_impersonate_link_authorised(
        self, login, password, reason, minutes=30, read_only=False, note=None
    ):
        """The same in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: as ``customer_impersonate_link``, whose other parameters these are
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague without the right to log in as customers
        """
        self._check_customer_till_user()
        colleague = self._customer_authorising_user(login, password, GROUP)
        return self._customer_impersonate_from_till(
            colleague, reason, minutes, read_only, note
        )

    @api.model
    def customer_impersonate_progress(self, impersonation_id):
        """What became of a link that was made in this session.

        :param int impersonation_id: as ``customer_impersonate_link`` answered
        :return: dict of ``state`` (``waiting``, ``acting``, ``ended``), ``seconds`` until
            it ends by itself, ``started_at``, ``until`` and ``ended_at`` (UTC or empty),
            ``ended_how`` and ``ended_text``, the same in words
        :raise AccessError: for links that were made in another session
        """
        return (
            self.env["customer.impersonation"]
            ._asked_here(impersonation_id)
            ._till_progress()
        )

    @api.model
    def customer_impersonate_end(self, impersonation_id):
        """End what a link of this session began, or take the link back.

        :param int impersonation_id: as ``customer_impersonate_link`` answered
        :return: as ``customer_impersonate_progress``
        :raise AccessError: for links that were made in another session
        """
        row = self.env["customer.impersonation"]._asked_here(impersonation_id)
        row._till_end()
        return row._till_progress()

    # -- parts of it ------------------------------------------------------------------------

    def _check_customer_till_user(self):
        """:raise AccessError: for users who sell at no till, or do not see the customer"""
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(
                self.env._(
                    "Only those who sell at a till ask for a link there. Use “Log in as” on "
                    "the customer in the back office."
                )
            )
        self._check_customer_user()
        self.check_access("read")

    def _customer_impersonate_from_till(
        self, operator, reason, minutes, read_only, note
    ):
        partner = self.with_user(operator).with_context(customer_channel="pos")
        link = partner._customer_impersonate(
            reason, minutes, read_only, note, elsewhere=True
        )
        progress = self.customer_impersonate_progress(link["id"])
        return {"id": link["id"], "url": link["url"], **progress}
