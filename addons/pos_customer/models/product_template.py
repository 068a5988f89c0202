from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _get_customer_type_exclusions(self):
        """A tip is the customer's own price: no type discounts it."""
        templates, categories = super()._get_customer_type_exclusions()
        # sudo, active_test: tills of all companies, closed ones too
        configs = self.env["pos.config"].sudo().with_context(active_test=False)
        tips = configs.search([("tip_product_id", "!=", False)]).tip_product_id
        return templates | tips.product_tmpl_id, categories
