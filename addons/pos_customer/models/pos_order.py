from odoo import api, models


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "customer.document.mixin"]

    @api.model
    def _process_order(self, order, existing_order):
        """Find the customer of an order that comes from a till which was not told.

        Core drops a customer who is no longer there, and the invoice with them.
        """
        if partner_id := order.get("partner_id"):
            order["partner_id"] = self.env["customer.redirect"]._resolve(partner_id)
        return super()._process_order(order, existing_order)
