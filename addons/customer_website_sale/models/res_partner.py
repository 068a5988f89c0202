from odoo import api, models

from odoo.addons.customer_base.models.customer_duplicate import DuplicateSource
from odoo.addons.website.models import ir_http


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

    def _get_effective_customer_types(self, company):
        """Whoever looks round the web shop counts as what they become by buying there.

        So a guest reads the price that they pay in the end.
        """
        result = super()._get_effective_customer_types(company)
        visitor = self.env.user.partner_id
        if visitor in result and not result[visitor] and ir_http.get_request_website():
            result[visitor] = self.env["customer.type"]._get_default(company)
        return result

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
