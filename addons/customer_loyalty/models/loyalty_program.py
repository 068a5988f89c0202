from odoo import models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def write(self, vals):
        result = super().write(vals)
        if "program_type" in vals:
            self.env["product.template"]._customer_type_exclusions_changed()
        return result
