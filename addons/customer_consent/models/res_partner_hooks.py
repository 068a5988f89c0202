from odoo import models

from .consent_state import RESTRICTIVE


class ResPartner(models.Model):
    """What becomes of consents when customers are merged, exported, forgotten, shown."""

    _inherit = "res.partner"

    def _customer_merge_into(self, target):
        """The more restrictive answer of each purpose goes on, and the ledger says so."""
        for partner in self:
            partner._consent_merge_into(target)
        return super()._customer_merge_into(target)

    def _consent_merge_into(self, target):
        # sudo: whoever merges need not see all that is merged
        states = self.env["consent.state"].sudo()
        rows = states.search([("partner_id", "=", self.id)])
        if not rows:
            return
        target_uuid = target._ensure_customer_uuid()
        theirs = {
            row.purpose_id: row
            for row in states.search([("subject_uuid", "=", target_uuid)])
        }
        values = []
        for row in rows:
            winner = max(
                (row, theirs.get(row.purpose_id, row)),
                key=lambda r: RESTRICTIVE[r._state_now()],
            )
            if winner.state == "unanswered":
                continue
            values.append(target._prepare_consent_merged(row, winner))
        rows.unlink()
        if values:
            target._consent_append(target_uuid, values)

    def _prepare_consent_merged(self, row, winner):
        state, until = winner._state_now(), winner.until or None
        others_until = row.until if winner != row else None
        if state == "granted" and others_until and row._state_now() == "granted":
            until = min(until or others_until, others_until)
        return {
            **self._prepare_consent_event(
                winner.purpose_id, winner.wording_id, "system", "system"
            ),
            **self._prepare_consent_time(winner.purpose_id, False, None, winner),
            "event": "merged",
            "state": state,
            "until": until,
            "related_uuid": row.subject_uuid,
        }

    def _customer_export(self):
        return {
            **super()._customer_export(),
            "consents": {
                # sudo: who may export was checked by the caller
                "answers": self.sudo().consent_get(),
                "events": self.sudo().consent_history(),
            },
        }

    def _customer_erasure_plan(self):
        # sudo: what is forgotten does not depend on who sees it
        events = self.sudo()._consent_events()
        notes = self.env["consent.event.note"].sudo()  # sudo: as above
        found = notes.search([("event_ref", "in", events.ids)])
        states = self.env["consent.state"].sudo()  # sudo: as above
        rows = states.search([("partner_id", "=", self.id)])
        return [
            *super()._customer_erasure_plan(),
            # the proof stays, under a pseudonym (GDPR articles 7(1) and 17(3)(e))
            {
                "model": "consent.event",
                "field": "subject_uuid",
                "ids": events.ids,
                "action": "keep",
            },
            {
                "model": "consent.event.note",
                "field": "body",
                "ids": found.ids,
                "action": "delete",
            },
            {
                "model": "consent.state",
                "field": "partner_id",
                "ids": rows.ids,
                "action": "delete",
            },
        ]

    def _customer_card(self, config):
        return {**super()._customer_card(config), "consents": self._consent_card()}

    def _consent_card(self):
        """The answers as the card tells them, with what the customer reads.

        :return: list of dict of JSON values
        """
        self.ensure_one()
        return [
            {
                **self._consent_item(purpose.with_env(self.env), row),
                "active": purpose.active,
                "body": purpose._get_wording(self.lang).body or "",
            }
            for purpose, row in self._consent_rows().items()
        ]
