from odoo import models
from odoo.exceptions import UserError
from odoo.http import request


class ResPartner(models.Model):
    """Who may not log in, what they hear, and the end of their sessions."""

    _inherit = "res.partner"

    def _customer_login_blocked(self):
        """Those of these partners whose account is blocked, or would be if they had one.

        Colleagues are never locked out, also when their company is.
        """
        # sudo: asked before anybody is logged in
        partners = self.sudo()
        partners = partners.filtered(
            lambda p: not p.user_ids or any(user.share for user in p.user_ids)
        )
        blocks = partners._customer_blocks_in_force(["login"])
        return partners.filtered(lambda p: blocks[p.id]).with_env(self.env)

    def _customer_login_refusal(self):
        """What the shop says to this customer whose login is blocked.

        In the words of the company whose website it is, or else of the account's.

        :return: text in the language of the page, or else of the customer
        """
        self.ensure_one()
        partner = self.sudo()  # sudo: nobody is logged in
        website = request and getattr(request, "website", None)
        company = (
            website.sudo().company_id  # sudo: as above
            if website
            else partner.user_ids[:1].company_id
            or partner.company_id
            or partner.env.company
        )
        lang = self.env.context.get("lang") or partner.lang
        return company.with_context(lang=lang)._customer_login_text()

    def _check_customer_may_log_in(self):
        """:raise UserError: for customers who are blocked, with the reason"""
        if blocked := self._customer_login_blocked()[:1]:
            block = blocked._customer_blocks_in_force(["login"])[blocked.id]
            raise UserError(
                self.env._(
                    "%(customer)s may not log in: %(why)s. Lift this block first.",
                    customer=blocked.display_name,
                    why=block._sentence(),
                )
            )

    def _check_customer_no_colleague(self):
        """:raise UserError: for whoever logs in as a colleague"""
        # sudo: who has an account is not for every manager to read, that they have is
        colleagues = self.sudo().filtered(
            lambda p: any(not user.share for user in p.user_ids)
        )
        if colleagues:
            raise UserError(
                self.env._(
                    "“%(partner)s” logs in as a colleague, and a block of customers does "
                    "not reach that. An administrator manages colleagues in Settings, "
                    "under Users. Block the rest without “Login”.",
                    partner=colleagues[0].display_name,
                )
            )

    # -- blocked while logged in ----------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if not {"parent_id", "is_company"}.isdisjoint(vals):
            self._customer_end_blocked_sessions()
        return result

    def _customer_blocks_changed(self):
        partners = super()._customer_blocks_changed()
        partners._customer_end_blocked_sessions()
        return partners

    def _customer_end_blocked_sessions(self):
        """End the sessions of these and of their contacts, as far as they are blocked."""
        # sudo, active_test: a block counts for accounts that the user does not see
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search(
            [("partner_id", "child_of", self.ids), ("share", "=", True)]
        )
        users._customer_end_blocked_sessions()
