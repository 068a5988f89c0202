import secrets
from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date, format_datetime, hash_sign, verify_hash_signed

from .res_partner_consent_record import KeyUsed

_SCOPE = "customer_consent.answer"
_HOURS = 12  # a page may stay open on a phone; what it says may not be of last year


class ResPartner(models.Model):
    """What the page of consents shows, in the portal and by link, and what it takes in.

    The controllers say who may; here all is done with the rights of the record.
    """

    _inherit = "res.partner"

    # -- what is shown ----------------------------------------------------------------

    def _consent_page(self):
        """What a customer reads of their consents, in the language of the context.

        :return: dict of ``items``, one for each purpose, ``history``, the latest first,
            and ``in_person``: False where a colleague reads it in the customer's name
        """
        self.ensure_one()
        rows = self._consent_rows()
        items = [self._consent_page_item(purpose, row) for purpose, row in rows.items()]
        companies = self.company_id or self.env.companies
        events = self._consent_events().filtered(
            lambda event: event.company_ref in companies.ids
        )
        return {
            "items": [item for item in items if item["is_shown"]],
            "history": [self._consent_page_event(event) for event in events],
            "in_person": not self._customer_acting_user(),
        }

    def _consent_page_item(self, purpose, row):
        purpose = purpose.with_context(lang=self.env.lang)
        state = row._state_now() if row else "unanswered"
        wording = purpose._get_wording(self.env.lang)
        agreed = row.wording_id if state == "granted" else row.wording_id.browse()
        can_grant = bool(
            state != "granted" and purpose.active and purpose.ask_in_portal and wording
        )
        return {
            "purpose": purpose,
            "state": state,
            "since": self._consent_page_date(row.since),
            "until": self._consent_page_date(row.until),
            "wording": wording,
            # the same version in another language says the same
            "agreed": agreed if agreed.version != wording.version else agreed.browse(),
            # what stands on the page is what was published, and is proved by its hash
            "notice": wording.notice or {},
            "legal_basis": self._consent_label(purpose, "legal_basis"),
            "can_grant": can_grant,
            "can_refuse": state == "granted" or can_grant and state == "unanswered",
            "is_shown": state == "granted" or can_grant or bool(row and purpose.active),
            "token": self._consent_answer_token(purpose, wording),
        }

    def _consent_page_event(self, event):
        return {
            "id": event.id,
            "purpose": event.purpose_id.name or event.purpose_code,
            "event": self._consent_label(event, "event"),
            "state": event.state,
            "channel": self._consent_label(event, "channel"),
            "at": format_datetime(
                self.env, event.at, tz=self.tz or False, dt_format="short"
            ),
            "version": event.wording_version,
        }

    def _consent_label(self, record, name):
        """What a choice is called in the language of the page."""
        record = record.with_context(lang=self.env.lang)
        return record._fields[name].convert_to_export(record[name], record)

    def _consent_page_date(self, instant):
        """The day of an instant, where the customer is."""
        if not instant:
            return ""
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.tz or self.env.context.get("tz")), instant
        )
        return format_date(self.env, local.date(), date_format="long")

    def _consent_signup_purposes(self):
        """What is asked with a new account: of whoever was invited, or of nobody yet.

        Who was invited has answered some in the shop, and is not asked again.
        """
        companies = self.company_id or self.env.company
        # sudo: what customers are asked is public
        purposes = self.env["consent.purpose"].sudo()
        asked = purposes.search(
            [
                ("company_id", "in", companies.ids),
                ("ask_at_creation", "=", True),
                ("ask_in_portal", "=", True),
            ]
        ).filtered(lambda purpose: purpose._get_wording(self.env.lang))
        rows = self._consent_rows() if self else {}
        return asked.filtered(
            lambda purpose: (
                not rows.get(purpose)
                or rows[purpose]._state_now() in ("unanswered", "expired")
                or (purpose.is_condition and not rows[purpose].is_granted)
            )
        )

    # -- what is taken in -------------------------------------------------------------

    def _consent_answer_token(self, purpose, wording):
        """What a form sends back: whom and what was asked, and a nonce that counts once.

        Made anew each time the page is shown.
        """
        return hash_sign(
            self.env(su=True),
            _SCOPE,
            [self.id, purpose.code, wording.id, secrets.token_hex(16)],
            expiration=timedelta(hours=_HOURS),
        )

    def _consent_answer(self, token, granted, channel):
        """Note what the customer answered on a page that was shown to them.

        :param str token: of the form, as anybody may have sent it
        :param str granted: ``1`` for yes, ``0`` for no
        :return: code of the purpose; False when the page is too old, or another one's
        :raise UserError: as of ``consent_set``
        """
        self.ensure_one()
        try:
            asked = verify_hash_signed(self.env(su=True), _SCOPE, token or "")
        except ValueError:  # what no signature of ours looks like
            asked = None
        if not asked or asked[0] != self.id or granted not in ("0", "1"):
            return False
        __, code, wording_id, nonce = asked
        try:
            self._consent_set(
                code,
                granted == "1",
                channel,
                wording_id=wording_id or None,
                key=nonce,
            )
        except KeyUsed:  # a page from the browser's history: the other button was it
            return False
        return code
