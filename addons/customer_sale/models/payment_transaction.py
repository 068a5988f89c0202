from odoo import api, models


class PaymentTransaction(models.Model):
    """A payment while a colleague acts as the customer: never by what is saved."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        if any(self._customer_needs_presence(vals) for vals in vals_list):
            self.env["res.partner"]._check_customer_in_person()
        transactions = super().create(vals_list)
        # it may be confirmed later, by a call of the provider that knows no session
        transactions.sale_order_ids._customer_placed_now()
        return transactions

    @api.model
    def _customer_needs_presence(self, vals):
        """Whether a payment uses a saved means of payment, or would save one."""
        return bool(
            vals.get("token_id")
            or vals.get("tokenize")
            or vals.get("operation") == "validation"
        )
