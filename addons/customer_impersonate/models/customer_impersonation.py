from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request

REASONS = [
    ("order", "Order for the customer"),
    ("help", "Help with the account"),
    ("complaint", "Complaint"),
    ("check", "Check what the customer sees"),
    ("other", "Other reason"),
]
ENDS = [
    ("left", "Left"),
    ("expired", "Time was over"),
    ("silent", "Window was closed"),
    ("login", "The customer logged in"),
    ("account", "The account changed or was blocked"),
    ("operator", "The colleague lost the right"),
    ("colleague", "Ended by a colleague"),
    ("unused", "Link not used"),
]

SESSION_KEY = "customer_acting"


class CustomerImpersonation(models.Model):
    """Who acted as which customer, when, why and until when: append-only.

    A row is made with the link that begins it. What happens later fills columns that are
    empty, once; nothing is rewritten. Plain values without foreign keys, keyed by the
    pseudonym of the customer, as all ledgers. The words of the operator stand beside the
    journal, where they can be erased.
    """

    _name = "customer.impersonation"
    _description = "Acting as a Customer"
    _order = "id desc"
    _log_access = False
    _rec_name = "asked_at"
    _allow_sudo_commands = False

    subject_uuid = fields.Char(size=36, string="Subject", required=True, readonly=True)
    account_ref = fields.Integer(string="Account id", required=True, readonly=True)
    user_ref = fields.Integer(string="User id", required=True, readonly=True)
    employee_ref = fields.Integer(string="Employee id", readonly=True)
    company_ref = fields.Integer(string="Company id", required=True, readonly=True)
    journal_ref = fields.Integer(string="Row of the journal", readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    read_only = fields.Boolean(string="Looking only", readonly=True)
    minutes = fields.Integer(required=True, readonly=True)
    elsewhere = fields.Boolean(
        string="In another browser",
        readonly=True,
        help="Begun by a link in a browser where nobody had to be logged in.",
    )
    asked_at = fields.Datetime(
        string="Asked", required=True, readonly=True, default=fields.Datetime.now
    )
    started_at = fields.Datetime(string="Start", readonly=True)
    expires_at = fields.Datetime(string="At the latest until", readonly=True)
    ended_at = fields.Datetime(string="End", readonly=True)
    ended_how = fields.Selection(ENDS, string="How it ended", readonly=True)
    ip = fields.Char(string="IP address", readonly=True)
    state = fields.Selection(
        [("waiting", "Link made"), ("acting", "Acting"), ("ended", "Ended")],
        compute="_compute_state",
    )

    # the proof of the link and of the browser: hashes, read by nobody
    link_hash = fields.Char(size=64, readonly=True, groups=fields.NO_ACCESS)
    link_until = fields.Datetime(readonly=True)
    asked_in = fields.Char(size=64, readonly=True, groups=fields.NO_ACCESS)
    browser_hash = fields.Char(size=64, readonly=True, groups=fields.NO_ACCESS)
    # the last sign of life; the one column that is written again and again
    seen_at = fields.Datetime(string="Last sign of life", readonly=True)

    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_records"
    )
    user_id = fields.Many2one("res.users", string="Who", compute="_compute_records")
    note = fields.Text(compute="_compute_note")

    _link_unique = models.UniqueIndex("(link_hash)")
    _subject_index = models.Index("(subject_uuid, id)")
    _open_index = models.Index("(account_ref) WHERE ended_at IS NULL")

    @api.depends("started_at", "ended_at")
    def _compute_state(self):
        for row in self:
            if row.ended_at:
                row.state = "ended"
            else:
                row.state = "acting" if row.started_at else "waiting"

    def _compute_records(self):
        # sudo: whoever reads the row reads whom it is about
        env = self.sudo().with_context(active_test=False).env
        subjects = env["customer.subject"].search(
            [("uuid", "in", self.mapped("subject_uuid"))]
        )
        redirects = env["customer.redirect"].search(
            [("old_id", "in", subjects.mapped("partner_id"))]
        )
        merged = {redirect.old_id: redirect.new_id for redirect in redirects}
        by_uuid = {s.uuid: merged.get(s.partner_id, s.partner_id) for s in subjects}
        partners = env["res.partner"].browse(set(by_uuid.values())).exists()
        users = env["res.users"].browse(set(self.mapped("user_ref"))).exists()
        for row in self:
            partner_id = by_uuid.get(row.subject_uuid)
            row.partner_id = partner_id if partner_id in partners._ids else False
            row.user_id = row.user_ref if row.user_ref in users._ids else False

    def _compute_note(self):
        """Read by those who read the journal's notes."""
        notes = self.env["customer.journal.note"]
        if notes.has_access("read"):
            notes = notes.search([("journal_ref", "in", self.mapped("journal_ref"))])
        bodies = {note.journal_ref: note.body for note in notes}
        for row in self:
            row.note = bodies.get(row.journal_ref, False)

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The log of acting is never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The log of acting is never rewritten."))

    def _fill(self, vals):
        """Fill columns of the log that are empty; at once, before sessions are swapped.

        A read-only connection refuses here, and Odoo repeats the request on another one.
        """
        self.ensure_one()
        assert not any(self[name] for name in vals)
        result = super().write(vals)
        self.flush_recordset()
        return result

    @api.model
    def _current(self):
        """The row of the request that is served, empty when nobody acts in it.

        ``ir.http`` says so, once it has checked the session.
        """
        row_id = getattr(request, "customer_acting", None) if request else None
        if not isinstance(
            row_id, int
        ):  # a request that tests made up has any attribute
            row_id = None
        # sudo: a customer's request, in which every rule about acting is applied
        return self.sudo().browse(row_id or [])
