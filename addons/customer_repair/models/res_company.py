from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_message_repair_id = fields.Many2one(
        "customer.message.template",
        string="Message about a repair",
        domain="[('kind', '=', 'repair')]",
    )
