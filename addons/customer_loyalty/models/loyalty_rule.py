from odoo import api, models


class LoyaltyRule(models.Model):
    _inherit = "loyalty.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._customer_type_exclusions_changed()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if not {"product_ids", "program_id"}.isdisjoint(vals):
            self._customer_type_exclusions_changed()
        return result

    def _customer_type_exclusions_changed(self):
        """Follow the products that gift cards and top-ups are sold as."""
        if {"gift_card", "ewallet"} & set(self.program_id.mapped("program_type")):
            self.env["product.template"]._customer_type_exclusions_changed()
