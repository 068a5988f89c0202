from odoo import models

from ..tools.booking import booking


class LoyaltyGenerateWizard(models.TransientModel):
    """Core's window that makes cards with something on them."""

    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        """Cards with points on them, for who may make cards at all.

        Points and money are given by hand here too: they count for the limit of the day
        and are written down. On the account of a customer a customer manager puts them.

        :raise AccessError: for everybody else
        :raise UserError: beyond the limit
        """
        cards = self.env["loyalty.card"]
        cards.check_access("create")
        if self.program_id.filtered("is_nominative"):
            cards._check_adjusting()
        made = super(LoyaltyGenerateWizard, booking(self)).generate_coupons()
        # sudo: the acts of the user are written down for them
        made.sudo()._log_generated()
        return made
