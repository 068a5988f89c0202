from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_message_repair_id = fields.Many2one(
        related="company_id.customer_message_repair_id", readonly=False
    )
