from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _get_customer_type_exclusions(self):
        """A gift card or a top-up is money: no type discounts it."""
        templates, categories = super()._get_customer_type_exclusions()
        # sudo, active_test: programmes of all companies, paused ones too
        programs = self.env["loyalty.program"].sudo().with_context(active_test=False)
        money = programs.search([("program_type", "in", ("gift_card", "ewallet"))])
        return templates | money.rule_ids.product_ids.product_tmpl_id, categories
