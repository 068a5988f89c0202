from odoo import models
from odoo.tools import html2plaintext


class ResPartner(models.Model):
    """What work orders keep about a customer."""

    _inherit = "res.partner"

    def _customer_work_orders(self):
        # sudo: the customer's own data, whoever exports or forgets them
        repairs = self.env["repair.order"].sudo().with_context(active_test=False)
        return repairs.search([("partner_id", "=", self.id)])

    def _customer_export(self):
        return {
            **super()._customer_export(),
            "work_orders": [
                {
                    "name": repair.name,
                    "item": repair._customer_item_text(),
                    "fault": html2plaintext(repair.internal_notes or "").strip(),
                    "photos": len(repair._customer_photos()),
                }
                for repair in self._customer_work_orders()
            ],
        }

    def _customer_erasure_plan(self):
        repairs = self._customer_work_orders()
        return [
            *super()._customer_erasure_plan(),
            *(
                {
                    "model": "repair.order",
                    "field": field,
                    "ids": repairs.ids,
                    "action": "mask",
                }
                for field in ("customer_item", "internal_notes")
            ),
            {
                "model": "ir.attachment",
                "field": "res_id",
                "ids": repairs._customer_photos().ids,
                "action": "delete",
            },
        ]
