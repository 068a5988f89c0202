from datetime import time

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

END_OF_DAY = time(23, 59, 59)

SCOPES = [
    ("login", "Login"),
    ("pos", "Till and quotations"),
    ("credit", "Purchase on account"),
    ("marketing", "Marketing"),
]
REASONS = [
    ("unpaid", "Unpaid invoices"),
    ("abuse", "Abuse"),
    ("fraud", "Fraud"),
    ("own_request", "Own request"),
    ("other", "Other reason"),
]
LIFT_REASONS = [
    ("settled", "Settled"),
    ("mistake", "Blocked by mistake"),
    ("own_request", "Own request"),
    ("other", "Other reason"),
]


class CustomerBlock(models.Model):
    """What a customer may not do for a while: one row for each scope of a block.

    Operational state, told by the journal as well. Core's merge moves the rows to the
    customer who remains and deletes those that break a constraint: there is none on
    the customer, so that no block gets lost. Where several are in force, all count.
    """

    _name = "customer.block"
    _description = "Customer Block"
    _order = "since desc, id desc"
    _rec_name = "scope"
    _allow_sudo_commands = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    scope = fields.Selection(SCOPES, string="Blocked for", required=True, readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    since = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    until = fields.Datetime(readonly=True, help="The last moment; empty without end.")
    given_by_id = fields.Many2one(
        "res.users",
        string="Blocked by",
        readonly=True,
        default=lambda self: self.env.uid,
    )
    lifted_at = fields.Datetime(string="Lifted", readonly=True)
    lifted_by_id = fields.Many2one("res.users", string="Lifted by", readonly=True)
    lift_reason = fields.Selection(LIFT_REASONS, readonly=True)
    journal_ref = fields.Integer(string="Row of the journal", readonly=True)
    note = fields.Text(compute="_compute_note")
    in_force = fields.Boolean(compute="_compute_in_force")

    _in_force_index = models.Index("(partner_id, scope) WHERE lifted_at IS NULL")
    _partner_index = models.Index("(partner_id, since)")

    def _compute_note(self):
        """The free text stands where it can be erased: beside the journal."""
        notes = self.env["customer.journal.note"].search(
            [("journal_ref", "in", self.mapped("journal_ref"))]
        )
        bodies = {note.journal_ref: note.body for note in notes}
        for block in self:
            block.note = bodies.get(block.journal_ref, False)

    @api.depends("until", "lifted_at")
    def _compute_in_force(self):
        for block in self:
            block.in_force = block._is_in_force(fields.Datetime.now())

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    @api.model
    def _in_force_domain(self, at):
        """Blocks in force at the instant ``at``; each ends by itself, without a job."""
        return (
            Domain("since", "<=", at)
            & (Domain("until", "=", False) | Domain("until", ">=", at))
            & (Domain("lifted_at", "=", False) | Domain("lifted_at", ">", at))
        )

    def _is_in_force(self, at):
        self.ensure_one()
        return (
            self.since <= at
            and (not self.until or self.until >= at)
            and (not self.lifted_at or self.lifted_at > at)
        )

    def _strictest(self):
        """The block of ``self`` that ends last, one without end before all others."""
        return self.sorted(lambda b: (not b.until, b.until or b.since))[-1:]

    def _label(self, name):
        """What the selection ``name`` of the block says in the reader's language."""
        self.ensure_one()
        return dict(self._fields[name]._description_selection(self.env))[self[name]]

    def _until_text(self):
        """The last day, or the last minute of a block that ends within a day."""
        self.ensure_one()
        if not self.until:
            return ""
        local = fields.Datetime.context_timestamp(self, self.until)
        if local.time() == END_OF_DAY:
            return format_date(self.env, local.date())
        return format_datetime(self.env, self.until, dt_format="short")

    def _sentence(self):
        """Why and how long: ``Unpaid invoices, until 31/12/2025``."""
        self.ensure_one()
        if not self.until:
            return self._label("reason")
        return self.env._(
            "%(reason)s, until %(end)s",
            reason=self._label("reason"),
            end=self._until_text(),
        )

    def _customer_card_block(self, partner):
        """The block as the card of ``partner`` tells it."""
        self.ensure_one()
        holder = self.partner_id
        return {
            "scope": self.scope,
            "scope_label": self._label("scope"),
            "reason": self.reason,
            "reason_label": self._label("reason"),
            "since": fields.Datetime.to_string(self.since),
            "until": fields.Datetime.to_string(self.until) or "",
            "through": holder.display_name if holder != partner else "",
        }

    def _lift(self, reason=False):
        # sudo: written by acts, never by users
        self.sudo().write(
            {
                "lifted_at": fields.Datetime.now(),
                "lifted_by_id": self.env.uid,
                "lift_reason": reason,
            }
        )
