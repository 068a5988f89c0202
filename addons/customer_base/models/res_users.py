from odoo import api, models
from odoo.fields import Command


class ResUsers(models.Model):
    """Whoever has an account in the portal is a customer."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._customer_from_portal()
        return users

    def write(self, vals):
        result = super().write(vals)
        if not {"active", "group_ids", "partner_id"}.isdisjoint(vals):
            self._customer_from_portal()
        return result

    def _customer_from_portal(self):
        """Make customers of active portal users, suppliers with an account aside."""
        # sudo: whoever grants access need not be one of the Customers app
        users = self.sudo().filtered(lambda user: user.active and user._is_portal())
        users.partner_id.filtered(
            lambda p: p.customer_rank or not p.supplier_rank
        )._become_customer()

    def _customer_revive(self, login):
        """Give an account that never came, or is archived, back under the login ``login``."""
        self.ensure_one()
        if self.login != login:
            self.login = login
        if self.active:
            return
        groups = self.env.ref("base.group_portal"), self.env.ref("base.group_public")
        # core's wizard makes a public user of whom it takes the access from
        commands = [Command.link(groups[0].id), Command.unlink(groups[1].id)]
        self.write({"active": True, "group_ids": commands})
        # archiving ended no session: those of before would be alive again
        self._customer_end_sessions()
