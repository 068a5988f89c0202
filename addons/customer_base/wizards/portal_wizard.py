from odoo import models


class PortalWizardUser(models.TransientModel):
    """No invitation whose link would be refused."""

    _inherit = "portal.wizard.user"

    def action_grant_access(self):
        self.partner_id._check_customer_may_log_in()
        return super().action_grant_access()

    def action_invite_again(self):
        self.partner_id._check_customer_may_log_in()
        return super().action_invite_again()
