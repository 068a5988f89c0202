from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.customer_impersonate.models.customer_impersonation_start import (
    session_digest,
)


class CustomerImpersonation(models.Model):
    """Acting that a till has asked for: begun elsewhere, watched from there."""

    _inherit = "customer.impersonation"

    @api.model
    def _asked_here(self, row_id):
        """The row that this very session, a till's, asked for.

        :raise AccessError: for rows of others, and for what is none
        """
        here = request and request.session.uid and session_digest(request.session)
        # sudo: its cashier may have no right to the log, only a colleague who came by
        rows = self.sudo()
        row = rows.browse(row_id if isinstance(row_id, int) else []).exists()
        if not (here and row.asked_in and consteq(row.asked_in, here)):
            raise AccessError(
                self.env._(
                    "This till follows the links that were made at it, no others."
                )
            )
        return row

    def _till_progress(self):
        """What the till shows; what has ended by itself is written down first.

        :return: dict of ``state``, ``seconds`` until it ends by itself, ``started_at`` and
            ``ended_at`` (UTC or empty), ``ended_how`` and what that says to its user
        """
        self.ensure_one()
        now = fields.Datetime.now()
        last = self.expires_at or self.link_until
        if not self.ended_at:
            over = "unused" if last <= now else False
            if how := self._overdue(now) if self.started_at else over:
                self._end(how)
        ends = dict(self._fields["ended_how"]._description_selection(self.env))
        left = 0 if self.ended_at else (last - now).total_seconds()
        return {
            "state": self.state,
            "seconds": int(left),
            "started_at": fields.Datetime.to_string(self.started_at) or "",
            "until": fields.Datetime.to_string(last),
            "ended_at": fields.Datetime.to_string(self.ended_at) or "",
            "ended_how": self.ended_how or "",
            "ended_text": ends.get(self.ended_how, ""),
        }

    def _till_end(self):
        """End it, or take back the link that nobody has opened yet."""
        self.ensure_one()
        self._end("colleague" if self.started_at else "unused")
