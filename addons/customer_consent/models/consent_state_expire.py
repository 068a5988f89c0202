from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import mute_logger

_BATCH = 500


class ConsentState(models.Model):
    """The end of consents that are valid for a while.

    An expired consent is none from its last instant on, whoever asks; that it ended is
    noted in the ledger once a day.
    """

    _inherit = "consent.state"

    @api.model
    def _cron_expire(self):
        """Note what has expired, in batches that are kept one by one."""
        last, left = 0, 1
        while left:
            rows, remaining = self._expire_batch(last)
            last = rows[-1:].id
            left = remaining and self.env["ir.cron"]._commit_progress(
                len(rows), remaining=remaining
            )

    @api.model
    def _expire_batch(self, last=0):
        """Note the first of what has expired, behind the id ``last``.

        :return: tuple of them and of how many are left behind them
        """
        expired = fields.Domain("state", "=", "granted") & fields.Domain(
            "until", "<=", fields.Datetime.now()
        )
        domain = expired & fields.Domain("id", ">", last)
        rows = self.search(domain, order="id", limit=_BATCH)
        for row in rows:
            row._expire()
        behind = expired & fields.Domain("id", ">", rows[-1:].id)
        return rows, rows and self.search_count(behind) or 0

    def _expire(self):
        """Note the end of one; whoever answers at this moment goes first."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self._expire_locked()
        except SerializationFailure:
            # the subject got another event meanwhile: the next run looks again
            self.invalidate_recordset()

    def _expire_locked(self):
        partner, purpose = self.partner_id, self.purpose_id
        values = {
            **partner._prepare_consent_event(
                purpose, self.wording_id, "system", "system"
            ),
            "event": "expired",
            "state": "expired",
            "at": self.until,
            "recorded_at": fields.Datetime.now(),
            "until": self.until,
        }
        partner._consent_append(self.subject_uuid, [values])
