from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_customer_labour_product_id = fields.Many2one(
        related="pos_config_id.customer_labour_product_id", readonly=False
    )
