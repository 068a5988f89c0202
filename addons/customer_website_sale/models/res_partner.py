from odoo import api, models

from odoo.addons.customer_base.models.customer_duplicate import DuplicateSource


class ResPartner(models.Model):
    """A guest of the web shop: saved as typed, and proposed as whoever it looks like.

    Whoever is not logged in writes a partner only by the checkout, which cannot ask them
    whether they are a customer already: that would tell strangers who buys here.
    """

    _inherit = "res.partner"

    @api.model
    def _customer_duplicate_source(self):
        source = super()._customer_duplicate_source()
        if not source and self.env.user._is_public():
            source = DuplicateSource("web")
        return source

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._customer_propose_guests()
        return partners

    def write(self, vals):
        result = super().write(vals)
        told = {"is_customer", *self._customer_duplicate_keys()}
        if not told.isdisjoint(vals):
            self._customer_propose_guests()
        return result

    def _customer_propose_guests(self):
        if self.env.user._is_public():
            self.filtered("is_customer")._customer_flag_duplicates("web")
