import uuid
from datetime import datetime

from odoo import models
from odoo.exceptions import UserError

SCHEMA = "customer_consent/static/schema/consent_receipt.schema.json"
STANDARD = "ISO/IEC TS 27560:2023"


class ResPartner(models.Model):
    """Receipts: what a customer takes home as a proof of what they answered."""

    _inherit = "res.partner"

    def consent_receipt(self, event=None):
        """The customer's receipt, in the structure of ISO/IEC TS 27560:2023.

        It is made from the ledger and from the texts that were frozen when they were
        published, never from what a purpose says today. Its schema ships as
        ``static/schema/consent_receipt.schema.json``.

        :param int event: id of one ``consent.event`` of the customer, as
            ``consent_history`` tells it; by default those of all current answers
        :return: dict of JSON values
        :raise AccessError: as of ``consent_set``
        :raise UserError: for an event of somebody else
        """
        self.ensure_one()
        self._check_consent_caller("read")
        return self._consent_receipt(self._consent_receipt_events(event))

    def _consent_receipt_events(self, event_id=None):
        """The events that a receipt is of, for the companies of the context."""
        company = self.sudo().company_id  # sudo: a portal user reads no company
        company_ids = (company or self.env.companies).ids
        if event_id:
            events = self._consent_events().filtered(
                lambda e: e.id == event_id and e.company_ref in company_ids
            )
            if not events:
                raise UserError(
                    self.env._(
                        "There is no such event among the consents of this customer."
                    )
                )
            return events
        rows = [row for row in self._consent_rows().values() if row and row.sequence]
        # sudo: who may read was checked by the caller
        events = self.env["consent.event"].sudo()
        found = events.search(
            [
                ("subject_uuid", "=", self.customer_uuid),
                ("sequence", "in", [row.sequence for row in rows]),
            ]
        )
        return found.sorted(lambda e: (e.at, e.id), reverse=True)

    def _consent_receipt(self, events):
        uuids = events.mapped("hash")
        return {
            "standard": STANDARD,
            "schema_version": "1.0",
            "schema": SCHEMA,
            # the same answers make the same receipt
            "receipt_id": str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(uuids))),
            "issued_at": _instant(datetime.utcnow()),
            "pii_principal_id": self.customer_uuid or "",
            "consents": [self._consent_receipt_record(event) for event in events],
        }

    def _consent_receipt_record(self, event):
        """One consent record: header, processing of PII, parties, event."""
        # sudo: the frozen text that the event names, for whoever may read the event
        wording = self.env["consent.wording"].sudo().browse(event.wording_ref or False)
        wording = wording.exists()
        notice = wording.notice or {}
        party = self._consent_receipt_party(event, notice.get("controller") or {})
        return {
            "record_id": f"{event.subject_uuid}/{event.sequence}",
            "pii_processing": {
                "privacy_notice": wording.body or "",
                "privacy_notice_version": event.wording_version or 0,
                "privacy_notice_hash": event.wording_hash or "",
                "language": event.wording_lang or "",
                "purposes": [self._consent_receipt_purpose(event, notice, party)],
            },
            "party_identification": [party],
            "event": self._consent_receipt_event(event, notice, party),
        }

    def _consent_receipt_purpose(self, event, notice, party):
        return {
            "purpose": notice.get("purpose") or event.purpose_id.name or "",
            "purpose_code": event.purpose_code,
            "description": notice.get("description") or "",
            "lawful_basis": event.legal_basis,
            "pii_information": _texts(notice.get("data_categories")),
            "pii_controllers": [party["party_id"]],
            "storage_locations": _texts(notice.get("storage_location")),
            "retention_period": notice.get("retention") or "",
            "jurisdiction": party["party_country"],
            "recipient_third_parties": _texts(notice.get("recipients")),
            # sudo: the address of the website, whoever reads
            "withdrawal_method": f"{self.sudo().get_base_url()}/my/consents",
        }

    def _consent_receipt_party(self, event, controller):
        """The controller as it was when the text was published; by name where none was."""
        # sudo: the name of the company that asked is public
        company = self.env["res.company"].sudo().browse(event.company_ref).exists()
        return {
            "party_id": f"res.company/{event.company_ref}",
            "party_name": controller.get("name") or company.name or "",
            "party_address": (controller.get("address") or "").strip(),
            "party_country": controller.get("country") or company.country_id.code or "",
            "party_email": controller.get("email") or "",
            "party_phone": controller.get("phone") or "",
            "party_url": controller.get("url") or "",
            "party_type": "pii_controller",
        }

    def _consent_receipt_event(self, event, notice, party):
        months = event.until and notice.get("validity_months")
        own = event.actor == "customer"
        return {
            "event_time": _instant(event.at),
            "event_type": event.event,
            "event_state": event.state,
            "validity_duration": f"P{months}M" if months else "",
            "valid_until": _instant(event.until) if event.until else "",
            "entity_id": event.subject_uuid if own else party["party_id"],
            "entity_type": event.actor,
            "collection_method": event.channel,
            "ledger_sequence": event.sequence,
            "ledger_hash": event.hash,
        }


def _instant(value):
    """An instant of the ledger, in UTC, as RFC 3339 writes it."""
    return f"{value.isoformat(timespec='milliseconds')}Z"


def _texts(text):
    """What a manager wrote in one line, as the list that the standard wants."""
    return [text] if text else []
