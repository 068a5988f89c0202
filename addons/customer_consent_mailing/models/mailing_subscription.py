from odoo import api, models


class MailingSubscription(models.Model):
    """Which lists customers are on is theirs to say, in person."""

    _inherit = "mailing.subscription"

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
