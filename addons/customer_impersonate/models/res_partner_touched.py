from odoo import api, models


class ResPartner(models.Model):
    """Addresses that are made or changed while somebody acts stand on the log."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["customer.impersonation.document"]._touch(partners, "create")
        return partners

    def write(self, vals):
        told = self._customer_touched_fields() & vals.keys()
        log = self.env["customer.impersonation.document"]
        changed = log._changed(self, {name: vals[name] for name in told})
        result = super().write(vals)
        log._touch(changed, "write")
        return result

    @api.model
    def _customer_touched_fields(self):
        """What a person sees of an address; the rest is written behind the scenes."""
        return {
            *("active", "name", "type", "parent_id", "email", "phone", "vat", "lang"),
            *self._address_fields(),
        }
