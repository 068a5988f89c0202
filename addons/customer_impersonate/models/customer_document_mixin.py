from odoo import api, models


class CustomerDocumentMixin(models.AbstractModel):
    """Documents that are made or changed while somebody acts stand on the log."""

    _inherit = "customer.document.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._customer_touched("create")
        return documents

    def write(self, vals):
        changed = self.env["customer.impersonation.document"]._changed(self, vals)
        result = super().write(vals)
        changed._customer_touched("write")
        return result

    def _customer_touched(self, action):
        self.env["customer.impersonation.document"]._touch(self, action)
        return super()._customer_touched(action)
