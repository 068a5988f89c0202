from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_customer_document_fields(self):
        return super()._get_customer_document_fields() | {"repair.order": "partner_id"}
