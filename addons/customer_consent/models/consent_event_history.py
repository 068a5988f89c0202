from odoo import api, models
from odoo.tools import SQL

_COLUMNS = (
    "company_ref",
    "purpose_code",
    "event",
    "state",
    "recorded_at",
    "until",
    "channel",
    "actor",
    "wording_ref",
    "wording_version",
    "wording_lang",
    "reason",
)


class ConsentEvent(models.Model):
    """The history of one customer, in one query however long it is."""

    _inherit = "consent.event"

    @api.model
    def _history(self, partner):
        """``res.partner.consent_history``, for code that has checked who may."""
        inside = self.env.su or self.env.user._is_internal()
        companies = partner._consent_by_colleague() and self.env.companies.ids
        rows = [
            row
            for row in self._history_rows(partner)
            if not companies or row["company_ref"] in companies
        ]
        remarks = self.env["consent.event.note"].has_access("read")
        return [
            {
                "id": row["id"],
                "purpose": row["purpose_code"],
                "name": row["name"],
                "event": row["event"],
                "state": row["state"],
                "at": str(row["at"].replace(microsecond=0)),
                "recorded_at": str(row["recorded_at"].replace(microsecond=0)),
                "until": str(row["until"]) if row["until"] else False,
                "channel": row["channel"],
                "actor": row["actor"],
                "operator": inside and row["operator"] or "",
                "wording": row["wording_ref"] or False,
                "version": row["wording_version"] or 0,
                "lang": row["wording_lang"] or "",
                "reason": row["reason"] or "",
                "note": remarks and row["note"] or "",
            }
            for row in rows
        ]

    @api.model
    def _history_rows(self, partner):
        """Events of the customer and of whoever was merged into them, the latest first.

        :return: list of dict by column, with ``name`` of the purpose, ``operator`` and
            ``note``
        """
        self.env["customer.subject"].flush_model()
        self.env["consent.event.note"].flush_model()
        self.env["consent.purpose"].flush_model(["name"])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH RECURSIVE chains (uuid) AS (
                    SELECT uuid FROM customer_subject WHERE partner_id = %(partner)s AND live
                    UNION
                    SELECT related_uuid FROM consent_event
                    JOIN chains ON subject_uuid = uuid AND related_uuid IS NOT NULL
                )
                SELECT event.id,
                       -- what a merge came to keeps the time of the answer
                       CASE event.event WHEN 'merged' THEN event.recorded_at
                            ELSE event.at END AS at,
                       %(columns)s,
                       COALESCE(purpose.name ->> %(lang)s, purpose.name ->> 'en_US',
                                event.purpose_code) AS name,
                       person.name AS operator, remark.body AS note
                FROM chains
                JOIN consent_event event ON event.subject_uuid = chains.uuid
                LEFT JOIN consent_purpose purpose ON purpose.id = event.purpose_ref
                LEFT JOIN consent_event_note remark ON remark.event_ref = event.id
                LEFT JOIN res_users account ON account.id = event.user_ref
                LEFT JOIN res_partner person ON person.id = account.partner_id
                ORDER BY 2 DESC, event.id DESC
                """,
                partner=partner.id,
                lang=self.env.lang or "en_US",
                columns=SQL(", ").join(SQL.identifier("event", c) for c in _COLUMNS),
            )
        )
        return self.env.cr.dictfetchall()
