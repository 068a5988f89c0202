from odoo import models
from odoo.tools import email_normalize


class ResPartner(models.Model):
    """Whose word counts for the address to which a new password is sent."""

    _inherit = "res.partner"

    def write(self, vals):
        if "email" not in vals:
            return super().write(vals)
        email = email_normalize(vals["email"] or "")
        changed = self.filtered(lambda p: p.email_normalized != email)
        result = super().write(vals)
        changed._customer_email_changed()
        return result

    def _customer_email_changed(self):
        """Remember with which accounts somebody changed the e-mail who is no authority.

        Cashiers edit e-mails, and whoever knows a login has core's public page send a
        new password to the e-mail: both together would open any customer's account.
        """
        if not self:
            return
        # sudo: accounts are those of others
        accounts = self.env["res.users"].sudo().with_context(active_test=False)
        for account in accounts.search(
            [("partner_id", "in", self.ids), ("share", "=", True)]
        ):
            unproven = not account._customer_email_is_proven_by(self.env.user)
            if account.customer_email_unproven != unproven:
                account.customer_email_unproven = unproven
