from odoo import api, fields, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    customer_consent_url = fields.Char(
        string="Customer's page of consents",
        compute="_compute_customer_consent_url",
        groups="point_of_sale.group_pos_user",
        help="What the QR code on the receipt leads to, for a while.",
    )

    @api.depends_context("uid", "su")
    @api.depends("partner_id", "config_id.customer_consent_qr")
    def _compute_customer_consent_url(self):
        """For a till that prints it. A kiosk reads with all rights for whoever stands there,
        and whoever has the link answers for the customer."""
        for order in self:
            is_told = order.config_id.customer_consent_qr and not self.env.su
            partner = order.partner_id if is_told else None
            order.customer_consent_url = bool(partner) and partner._consent_url()
