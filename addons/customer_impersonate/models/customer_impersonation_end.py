from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import get_default_session, request, root
from odoo.service import security
from odoo.tools import SQL, consteq

from .customer_impersonation import SESSION_KEY
from .customer_impersonation_start import BROWSER_COOKIE, digest

# Browsers wake a hidden tab once a minute; some minutes may be missed on a poor line.
SILENCE = timedelta(minutes=4)
_SEEN_EVERY = timedelta(seconds=10)


class CustomerImpersonation(models.Model):
    """How acting ends: by leaving, by time, by silence, by the customer, by force."""

    _inherit = "customer.impersonation"

    # -- asking ---------------------------------------------------------------------------

    def _is_this_browser(self):
        """Whether the request comes from the browser that began it."""
        secret = request.cookies.get(BROWSER_COOKIE)
        return bool(
            self.browser_hash and secret and consteq(digest(secret), self.browser_hash)
        )

    def _must_end(self):
        """How the acting of this session has ended or must end now, False while it goes on.

        :return: key of ``ENDS``
        """
        self.ensure_one()
        if self.ended_at:
            return self.ended_how
        if not security.check_session(request.session, request.env):
            return "account"
        # who has got the rights of a colleague since is no customer any more
        if not self.env["res.users"].browse(self.account_ref)._is_portal():
            return "account"
        if not self._operator_may_act():
            return "operator"
        return self._overdue(fields.Datetime.now())

    def _operator_may_act(self):
        operator = self.env["res.users"].browse(self.user_ref)
        return operator.active and operator.has_group(
            "customer_base.group_customer_impersonate"
        )

    def _overdue(self, now):
        """:return: ``expired``, ``silent``, or False"""
        if self.expires_at <= now:
            return "expired"
        return "silent" if self.seen_at + SILENCE <= now else False

    # -- ending ---------------------------------------------------------------------------

    def _end(self, how):
        """Write down that acting ended; what has ended stays as it is.

        :param str how: key of ``ENDS``
        """
        now = fields.Datetime.now()
        for row in self.filtered(lambda r: not r.ended_at):
            # what nobody noticed ended when its time was over
            ended = {
                "expired": row.expires_at,
                "silent": row.seen_at and row.seen_at + SILENCE,
                "unused": row.link_until,
            }.get(how) or now
            row._fill({"ended_at": min(ended, now), "ended_how": how})
            row._customer_ended()

    def _customer_ended(self):
        """Tell whoever wants to know that acting ended; modules add to it."""

    @api.model
    def _end_of_account(self, account, how):
        """End all acting for these accounts; a link that waits may still be opened.

        :param account: ``res.users``
        """
        # sudo: the log is written by acts, never by users
        rows = self.sudo().search(
            [
                ("account_ref", "in", account.ids),
                ("ended_at", "=", False),
                ("started_at", "!=", False),
            ]
        )
        rows._end(how)

    def action_end(self):
        """End this acting at once, from outside.

        :raise AccessError: for others than its operator and customer managers
        """
        self.check_access("read")
        manager = self.env.user.has_group("customer_base.group_customer_manager")
        if not manager and any(row.user_ref != self.env.uid for row in self):
            raise AccessError(
                self.env._(
                    "Only the colleague who acts and customer managers can end it."
                )
            )
        self.sudo()._end("colleague")  # sudo: the log is written by acts
        return True

    @api.model
    def _end_overdue(self):
        """Write down the end of what ended by itself: time, silence, links never used."""
        now = fields.Datetime.now()
        overdue = Domain("expires_at", "<=", now) | Domain(
            "seen_at", "<=", now - SILENCE
        )
        # sudo: called by a scheduled action
        for row in self.sudo().search(Domain("ended_at", "=", False) & overdue):
            row._end(row._overdue(now))
        waiting = Domain("started_at", "=", False) & Domain("link_until", "<", now)
        self.sudo().search(  # sudo: as above
            Domain("ended_at", "=", False) & waiting
        )._end("unused")

    # -- sign of life -----------------------------------------------------------------------

    def _seen(self):
        """The operator's window is open still; written every ten seconds at most."""
        self.ensure_one()
        now = fields.Datetime.now()
        # SQL: the log refuses to be written, and this is no part of it
        self.env.cr.execute(
            SQL(
                "UPDATE customer_impersonation SET seen_at = %s"
                " WHERE id = %s AND ended_at IS NULL AND seen_at < %s",
                now,
                self.id,
                now - _SEEN_EVERY,
            )
        )
        self.invalidate_recordset(["seen_at"])

    # -- the operator's own session -----------------------------------------------------------

    def _give_session_back(self, how):
        """Put the operator's own session into the browser again.

        It counts as it would have without all this: who was logged out or lost the right
        meanwhile has to log in.

        :param str how: key of ``ENDS``, for the page that says so
        """
        self.ensure_one()
        # what collides with another request does so before the session is gone
        self.flush_recordset()
        acting = request.session
        memory = acting.get(SESSION_KEY) or {}
        store = root.session_store
        own = store.get(memory.get("operator_sid") or store.generate_key())
        while own.get("next_sid"):  # rotated since
            own = store.get(own["next_sid"])
        # core gives an old session a new token when it saves it, and would revive a dead one
        if not own.uid or not security.check_session(own, self.env):
            own = store.new()
            own.update({**get_default_session(), "db": acting.db})
        own["customer_acted"] = [self.id, how]
        store.delete(acting)
        request.session = own
        request.future_response.set_cookie(BROWSER_COOKIE, "", max_age=0, httponly=True)
