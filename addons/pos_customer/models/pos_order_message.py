from odoo import api, models


class PosOrder(models.Model):
    """Messages to the customer about what was bought at a till."""

    _inherit = "pos.order"

    _customer_amount_fields = ("amount_total",)

    @api.model
    def _customer_message_label(self):
        return self.env._("Order at the till")

    @api.model
    def _customer_message_fields(self):
        return [
            *super()._customer_message_fields(),
            "pos_reference",
            "date_order",
            "amount_total",
        ]

    def _customer_message_default(self):
        """Each till proposes its own."""
        # sudo: which message a till proposes is for all who sell at it
        return self.config_id.sudo().customer_message_id.sudo(False)
