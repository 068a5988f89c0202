from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .consent_event import CHANNELS
from .consent_state import ANSWER

# What a caller from outside may say of where an answer was given. A link and a web form
# are the server's own to say, the display the till's, and the portal its user's.
_CLAIMED = frozenset({"pos", "backend", "api"})


class ResPartner(models.Model):
    """Consents as tills, portals and other systems set and read them."""

    _inherit = "res.partner"

    def consent_set(
        self, purpose, granted, channel, wording_id=None, note=None, key=None
    ):
        """Note the customer's answer for a purpose; the latest one counts.

        :param str purpose: code of the ``consent.purpose``
        :param bool granted: yes or no; a no to what was granted is a withdrawal
        :param str channel: ``pos``, ``backend`` or ``api``; a customer in the portal:
            ``portal``
        :param int wording_id: the published ``consent.wording`` that was read; by default
            the one in force in the customer's language
        :param str note: one of the codes of ``consent.event.reason``, or free text, which
            is kept where it can be erased
        :param str key: chosen once for this answer, at most 64 characters: sent again it
            writes nothing
        :return: dict, the item of ``consent_get`` for this purpose
        :raise AccessError: for users without the Customers app, for a customer in the
            portal who names somebody else, and for a colleague who acts as the customer
        :raise UserError: for an unknown purpose or one given up, an unpublished wording, a
            channel that is not the caller's to claim, a customer of another company
        """
        self.ensure_one()
        self._check_consent_caller("write", channel)
        return self._consent_set(
            purpose, granted, channel, wording_id=wording_id, note=note, key=key
        )

    def consent_get(self):
        """The customer's current answers.

        :return: list of dict ``{"purpose", "state", "since", "until", "wording",
            "channel"}`` and the purpose's ``name``, one for each purpose of the user's
            companies; ``state`` is ``unanswered``, ``granted``, ``refused``, ``withdrawn``
            or ``expired``, instants are in UTC, what is not is False
        :raise AccessError: as of ``consent_set``
        """
        self.ensure_one()
        self._check_consent_caller("read")
        return [
            self._consent_item(purpose, row)
            for purpose, row in self._consent_rows().items()
        ]

    def consent_history(self):
        """Every event of the customer's consents, the latest first.

        Those of whoever was merged into the customer are among them.

        :return: list of dict ``{"id", "purpose", "name", "event", "state", "at",
            "recorded_at", "until", "channel", "actor", "operator", "wording", "version",
            "lang", "reason", "note"}``; operators are told to colleagues only, remarks to managers
        :raise AccessError: as of ``consent_set``
        """
        self.ensure_one()
        self._check_consent_caller("read")
        return self.env["consent.event"]._history(self)

    # -- who may ----------------------------------------------------------------------

    def _check_consent_caller(self, operation, channel=None):
        """Refuse who may not read or write the consents of this customer.

        :param str channel: where an answer was given, as the caller says
        """
        user = self.env.user
        if channel is not None and channel not in dict(CHANNELS):
            raise UserError(
                self.env._("“%(channel)s” is no channel.", channel=str(channel)[:40])
            )
        if self.env.su:
            return
        if user._is_portal():
            if self != user.partner_id:
                raise AccessError(
                    self.env._("These consents are somebody else's, not yours.")
                )
            allowed = {"portal"}
        else:
            self._check_customer_user()
            self._fetch_for_consents()
            self.check_access(operation)
            allowed = _CLAIMED
        if channel is not None and channel not in allowed:
            raise UserError(
                self.env._(
                    "That an answer came by “%(channel)s” is not for the caller to say.",
                    channel=channel,
                )
            )

    def _fetch_for_consents(self):
        """Read the few columns that rules and answers look at, and not the customer's
        hundred others: the ORM would, for the first of them."""
        # sudo: into the cache, which tells them to nobody without asking for the right
        self.sudo().fetch(
            [
                "active",
                "commercial_partner_id",
                "company_id",
                "is_customer",
                "lang",
                "parent_id",
                "partner_share",
                "type",
            ]
        )

    # -- reading ----------------------------------------------------------------------

    def _consent_company_ids(self):
        """Of the controllers that concern the customer: the user's companies and theirs."""
        self.ensure_one()
        company = self.sudo().company_id  # sudo: a portal user reads no company
        return company.ids or self.env.companies.ids

    def _consent_rows(self):
        """Dict of purpose to the customer's ``consent.state``, empty where there is none.

        What was answered is among them when it is asked no more, or by a company that the
        customer has left: it can still be withdrawn.
        """
        # sudo: who may read was checked by the caller
        rows = self.env["consent.state"].sudo()
        rows = rows.search_fetch([("partner_id", "=", self.id)], ANSWER)
        by_purpose = {row.purpose_id.id: row for row in rows}
        asked = Domain("company_id", "in", self._consent_company_ids())
        answered = Domain("id", "in", list(by_purpose))
        if self._consent_by_colleague():
            answered &= Domain("company_id", "in", self.env.companies.ids)
        # sudo: what customers are asked is no secret
        purposes = self.env["consent.purpose"].sudo().with_context(active_test=False)
        found = purposes.search_fetch(
            asked & Domain("active", "=", True) | answered, ["code", "name", "active"]
        )
        # those given up stand last
        return {
            purpose: by_purpose.get(purpose.id, rows.browse())
            for purpose in found.sorted(lambda p: not p.active).with_env(rows.env)
        }

    def _consent_by_colleague(self):
        """Whether a colleague asks, who sees what is of their companies, and not the
        customer, who sees all that is theirs."""
        return not self.env.su and self.env.user._is_internal()

    def _consent_item(self, purpose, row):
        """One item of ``consent_get``."""
        return {
            "purpose": purpose.code,
            "name": purpose.name,
            "state": row._state_now() if row else "unanswered",
            "since": str(row.since.replace(microsecond=0)) if row.since else False,
            "until": str(row.until.replace(microsecond=0)) if row.until else False,
            "wording": row.wording_id.id,
            "channel": row.channel,
        }

    def _consent_events(self):
        """All events of the customer and of those merged into them, the latest first."""
        # sudo: who may read was checked by the caller
        events = self.env["consent.event"].sudo()
        return events.browse(row["id"] for row in events._history_rows(self))
