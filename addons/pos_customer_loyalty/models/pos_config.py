from odoo import models


class PosConfig(models.Model):
    _inherit = "pos.config"

    def use_coupon_code(self, code, creation_date, partner_id, pricelist_id):
        """Also say for whom a code is, when it is not for this customer."""
        result = super().use_coupon_code(code, creation_date, partner_id, pricelist_id)
        if not result["successful"]:
            return result
        program = self.env["loyalty.program"].browse(result["payload"]["program_id"])
        partner = self.env["res.partner"].browse(partner_id or ()).exists()
        if program._takes_customer(partner, self.company_id):
            return result
        # sudo: types of whatever company
        types = ", ".join(program.sudo().customer_type_ids.mapped("name"))
        message = self.env._(
            "This code is only for customers of these types: %s. Choose the customer first.",
            types,
        )
        return {"successful": False, "payload": {"error_message": message}}
