from odoo import api, models


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
