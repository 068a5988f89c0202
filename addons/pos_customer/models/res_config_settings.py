from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_customer_search_field_ids = fields.Many2many(
        related="pos_config_id.customer_search_field_ids", readonly=False
    )
    pos_customer_advanced_by_default = fields.Boolean(
        related="pos_config_id.customer_advanced_by_default", readonly=False
    )
    pos_customer_form_field_ids = fields.Many2many(
        related="pos_config_id.customer_form_field_ids", readonly=False
    )
    pos_customer_required_field_ids = fields.Many2many(
        related="pos_config_id.customer_required_field_ids", readonly=False
    )
    pos_customer_message_id = fields.Many2one(
        related="pos_config_id.customer_message_id", readonly=False
    )
    pos_customer_core_dialog = fields.Boolean(
        related="pos_config_id.customer_core_dialog", readonly=False
    )
