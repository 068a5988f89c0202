from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    customer_type_excluded = fields.Boolean(
        string="No discount of customer types",
        help="Keeps its price whatever the type of the customer, as gift cards, "
        "top-ups and bottle deposits do.",
    )

    @api.model
    def _get_customer_type_exclusions(self):
        """Products and categories that the discounts of types leave alone.

        Modules add the products that stand for money, such as gift cards.

        :return: tuple of ``product.template`` and ``product.category``
        """
        # sudo, active_test: exclusions hold in all companies and after unarchiving
        templates = self.sudo().with_context(active_test=False)
        categories = self.env["product.category"].sudo()  # sudo: as above
        return (
            templates.search([("customer_type_excluded", "=", True)]),
            categories.search([("customer_type_excluded", "=", True)]),
        )

    @api.model
    def _customer_type_exclusions_changed(self):
        """Rewrite the technical price lists after an exclusion came or went."""
        self.env["customer.type"]._sync_all_pricelists()

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        if any(vals.get("customer_type_excluded") for vals in vals_list):
            self._customer_type_exclusions_changed()
        return templates

    def write(self, vals):
        result = super().write(vals)
        if "customer_type_excluded" in vals:
            self._customer_type_exclusions_changed()
        return result
