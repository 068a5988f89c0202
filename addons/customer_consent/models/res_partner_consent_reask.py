from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_AT_ONCE = 1000  # customers that one call asks


class ResPartner(models.Model):
    """Asking many customers again, by e-mail: whom, and whom never."""

    _inherit = "res.partner"

    def consent_reask(self, purpose, days=90):
        """Ask these customers for a consent by e-mail, with the link to their own page.

        Never those who consent already, who refused or withdrew it, who are blocked for
        marketing, whose address is on the blacklist, or who were asked a short while ago;
        nor any who shares an e-mail address with one of these. An address gets one mail.
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
        """These partners by why they are left out; "" for those who can be asked.

        All is read at once: thousands are grouped each time that the window changes.
        """
        # sudo: an answer, a block and the blacklist count, whoever may read them
        partners = self.sudo()
        partners.fetch(["is_customer", "active", "company_id", "email_normalized"])
        granted = partners.env["consent.state"].search_fetch(
            [
                ("purpose_id", "=", purpose.id),
                ("partner_id", "in", self.ids),
                ("is_granted", "=", True),
            ],
            ["partner_id"],
        )
        granted = {row.partner_id.id for row in granted}
        asked_since = fields.Datetime.now() - timedelta(days=days)
        addresses = partners._consent_reask_addresses(purpose, asked_since)

        def problem(partner):
            email, company = partner.email_normalized, partner.company_id
            if not partner.is_customer or not partner.active:
                return "no_customer"
            if company and company != purpose.company_id:
                return "company"
            if not email:
                return "no_email"
            if partner.id in granted:
                return "granted"
            reason = addresses[email] or ""
            # whoever comes later with this address shares its one mail
            addresses[email] = reason or "shared"
            return reason

        return partners.grouped(problem)

    def _consent_reask_addresses(self, purpose, asked_since):
        """Dict of the e-mail addresses of these partners to why none of them is written
        to, None where nothing speaks against it.

        Where customers share an address, the most restrictive of their answers counts,
        whether or not they are among these.
        """
        for name in ("res.partner", "consent.state", "mail.blacklist"):
            self.env[name].flush_model()
        partners = self.with_context(active_test=False)
        blocked = partners.search([("customer_blocked_marketing", "=", True)]).ids
        query = SQL(
            """
            SELECT p.email_normalized,
                   CASE WHEN bool_or(s.state = 'refused') THEN 'refused'
                        WHEN bool_or(s.state = 'withdrawn') THEN 'withdrawn'
                        WHEN bool_or(p.id = ANY(%(blocked)s)) THEN 'blocked'
                        WHEN bool_or(b.id IS NOT NULL) THEN 'blacklisted'
                        WHEN max(s.asked_at) > %(asked_since)s THEN 'asked'
                    END
              FROM res_partner p
         LEFT JOIN consent_state s ON s.partner_id = p.id AND s.purpose_id = %(purpose)s
         LEFT JOIN mail_blacklist b ON b.email = p.email_normalized AND b.active
             WHERE p.email_normalized = ANY(%(emails)s)
          GROUP BY p.email_normalized
            """,
            blocked=blocked,
            asked_since=asked_since,
            purpose=purpose.id,
            emails=list({email for email in self.mapped("email_normalized") if email}),
        )
        return dict(self.env.execute_query(query))

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
