from odoo import models


class ProductPricelist(models.Model):
    """The price list of a type in the web shop: for its own customers, and no choice."""

    _inherit = "product.pricelist"

    def _is_available_on_website(self, website):
        if not self.customer_type_id and super()._is_available_on_website(website):
            return True
        return self == self._of_visitors_type(website)

    def _of_visitors_type(self, website):
        """The list that the type of the visitor gives: a guest has the default type."""
        partner = self.env.user.partner_id
        company = website.company_id
        customer_type = partner._get_effective_customer_types(company)[partner]
        return customer_type._effective_pricelists(company).get(
            customer_type.id, self.browse()
        )

    def _get_website_pricelists_domain(self, website):
        # these are offered to everybody
        domain = super()._get_website_pricelists_domain(website)
        return [*domain, ("customer_type_id", "=", False)]
