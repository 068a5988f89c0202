from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

_AT_ONCE = 1000  # customers that one call asks


class ResPartner(models.Model):
    """Asking many customers again, by e-mail: whom, and whom never."""

    _inherit = "res.partner"

    def consent_reask(self, purpose, days=90):
        """Ask these customers for a consent by e-mail, with the link to their own page.

        Never those who refused or withdrew it, who consent already, who are blocked for
        marketing, whose address is on the blacklist, or who were asked a short while ago.
        The mails are queued; the ledger notes that each was asked, and no answer changes.

        :param str purpose: code of the ``consent.purpose``
        :param int days: who was asked within these is left out, at least 1
        :return: dict ``asked`` (how many), ``left_out`` (how many by reason) and ``more``,
            how many are left for another call: one asks 1000
        :raise AccessError: for users who are no customer managers
        :raise UserError: for an unknown purpose, one given up, without a published wording
            or not asked by link, and for one of another company
        """
        self._check_customer_manager()
        self.check_access("read")
        purpose = self.env["consent.purpose"]._find(purpose)
        self._check_consent_reask(purpose, days)
        groups = self._consent_reask_groups(purpose, days)
        ready = groups.pop("", self.browse())
        asked = ready[:_AT_ONCE]
        # first the ledger: of two calls at once the second collides here, and is run again
        for partner in asked:
            partner._consent_note_reasked(purpose)
        if asked:
            asked._consent_mail(
                "customer_consent.mail_template_consent_reask",
                consent_purpose_id=purpose.id,
            )
        return {
            "asked": len(asked),
            "left_out": {reason: len(group) for reason, group in groups.items()},
            "more": len(ready) - len(asked),
        }

    def _check_consent_reask(self, purpose, days):
        name = purpose.with_env(self.env).name
        if purpose.company_id not in self.env.companies:
            raise UserError(
                self.env._("“%(purpose)s” is asked by another company.", purpose=name)
            )
        if not isinstance(days, int) or not 1 <= days <= 3650:
            raise UserError(self.env._("Wait between 1 and 3650 days to ask again."))
        self.env["res.partner"]._check_consent_purpose(
            purpose, True, "link", purpose._get_wording(), self.env["consent.state"]
        )

    def _consent_reask_groups(self, purpose, days):
        """These partners by why they are left out; "" for those who can be asked."""
        # sudo: an answer counts, whoever may read it
        rows = self.env["consent.state"].sudo()
        found = rows.search(
            [("purpose_id", "=", purpose.id), ("partner_id", "in", self.ids)]
        )
        by_partner = {row.partner_id.id: row for row in found}
        asked_since = fields.Datetime.now() - timedelta(days=days)
        # sudo: blocks and the blacklist count, whoever may read them
        return self.sudo().grouped(
            lambda partner: partner._consent_reask_problem(
                purpose, by_partner.get(partner.id, rows), asked_since
            )
        )

    def _consent_reask_problem(self, purpose, row, asked_since):
        """Why a customer is not asked, one of ``REASK_PROBLEMS``; empty if nothing."""
        state = row._state_now() if row else "unanswered"
        company = self.company_id
        problems = {
            "no_customer": not self.is_customer or not self.active,
            "company": company and company != purpose.company_id,
            "refused": state == "refused",
            "withdrawn": state == "withdrawn",
            "granted": state == "granted",
            "blocked": self.customer_blocked_marketing,
            "no_email": not self.email_normalized,
            "blacklisted": self.is_blacklisted,
            "asked": row.asked_at and row.asked_at > asked_since,
        }
        return next((reason for reason, is_so in problems.items() if is_so), "")

    def _consent_note_reasked(self, purpose):
        uuid = self._ensure_customer_uuid()
        # sudo: who may ask was checked
        self.env["customer.subject"].sudo()._lock_consents(uuid)
        row = self.env["consent.state"]._of(uuid, purpose)
        wording = purpose._get_wording(self.lang)
        values = {
            **self._prepare_consent_event(purpose, wording, "link", "operator"),
            **self._prepare_consent_time(None, None, row),
            "event": "reasked",
            "state": row._state_now() if row else "unanswered",
        }
        self._consent_append(uuid, [values])

    def action_consent_reask(self, purpose=None):
        """Open the window that asks these customers for a consent by e-mail.

        :param purpose: the ``consent.purpose`` to begin with
        :return: action
        :raise AccessError: for users who are no customer managers
        :raise UserError: when none of them is a customer
        """
        self._check_customer_manager()
        customers = self._check_some_customers()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a consent by e-mail"),
            "res_model": "consent.reask.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_partner_ids": customers.ids,
                "default_purpose_id": purpose.id if purpose else False,
            },
        }
