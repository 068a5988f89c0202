from odoo import models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """An order of the web shop."""

    _inherit = "sale.order"

    def _customer_channel(self):
        if self.website_id:
            return self.env._("Web shop")
        return super()._customer_channel()

    def _customer_is_refused(self):
        """Whether a block stands against this cart, for which no money is on its way."""
        self.ensure_one()
        paying = {"pending", "authorized", "done"}
        # sudo: a transaction is read by nobody who shops
        if not paying.isdisjoint(self.sudo().transaction_ids.mapped("state")):
            return False
        return bool(self._customer_forbidding_blocks())

    def _check_cart_is_ready_to_be_paid(self):
        """Ask no payment for what could not be confirmed then."""
        if self._customer_is_refused():
            raise ValidationError(self._customer_refusal_for_customers())
        return super()._check_cart_is_ready_to_be_paid()
