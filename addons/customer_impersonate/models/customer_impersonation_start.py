import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import STORED_SESSION_BYTES, get_default_session, request, root

from .customer_impersonation import SESSION_KEY

LINK_LASTS = timedelta(minutes=3)
LINK_PATH = "/customer/acting/start"
BROWSER_COOKIE = "customer_acting"


def digest(secret):
    """What the database keeps of a secret that is random and long: no salt needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def session_digest(session):
    """What tells a session through all its rotations; nothing to log in with."""
    return digest(session.sid[:STORED_SESSION_BYTES])


class CustomerImpersonation(models.Model):
    """How acting begins: a link for one use, and a session of its own.

    The operator's own session stays in the store as it is, and is given back at the end:
    nothing of it, no cart and no right, is ever in the customer's session.
    """

    _inherit = "customer.impersonation"

    @api.model
    def _ask(self, account, vals):
        """Write the row of the log with the link that will begin it.

        :param account: ``res.users`` of the customer
        :param dict vals: reason, note, minutes, read_only, elsewhere
        :return: the row, and the secret part of the link, which is nowhere else
        """
        token = secrets.token_urlsafe(32)
        note = vals.pop("note", None)
        # sudo: the customer of an account that the operator was allowed to act for
        subject = account.sudo().partner_id._ensure_customer_uuid()
        row = self.env["customer.journal"]._log(
            subject,
            "impersonated",
            reason=vals["reason"],
            note=note,
            read_only=vals["read_only"],
        )
        asked_in = request and request.session.uid and session_digest(request.session)
        # sudo: written by the act, never by users
        made = self.sudo().create(
            [
                {
                    **vals,
                    "subject_uuid": subject,
                    "account_ref": account.id,
                    "user_ref": self.env.uid,
                    "employee_ref": row.employee_ref,
                    "company_ref": self.env.company.id,
                    "journal_ref": row.id,
                    "link_hash": digest(token),
                    "link_until": fields.Datetime.now() + LINK_LASTS,
                    "asked_in": asked_in or False,
                }
            ]
        )
        return made, token

    @api.model
    def _of_link(self, token):
        """The row that waits for ``token``, which may be anything.

        :raise UserError: for a link that was used, is over or never was one
        """
        # sudo: whoever opens a link is not known yet
        row = self.sudo().search([("link_hash", "=", digest(token))])
        if (
            not row
            or row.started_at
            or row.ended_at
            or row.link_until < fields.Datetime.now()
        ):
            raise UserError(
                self.env._(
                    "This link was used already, or its time is over. Ask for a new one."
                )
            )
        return row

    def _check_browser(self):
        """Whether the browser of this request may begin.

        :raise UserError: with what to do instead
        """
        self.ensure_one()
        session = request.session
        if self._current():
            raise UserError(
                self.env._(
                    "You are acting as a customer already. Leave that account first."
                )
            )
        here = session.uid and session_digest(session) == self.asked_in
        has_till = self.env["res.partner"]._customer_link_elsewhere()
        if has_till or (self.elsewhere and here):
            raise UserError(
                self.env._(
                    "Open this link on another device or in another browser: this one "
                    "has a till."
                )
            )
        if self.elsewhere and not session.uid:
            return
        if session.uid != self.user_ref or (
            not self.elsewhere and self.asked_in and not here
        ):
            raise UserError(
                self.env._(
                    "This link is for the colleague who asked for it. Log out here first, "
                    "or open it where it was made."
                )
            )

    def _check_still_allowed(self):
        """The rules once more: between the link and its use, anything may have changed."""
        self.ensure_one()
        operator = self.env["res.users"].browse(self.user_ref)
        account = self.env["res.users"].browse(self.account_ref)
        if not self._operator_may_act():
            raise UserError(
                self.env._(
                    "The colleague who asked for this link may not use it any more."
                )
            )
        partner = account.partner_id.with_user(operator).with_company(self.company_ref)
        partner._check_customer_impersonate(account)

    def _start(self):
        """Make this browser's session the customer's, until it ends.

        :raise UserError: see ``_check_browser``
        :raise AccessError: when the operator may not act for this customer (any more)
        """
        self.ensure_one()
        self._check_browser()
        self._check_still_allowed()
        now = fields.Datetime.now()
        browser = secrets.token_urlsafe(32)
        # two at once write one row: the second is repeated by Odoo and finds it used
        self._fill(
            {
                "started_at": now,
                "expires_at": now + timedelta(minutes=self.minutes),
                "seen_at": now,
                "ip": request.httprequest.remote_addr,
                "browser_hash": digest(browser),
            }
        )
        self.flush_recordset()
        account = self.env["res.users"].browse(self.account_ref)
        if not account.company_id.customer_impersonate_keep_sessions:
            account._customer_end_sessions()
        self._customer_started()
        self._swap_session(account, browser)

    def _customer_started(self):
        """Tell whoever wants to know that acting began; modules add to it."""

    def _swap_session(self, account, browser):
        own = request.session
        session = root.session_store.new()
        env = self.env(user=account.id, su=False)
        session.update(
            {
                **get_default_session(),
                "db": own.db,
                "uid": account.id,
                "login": account.login,
                "context": dict(env["res.users"].context_get()),
                # no device of the customer's: this log tells more, and the session ends
                # by its rules, which give the operator's own back
                "_trace_disable": True,
                SESSION_KEY: {
                    "id": self.id,
                    "operator_sid": own.uid and own.sid,
                },
            }
        )
        session.session_token = env.user._compute_session_token(session.sid)
        request.session = session
        # The session's cookie alone opens nothing: whoever gets hold of it lacks this one.
        # Lax: payment providers send the browser back from their own site.
        request.future_response.set_cookie(
            BROWSER_COOKIE,
            browser,
            max_age=self.minutes * 60 + 3600,
            httponly=True,
            samesite="Lax",
            secure=request.httprequest.scheme == "https",
        )
