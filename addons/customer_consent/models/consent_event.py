import secrets
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, config

from ..tools import chain

EVENTS = [
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("expired", "Expired"),
    ("reasked", "Asked again"),
    ("imported", "Imported"),
    ("merged", "Merged"),
]
STATES = [
    ("unanswered", "No answer"),
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("expired", "Expired"),
]
CHANNELS = [
    ("pos", "Point of Sale"),
    ("customer_display", "Customer display"),
    ("backend", "Back office"),
    ("portal", "Portal"),
    ("link", "Link"),
    ("web_form", "Web form"),
    ("import", "Import"),
    ("api", "API"),
    ("system", "Scheduled action"),
]
ACTORS = [
    ("customer", "Customer"),
    ("operator", "Operator"),
    ("system", "System"),
]
REASONS = [
    ("in_person", "Told in person"),
    ("phone", "Told by phone"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("paper_form", "Paper form"),
    ("unsubscribed", "Unsubscribed"),
    ("correction", "Correction of a mistake"),
]
_GUARD = "consent_event_guard"


class ConsentEvent(models.Model):
    """The ledger of consents: what was answered, in a chain for each customer.

    Rows are added and nothing else, by ``_append`` alone. They are keyed by the pseudonym
    of the customer, and hold plain values and no foreign key, so that neither a merge nor
    an erasure nor a deleted user ever touches one. Each carries the hash of the one before
    it (``tools/chain.py``), the subject that of the last.

    Fields follow ISO/IEC TS 27560:2023; what is common to all who read one wording stands
    in the frozen ``notice`` of the wording, whose hash the event carries.
    """

    _name = "consent.event"
    _description = "Event of Consent"
    _order = "id desc"
    _log_access = False
    _rec_name = "event"
    _allow_sudo_commands = False

    payload_version = fields.Integer(required=True, readonly=True)
    subject_uuid = fields.Char(size=36, string="Subject", required=True, readonly=True)
    sequence = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="Place in the chain, from 1.",
    )
    event = fields.Selection(EVENTS, required=True, readonly=True)
    state = fields.Selection(
        STATES, string="Answer", required=True, readonly=True, help="After the event."
    )
    purpose_code = fields.Char(string="Purpose code", required=True, readonly=True)
    purpose_ref = fields.Integer(string="Purpose id", required=True, readonly=True)
    company_ref = fields.Integer(string="Controller id", required=True, readonly=True)
    legal_basis = fields.Char(required=True, readonly=True)
    wording_ref = fields.Integer(string="Wording id", readonly=True)
    wording_version = fields.Integer(readonly=True, aggregator=None)
    wording_lang = fields.Char(string="Language", readonly=True)
    wording_hash = fields.Char(size=64, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    actor = fields.Selection(
        ACTORS,
        string="Given by",
        required=True,
        readonly=True,
        help="Whose hand it was.",
    )
    user_ref = fields.Integer(string="User id", required=True, readonly=True)
    employee_ref = fields.Integer(string="Employee id", readonly=True)
    config_ref = fields.Integer(string="Till id", readonly=True)
    order_uuid = fields.Char(size=36, string="Order", readonly=True)
    at = fields.Datetime(
        string="When",
        required=True,
        readonly=True,
        help="When it was answered, in UTC.",
    )
    recorded_at = fields.Datetime(
        string="Recorded", required=True, readonly=True, help="When it arrived here."
    )
    until = fields.Datetime(
        string="Valid until", readonly=True, help="End of what was granted."
    )
    reason = fields.Selection(REASONS, string="Note", readonly=True)
    related_uuid = fields.Char(
        size=36, string="Merged with", readonly=True, help="Subject of another chain."
    )
    source = fields.Char(
        size=64, readonly=True, help="Code of where an import is from."
    )
    key = fields.Char(
        size=64, readonly=True, help="Chosen by the caller: the same key counts once."
    )
    note_hash = fields.Char(size=64, readonly=True)
    key_ref = fields.Char(
        size=8,
        string="Secret",
        readonly=True,
        help="Which secret sealed the event; empty for none.",
    )
    previous_hash = fields.Char(size=64, readonly=True)
    hash = fields.Char(size=64, required=True, readonly=True)

    purpose_id = fields.Many2one(
        "consent.purpose", compute="_compute_purpose_id", compute_sudo=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_partner_id",
        search="_search_partner_id",
        help="Empty once the customer is gone.",
    )
    user_id = fields.Many2one(
        "res.users", string="Who", compute="_compute_user_id", compute_sudo=True
    )
    note = fields.Text(string="Remark", compute="_compute_note")

    _chain_unique = models.UniqueIndex("(subject_uuid, sequence)")
    _key_unique = models.UniqueIndex("(key) WHERE key IS NOT NULL")
    _purpose_index = models.Index("(purpose_ref, at)")
    _related_index = models.Index("(related_uuid) WHERE related_uuid IS NOT NULL")

    # -- reading ----------------------------------------------------------------------

    def _compute_purpose_id(self):
        refs = set(self.mapped("purpose_ref"))
        known = set(self.env["consent.purpose"].browse(refs).exists().ids)
        for event in self:
            event.purpose_id = event.purpose_ref in known and event.purpose_ref

    def _compute_user_id(self):
        known = set(
            self.env["res.users"].browse(set(self.mapped("user_ref"))).exists().ids
        )
        for event in self:
            event.user_id = event.user_ref in known and event.user_ref

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_partner_id(self):
        # sudo: maps pseudonyms to ids; the partners are then filtered by the reader's rights
        subjects = self.env["customer.subject"].sudo()
        found = subjects.search([("uuid", "in", self.mapped("subject_uuid"))])
        by_uuid = {subject.uuid: subject.partner_id for subject in found}
        partners = self.env["res.partner"].with_context(active_test=False)
        visible = set(partners.search([("id", "in", list(by_uuid.values()))]).ids)
        for event in self:
            partner_id = by_uuid.get(event.subject_uuid)
            event.partner_id = partner_id in visible and partner_id

    @api.model
    def _search_partner_id(self, operator, value):
        if operator == "any":
            domain = value
        elif operator == "in":
            domain = [("id", "in", value)]
        elif operator == "ilike":
            domain = [("display_name", "ilike", value)]
        else:
            return NotImplemented
        partners = self.env["res.partner"].with_context(active_test=False)
        # sudo: maps ids that the reader has to pseudonyms
        subjects = self.env["customer.subject"].sudo()
        found = subjects._search([("partner_id", "in", partners._search(domain))])
        return [("subject_uuid", "in", found.subselect("uuid"))]

    @api.depends_context("uid")
    def _compute_note(self):
        notes = self.env["consent.event.note"]
        if notes.has_access("read"):
            notes = notes.search([("event_ref", "in", self.ids)])
        bodies = {note.event_ref: note.body for note in notes}
        for event in self:
            event.note = bodies.get(event.id, False)

    def _as_dict(self):
        """What the current answer is made from; see ``consent.state._after``."""
        self.ensure_one()
        return {
            "purpose_ref": self.purpose_ref,
            "event": self.event,
            "state": self.state,
            "at": self.at,
            "until": self.until or None,
            "wording_ref": self.wording_ref or None,
            "channel": self.channel,
            "sequence": self.sequence,
        }

    # -- writing ----------------------------------------------------------------------

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The ledger of consents is never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The ledger of consents is never rewritten."))

    @api.model
    def _secrets(self):
        """The keys of the seals: ``customer_consent_key`` of Odoo's configuration.

        Separated by commas; the first one seals, the others are former ones.

        :return: dict of ``chain.key_ref`` to bytes, the empty key among them
        """
        texts = (config.get("customer_consent_key") or "").split(",")
        keys = [text.strip().encode() for text in texts if text.strip()]
        return {chain.key_ref(key): key for key in [*keys, b""]}

    @api.model
    def _secret(self):
        """The key that seals what is written now; empty where there is none."""
        return next(iter(self._secrets().values()))

    @api.model
    def _append(self, subject_uuid, values_list, note=None):
        """Add events to the chain of a subject, and nothing else does.

        The subject's row is locked: whoever began before another one ended collides, and
        is run again by Odoo, so that a chain never forks.

        :param list values_list: of dict by column, in their order
        :param str note: free text about the last, kept where it can be erased
        :return: the events
        """
        # sudo: the ledger is written by acts, never by users
        subject = self.env["customer.subject"].sudo()._lock_consents(subject_uuid)
        secret = self._secret()
        sequence, last = subject.consent_sequence, subject.consent_hash or ""
        salt = secrets.token_hex(16)
        rows = []
        for values in values_list:
            sequence += 1
            row = {
                **dict.fromkeys(chain.PAYLOAD[chain.VERSION]),
                **values,
                "payload_version": chain.VERSION,
                "subject_uuid": subject_uuid,
                "sequence": sequence,
                "key_ref": chain.key_ref(secret),
            }
            if note and values is values_list[-1]:
                row["note_hash"] = self.env["customer.journal"]._hash_note(salt, note)
            row.update(previous_hash=last, hash=chain.link(secret, row, last))
            last = row["hash"]
            rows.append(row)
        events = self.sudo().create(rows)  # sudo: as above
        subject._end_consents(sequence, last)
        if note:
            # sudo: as above
            self.env["consent.event.note"].sudo().create(
                {
                    "event_ref": events[-1].id,
                    "company_ref": events[-1].company_ref,
                    "salt": salt,
                    "body": note,
                }
            )
        return events

    # -- the guard in the database ----------------------------------------------------

    def init(self):
        """Have PostgreSQL refuse what the ORM refuses. Nothing fires at INSERT: a dump
        is restored as it is."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(guard)s() RETURNS trigger
                LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'The ledger of consents is never rewritten (%%).', TG_OP
                        USING ERRCODE = 'insufficient_privilege';
                END $$
                """,
                guard=SQL.identifier(_GUARD),
            )
        )
        for name, when, each in (
            ("consent_event_no_change", "UPDATE OR DELETE", "ROW"),
            ("consent_event_no_truncate", "TRUNCATE", "STATEMENT"),
        ):
            cr.execute(
                SQL(
                    "CREATE OR REPLACE TRIGGER %s BEFORE %s ON consent_event"
                    " FOR EACH %s EXECUTE FUNCTION %s()",
                    SQL.identifier(name),
                    SQL(when),
                    SQL(each),
                    SQL.identifier(_GUARD),
                )
            )

    @api.model
    @contextmanager
    def _unguarded(self):
        """For migrations only: the ledger's table can be changed in this block."""
        cr = self.env.cr
        cr.execute("ALTER TABLE consent_event DISABLE TRIGGER USER")
        yield
        cr.execute("ALTER TABLE consent_event ENABLE TRIGGER USER")

    @api.model
    def _drop_guard(self):
        """Take the triggers away, with their function, before the module goes."""
        self.env.cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(_GUARD))
        )
