from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Instead of core's: lines and pending points go with the sum they explain."""
        self.env["loyalty.card"]._merge_customers(src_partners, dst_partner)
