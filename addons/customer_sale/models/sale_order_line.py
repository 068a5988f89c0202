from odoo import api, models

_ORDERED = frozenset({"product_id", "product_uom_id", "product_uom_qty"})


class SaleOrderLine(models.Model):
    """A colleague who changes what a customer has in the cart places that order."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._customer_lines_changed()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _ORDERED.isdisjoint(vals):
            self.order_id._customer_lines_changed()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._customer_lines_changed()
        return result
