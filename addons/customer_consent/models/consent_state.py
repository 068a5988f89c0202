from datetime import datetime

from odoo import api, fields, models

from .consent_event import CHANNELS, STATES

# Rule of the suite where two answers meet at one instant: the most restrictive wins.
RESTRICTIVE = {
    "unanswered": 0,
    "granted": 1,
    "expired": 2,
    "refused": 3,
    "withdrawn": 3,
}

# What an answer is read for, wherever one is: fetched with the search.
ANSWER = (
    "purpose_id",
    "state",
    "since",
    "until",
    "asked_at",
    "wording_id",
    "channel",
    "sequence",
)


class ConsentState(models.Model):
    """The current answer of a subject for a purpose, derived from the ledger.

    ``_after`` says how an event changes it, and is the only place that does: what is
    written with each event is what ``_rebuild`` makes of all of them.
    """

    _name = "consent.state"
    _description = "Current Consent"
    _order = "since desc, id desc"
    _log_access = False
    _rec_name = "state"
    _allow_sudo_commands = False

    subject_uuid = fields.Char(size=36, string="Subject", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    purpose_id = fields.Many2one(
        "consent.purpose",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="purpose_id.company_id", string="Controller", store=True
    )
    state = fields.Selection(STATES, string="Answer", required=True, readonly=True)
    since = fields.Datetime(readonly=True, index=True, help="When it was answered.")
    until = fields.Datetime(string="Valid until", readonly=True)
    asked_at = fields.Datetime(string="Asked again", readonly=True)
    wording_id = fields.Many2one(
        "consent.wording", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    channel = fields.Selection(CHANNELS, readonly=True)
    sequence = fields.Integer(
        readonly=True, aggregator=None, help="Event of the chain that it comes from."
    )
    is_granted = fields.Boolean(
        string="Consents now",
        compute="_compute_is_granted",
        search="_search_is_granted",
        help="Granted, and not expired.",
    )

    _subject_unique = models.UniqueIndex("(subject_uuid, purpose_id)")
    # a merge has emptied the source's before core's hands rows over
    _partner_unique = models.UniqueIndex("(partner_id, purpose_id)")
    _until_index = models.Index("(until) WHERE state = 'granted'")

    @api.depends("state", "until")
    def _compute_is_granted(self):
        for row in self:
            row.is_granted = row._state_now() == "granted"

    @api.model
    def _search_is_granted(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        wanted = {bool(flag) for flag in value}
        granted = fields.Domain("state", "=", "granted") & (
            fields.Domain("until", "=", False) | fields.Domain("until", ">", now)
        )
        if len(wanted) != 1:
            return fields.Domain.TRUE if wanted else fields.Domain.FALSE
        return granted if True in wanted else ~granted

    def _state_now(self):
        """The answer, and that an expired consent is none, whether or not the daily job
        has been there."""
        self.ensure_one()
        if (
            self.state == "granted"
            and self.until
            and self.until <= fields.Datetime.now()
        ):
            return "expired"
        return self.state

    def _permissiveness(self):
        """Sorts first what counts where two answers meet: of noes the latest, of yeses the
        oldest."""
        self.ensure_one()
        rank = RESTRICTIVE[self._state_now()]
        since = (self.since or datetime.min) - datetime.min
        return (-rank, since if rank == RESTRICTIVE["granted"] else -since)

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    @api.model
    def _of(self, subject_uuid, purpose):
        # sudo: rows are found by acts that have checked who may
        return self.sudo().search_fetch(
            [("subject_uuid", "=", subject_uuid), ("purpose_id", "=", purpose.id)],
            ANSWER,
        )

    @api.model
    def _after(self, current, event):
        """The answer after an event.

        An answer that arrives late counts from when it was given: a newer one stays. What a
        merge came to was settled when it was written.

        :param dict current: ``state``, ``since``, ``until``, ``asked_at``, … so far, None
            before the first event
        :param event: row of the ledger, as a dict
        :return: dict of the same
        """
        current = current or {
            "state": "unanswered",
            "since": None,
            "until": None,
            "asked_at": None,
            "wording_id": None,
            "channel": None,
            "sequence": 0,
        }
        if event["event"] == "reasked":
            return {**current, "asked_at": event["at"]}
        if event["event"] == "expired":
            # of the consent that ends then, and of no later one
            ends = current["state"] == "granted" and current["until"] == event["until"]
            return {**current, "state": "expired"} if ends else current
        if current["since"] and event["event"] != "merged":
            newer = (event["at"], RESTRICTIVE[event["state"]])
            if newer < (current["since"], RESTRICTIVE[current["state"]]):
                return current
        return {
            "state": event["state"],
            "since": event["at"] if event["state"] != "unanswered" else None,
            "until": event["until"],
            "asked_at": current["asked_at"],
            "wording_id": event["wording_ref"],
            "channel": event["channel"],
            "sequence": event["sequence"],
        }

    @api.model
    def _update(self, partner, events):
        """Carry events that were just written over to the answers of their subject."""
        for event in events:
            purpose = self.env["consent.purpose"].browse(event.purpose_ref)
            row = self._of(event.subject_uuid, purpose)
            before = row._as_dict() if row else None
            after = self._after(before, event._as_dict())
            if after == before:
                continue
            if row:
                row.write(after)
            else:
                # sudo: written with the ledger, never by users
                self.sudo().create(
                    {
                        "subject_uuid": event.subject_uuid,
                        "partner_id": partner.id,
                        "purpose_id": purpose.id,
                        **after,
                    }
                )

    def _as_dict(self):
        self.ensure_one()
        return {
            "state": self.state,
            "since": self.since or None,
            "until": self.until or None,
            "asked_at": self.asked_at or None,
            "wording_id": self.wording_id.id or None,
            "channel": self.channel or None,
            "sequence": self.sequence,
        }

    @api.model
    def _folded(self, events):
        """The answers that come of the events of one subject.

        :param events: rows of the ledger in their order, as dict
        :return: dict of id of purpose to dict as of ``_after``
        """
        current = {}
        for event in events:
            purpose_id = event["purpose_ref"]
            current[purpose_id] = self._after(current.get(purpose_id), event)
        return current

    @api.model
    def _rebuild(self, subject_uuid):
        """Make the answers of a subject anew from the ledger, whatever they were.

        Whoever was merged or deleted has none.
        """
        # sudo: derived from what was written, for whoever may ask
        events, states = self.env["consent.event"].sudo(), self.sudo()
        found = events.search([("subject_uuid", "=", subject_uuid)], order="sequence")
        states.search([("subject_uuid", "=", subject_uuid)]).unlink()
        # sudo: as above
        subjects = self.env["customer.subject"].sudo()
        subject = subjects.search([("uuid", "=", subject_uuid), ("live", "=", True)])
        partner = self.env["res.partner"].browse(subject.partner_id).exists()
        if not partner:
            return states.browse()
        return states.create(
            [
                {
                    "subject_uuid": subject_uuid,
                    "partner_id": partner.id,
                    "purpose_id": purpose_id,
                    **values,
                }
                for purpose_id, values in self._folded(
                    event._as_dict() for event in found
                ).items()
            ]
        )
