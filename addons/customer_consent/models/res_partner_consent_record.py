import re
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError

from .consent_event import REASONS
from .consent_purpose import ASKING_FIELDS

_KEY = re.compile(r"[!-~]{1,64}")
_NOTE_MAX = 2000


class KeyUsed(UserError):
    """A key that counts once came with another answer than before."""


class ResPartner(models.Model):
    """How an answer becomes an event: everything that is refused is refused here."""

    _inherit = "res.partner"

    def _consent_set(
        self,
        purpose,
        granted,
        channel,
        wording_id=None,
        note=None,
        key=None,
        at=None,
        actor=None,
        **origin,
    ):
        """As ``consent_set``, for code that has checked who may.

        :param datetime at: when it was answered, in UTC, for an answer that arrives late;
            now by default
        :param str actor: whose hand it was, ``customer`` or ``operator``; by default the
            customer's own on their display, in the portal, by link and on a web form
        :param origin: other columns of the event: ``config_ref``, ``order_uuid``,
            ``employee_ref``, ``source``, ``event``
        """
        self.ensure_one()
        self._check_customer_in_person()
        if not isinstance(granted, bool):
            raise UserError(self.env._("An answer is yes or no: true or false."))
        purpose = self.env["consent.purpose"]._find(purpose)
        self._check_consent_key(key)
        partner = self._consent_subject_partner()
        uuid = partner._ensure_customer_uuid()
        # sudo: locked and read for whoever was let through
        self.env["customer.subject"].sudo()._lock_consents(uuid)
        row = self.env["consent.state"]._of(uuid, purpose)
        self._check_consent_company(purpose, granted, row)
        if not self._consent_is_known(key, purpose, granted):
            values = partner._prepare_consent(
                purpose,
                granted,
                channel,
                row,
                wording_id=wording_id,
                note=note,
                at=at,
                actor=actor,
                key=key or None,
                **origin,
            )
            text = note if note and not values.get("reason") else None
            partner._consent_append(uuid, [values], note=text)
            row = row or self.env["consent.state"]._of(uuid, purpose)
        return partner._consent_item(purpose.with_env(self.env), row)

    def _consent_append(self, uuid, values_list, note=None):
        """Write events and the answers that come of them."""
        events = self.env["consent.event"]._append(uuid, values_list, note=note)
        self.env["consent.state"]._update(self, events)
        self._consent_changed()
        return events

    def _consent_changed(self):
        """Tell it to whoever holds these customers; other modules add theirs."""

    def _consent_subject_partner(self):
        """Whose answer it is: whoever answers is a customer from then on."""
        self.ensure_one()
        # sudo: who may was checked by the caller
        partner = self.sudo()
        if not partner.is_customer:
            partner._become_customer()
        if not partner.is_customer:
            raise UserError(
                self.env._(
                    "“%(partner)s” is a mere address. Note the consent of the person or "
                    "company it belongs to.",
                    partner=partner.display_name,
                )
            )
        return self

    # -- what is refused --------------------------------------------------------------

    def _check_consent_key(self, key):
        if key is not None and not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise UserError(
                self.env._(
                    "A key has 1 to 64 letters, digits or signs, without spaces."
                )
            )

    def _consent_is_known(self, key, purpose, granted):
        """Whether the answer of this key has arrived before.

        :raise KeyUsed: when it was another answer, or another customer's
        """
        if not key:
            return False
        # sudo: whoever knows the key has sent it
        event = self.env["consent.event"].sudo().search([("key", "=", key)])
        if not event:
            return False
        # sudo: as above; who was merged meanwhile goes on as the one they became
        subjects = self.env["customer.subject"].sudo()
        owner = subjects.search([("uuid", "=", event.subject_uuid)]).partner_id
        same = (
            event.purpose_ref == purpose.id
            and (event.state == "granted") == granted
            and self.env["customer.redirect"]._resolve(owner) == self.id
        )
        if not same:
            raise KeyUsed(
                self.env._("This key was used for another answer. Choose a new one.")
            )
        return True

    def _check_consent_company(self, purpose, granted, row):
        """Refuse the purposes of others; a no is taken from whoever had answered."""
        company = self.sudo().company_id  # sudo: a portal user reads no company
        colleague = not self.env.su and self.env.user._is_internal()
        foreign = colleague and purpose.company_id not in self.env.companies
        moved = company and company != purpose.company_id
        if foreign or (moved and (granted or not row)):
            raise UserError(
                self.env._(
                    "“%(purpose)s” is asked by %(company)s, and the customer belongs to "
                    "another company.",
                    purpose=purpose.with_env(self.env).name,
                    company=purpose.company_id.name,
                )
            )

    def _check_consent_wording(self, purpose, wording_id):
        """The wording that was read.

        :raise UserError: for one of another purpose, and for one not published
        """
        if not wording_id:
            return purpose._get_wording(self.sudo().lang)  # sudo: as above
        wording = purpose.wording_ids.filtered(lambda w: w.id == wording_id)
        if not wording:
            raise UserError(
                self.env._(
                    "This wording is none of “%(purpose)s”.",
                    purpose=purpose.with_env(self.env).name,
                )
            )
        if not wording.published_at:
            raise UserError(
                self.env._(
                    "“%(wording)s” is not published. Publish it first: only what is "
                    "frozen can be agreed to.",
                    wording=wording.display_name,
                )
            )
        return wording

    def _check_consent_purpose(self, purpose, granted, channel, wording, row):
        name = purpose.with_env(self.env).name
        if not purpose.active and not (row and not granted):
            raise UserError(
                self.env._(
                    "“%(purpose)s” was given up: nobody is asked for it any more.",
                    purpose=name,
                )
            )
        if not granted:
            return  # a no is taken everywhere: as easy as the yes
        asking = ASKING_FIELDS.get(channel)
        if asking and not purpose[asking]:
            raise UserError(
                self.env._(
                    "“%(purpose)s” is not asked here. A customer manager says where it "
                    "is: Configuration > Consents.",
                    purpose=name,
                )
            )
        if not wording:
            raise UserError(
                self.env._(
                    "“%(purpose)s” has no published wording yet, and nobody can agree to "
                    "nothing. A customer manager writes and publishes one.",
                    purpose=name,
                )
            )

    # -- what is written --------------------------------------------------------------

    def _prepare_consent(
        self,
        purpose,
        granted,
        channel,
        row,
        wording_id=None,
        note=None,
        at=None,
        actor=None,
        **columns,
    ):
        """The event of an answer, after all that refuses it.

        :param row: the current ``consent.state``, empty before the first answer
        """
        wording = self._check_consent_wording(purpose, wording_id)
        self._check_consent_purpose(purpose, granted, channel, wording, row)
        return {
            **self._prepare_consent_event(purpose, wording, channel, actor),
            **self._prepare_consent_answer(purpose, granted, row),
            **self._prepare_consent_time(granted and wording, at, row),
            **self._prepare_consent_note(note),
            **columns,
        }

    def _prepare_consent_event(self, purpose, wording, channel, actor):
        by_customer = channel in ("customer_display", "portal", "link", "web_form")
        return {
            "purpose_code": purpose.code,
            "purpose_ref": purpose.id,
            "company_ref": purpose.company_id.id,
            "legal_basis": purpose.legal_basis,
            "wording_ref": wording.id or None,
            "wording_version": wording.version or None,
            "wording_lang": wording.lang or None,
            "wording_hash": wording.hash or None,
            "channel": channel,
            "actor": actor or ("customer" if by_customer else "operator"),
            "user_ref": self.env.uid,
        }

    def _prepare_consent_answer(self, purpose, granted, row):
        if granted:
            state = "granted"
        else:
            had = row.state in ("granted", "expired", "withdrawn")
            state = "withdrawn" if had else "refused"
        return {"event": state, "state": state}

    def _prepare_consent_time(self, wording, at, row):
        """When it was answered, and until when it is valid.

        An answer given now is newer than all before it, also within the microsecond and
        when a clock was set back.

        :param wording: what was granted, which says for how long; empty for a no
        """
        now = datetime.utcnow()
        if at is None:
            at = now
            if row.since and row.since >= at:
                at = row.since + timedelta(microseconds=1)
        elif at > now:
            raise UserError(
                self.env._("An answer cannot be of the future: correct the date.")
            )
        months = wording and wording.notice["validity_months"]
        until = months and (at + relativedelta(months=months)).replace(microsecond=0)
        return {"at": at, "recorded_at": now, "until": until or None}

    def _prepare_consent_note(self, note):
        if not note:
            return {}
        if not isinstance(note, str) or len(note) > _NOTE_MAX:
            raise UserError(
                self.env._(
                    "A remark is a text of at most %(count)s characters.",
                    count=_NOTE_MAX,
                )
            )
        return {"reason": note} if note in dict(REASONS) else {}
