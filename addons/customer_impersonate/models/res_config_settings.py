from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How colleagues of the company may log in as its customers."""

    _inherit = "res.config.settings"

    customer_impersonate_minutes = fields.Integer(
        related="company_id.customer_impersonate_minutes", readonly=False
    )
    customer_impersonate_keep_sessions = fields.Boolean(
        related="company_id.customer_impersonate_keep_sessions", readonly=False
    )
    customer_impersonate_permission = fields.Boolean(
        related="company_id.customer_impersonate_permission", readonly=False
    )
    customer_impersonate_notify = fields.Boolean(
        related="company_id.customer_impersonate_notify", readonly=False
    )
