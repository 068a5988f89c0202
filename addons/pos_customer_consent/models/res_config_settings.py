from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_customer_consent_qr = fields.Boolean(
        related="pos_config_id.customer_consent_qr", readonly=False
    )
