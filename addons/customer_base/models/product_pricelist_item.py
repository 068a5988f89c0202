from odoo import models
from odoo.tools import float_round


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        """Round the price of a type as the till does.

        The till rounds a unit price to the precision of prices before it multiplies;
        an order that did not would differ from it by cents.
        """
        price = super()._compute_price(
            product, quantity, uom, date, currency=currency, **kwargs
        )
        if self.pricelist_id.customer_type_id:
            digits = self.env["decimal.precision"].precision_get("Product Price")
            price = float_round(price, precision_digits=digits)
        return price
