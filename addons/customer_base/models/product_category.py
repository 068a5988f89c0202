from odoo import api, fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    customer_type_excluded = fields.Boolean(
        string="No discount of customer types",
        help="Products of this category and of those below it keep their price "
        "whatever the type of the customer.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        if any(vals.get("customer_type_excluded") for vals in vals_list):
            self.env["product.template"]._customer_type_exclusions_changed()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if "customer_type_excluded" in vals:
            self.env["product.template"]._customer_type_exclusions_changed()
        return result
