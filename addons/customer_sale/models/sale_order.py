from odoo import models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "customer.document.mixin"]

    def _compute_fiscal_position_id(self):
        """An order is a sale: the taxes of the customer's type count."""
        return super(
            SaleOrder, self.with_context(customer_type_sale=True)
        )._compute_fiscal_position_id()
