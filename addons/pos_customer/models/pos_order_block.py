from odoo import models


class PosOrder(models.Model):
    """A sale to a blocked customer that was paid is kept, and flagged."""

    _inherit = "pos.order"

    def _customer_block_key(self):
        return self.uuid or super()._customer_block_key()

    def action_pos_order_paid(self):
        result = super().action_pos_order_paid()
        if not self._customer_gets_money_back():
            self._customer_flag_block(self.date_order)
        return result

    def _customer_gets_money_back(self):
        """Whether the order is a refund, which no block stands against."""
        self.ensure_one()
        return self.amount_total < 0 or (self.is_refund and not self.amount_total)
