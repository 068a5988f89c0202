from odoo import models


class CustomerType(models.Model):
    _inherit = "customer.type"

    def _prepare_pricelist_values(self, company):
        # core ties a new list to the first website, which could not be deleted then
        return {**super()._prepare_pricelist_values(company), "website_id": False}
