from odoo import api, fields, models


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

    def _customer_card_row(self):
        """One line of the customer's card, as ``customer_card.schema.json``."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.pos_reference or self.name,
            "at": fields.Datetime.to_string(self.date_order),
            "total": self.amount_total,
            "currency": self.currency_id.name,
            "kind": "return" if self.is_refund else "sale",
        }
