from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import html2plaintext


class ResPartner(models.Model):
    """What is told to a customer about repairs, and what work orders keep of them."""

    _inherit = "res.partner"

    def _customer_message_document(self, document):
        """Who sells at a till has no right to repairs, and writes about them all the same.

        :raise AccessError: for a repair of another company
        """
        is_repair = str(document or "").startswith("repair.order,")
        if not is_repair or not self.env.user.has_group("point_of_sale.group_pos_user"):
            return super()._customer_message_document(document)
        # sudo: the caller has checked the customer, and the repair must be theirs
        repair = super(ResPartner, self.sudo())._customer_message_document(document)
        if repair.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "This repair belongs to another company. Open a till of that company."
                )
            )
        return repair

    @api.model
    def _customer_parse_block_document(self, document):
        """A work order is named ``repair:`` and its UUID, which names no sale as well."""
        if str(document or "").startswith("repair:"):
            uuid = self._customer_parse_uuid(document.removeprefix("repair:"))
            return f"repair:{uuid}"
        return super()._customer_parse_block_document(document)

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
