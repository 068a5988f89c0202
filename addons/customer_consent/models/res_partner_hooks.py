from datetime import datetime

from odoo import fields, models


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
        subjects = self.env["customer.subject"].sudo()
        states = self.env["consent.state"].sudo()  # sudo: as above
        target_uuid = target._ensure_customer_uuid()
        # first the locks: what another one answers meanwhile has this run again
        for uuid in {target_uuid, self.customer_uuid} - {False}:
            subjects._lock_consents(uuid)
        rows = states.search([("partner_id", "=", self.id)])
        theirs = {
            row.purpose_id: row
            for row in states.search([("subject_uuid", "=", target_uuid)])
        }
        values = [
            target._prepare_consent_merged(row, theirs.get(row.purpose_id, row))
            for row in rows
        ]
        rows.unlink()
        if values:
            target._consent_append(target_uuid, values)

    def _prepare_consent_merged(self, row, other):
        """What two answers come to: the more restrictive one, as it was given.

        It keeps its own time, so that an answer that arrives late still counts against
        it. Of two yeses the older one, and the end that comes first.

        :param row: ``consent.state`` of the customer who goes
        :param other: that of ``self`` for the same purpose, or ``row`` again
        """
        winner = min(row | other, key=lambda r: r._permissiveness())
        ends = [r.until for r in row | other if r._state_now() == "granted" and r.until]
        return {
            **self._prepare_consent_event(
                winner.purpose_id,
                winner.wording_id,
                winner.channel or "system",
                "system",
            ),
            "event": "merged",
            "state": winner._state_now(),
            "at": winner.since or winner.asked_at or fields.Datetime.now(),
            "recorded_at": datetime.utcnow(),
            "until": min(ends)
            if winner._state_now() == "granted" and ends
            else winner.until or None,
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
            # and with it what it says: that somebody refused is to be known still
            {
                "model": "consent.state",
                "field": "partner_id",
                "ids": rows.ids,
                "action": "keep",
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
