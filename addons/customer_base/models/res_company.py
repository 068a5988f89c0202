from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self._sync_customer_types()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "currency_id" in vals:
            self._sync_customer_types()
        return result

    @api.model
    def _sync_customer_types(self):
        """Give the shared types their technical list in every company."""
        # sudo: types of all companies
        types = self.env["customer.type"].sudo().search([("discount", ">", 0)])
        types._sync_pricelists()
