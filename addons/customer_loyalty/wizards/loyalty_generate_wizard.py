from odoo import models

from ..tools.booking import booking


class LoyaltyGenerateWizard(models.TransientModel):
    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        """Cards with points on them, for who may make cards at all.

        :raise AccessError: for everybody else
        """
        self.env["loyalty.card"].check_access("create")
        return super(LoyaltyGenerateWizard, booking(self)).generate_coupons()
