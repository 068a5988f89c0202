from odoo import fields, models


class ConsentState(models.Model):
    """What lists of answers need besides the answers."""

    _inherit = "consent.state"

    customer_type_id = fields.Many2one(related="partner_id.customer_type_id")

    def action_open_customer(self):
        """Open the customer's form.

        :return: action
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
        }

    def action_consent_reask(self):
        """Open the window that asks these customers again by e-mail.

        :return: action
        :raise AccessError: for users who are no customer managers
        """
        self.check_access("read")
        purpose = self.purpose_id if len(self.purpose_id) == 1 else None
        return self.partner_id.action_consent_reask(purpose)
