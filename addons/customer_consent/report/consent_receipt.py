from odoo import api, models

REPORT_NAME = "customer_consent.consent_receipt"


class ConsentReceiptReport(models.AbstractModel):
    """The receipt to read and to print, in the customer's language."""

    _name = f"report.{REPORT_NAME}"
    _description = "Receipt of Consents"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for whoever may not read the consents of each customer"""
        event_id = (data or {}).get("consent_event")
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "receipts": [
                self._prepare_receipt(partner, event_id)
                for partner in self.env["res.partner"].browse(docids)
            ],
        }

    def _prepare_receipt(self, partner, event_id):
        partner._check_consent_caller("read")
        lang = self.env["res.lang"]._get_code(partner.sudo().lang or "")  # sudo: below
        # sudo: who may read was checked above
        partner = partner.sudo().with_context(lang=lang or self.env.lang)
        events = partner._consent_receipt_events(event_id)
        return {
            "partner": partner,
            "is_named": not self.env.context.get("consent_by_link"),
            "lang": partner.env.lang,
            "company": partner.company_id or self.env.company,
            "receipt": partner._consent_receipt(events),
            "events": events.with_context(lang=partner.env.lang, tz=partner.tz),
        }
