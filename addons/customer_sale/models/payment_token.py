from odoo import api, models


class PaymentToken(models.Model):
    """Saved means of payment are for the customer alone, whoever acts in their name."""

    _inherit = "payment.token"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._check_customer_in_person()
        return super().create(vals_list)

    def write(self, vals):
        self.env["res.partner"]._check_customer_in_person()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_in_person(self):
        self.env["res.partner"]._check_customer_in_person()

    def _get_available_tokens(self, *args, **kwargs):
        """Offer none that would be refused: not even its last four digits are shown."""
        tokens = super()._get_available_tokens(*args, **kwargs)
        if self.env["res.partner"]._customer_acting_user():
            return tokens.browse()
        return tokens
