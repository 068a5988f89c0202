from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # shared types have a technical list in every company
        self.env["customer.type"]._sync_all_pricelists()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "currency_id" in vals:
            self.env["customer.type"]._sync_all_pricelists()
        return result
