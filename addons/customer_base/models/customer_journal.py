import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError


class ActingEmployee(int):
    """Id of the employee who acts in the name of a till's user.

    The context key ``customer_employee_ref`` counts only with this class, which no call
    from outside can put there: who acted is not for the caller to claim.
    """


class CustomerJournal(models.Model):
    """Who did what of consequence to a customer: append-only, without personal data.

    Rows are keyed by the pseudonym of the customer and hold plain values, no foreign
    key, so that neither a merge nor an erasure ever has to touch them. Free text stands
    in ``customer.journal.note``, which can be erased: the row only commits to it.
    """

    _name = "customer.journal"
    _description = "Customer Journal"
    _order = "id desc"
    _log_access = False
    _rec_name = "event"

    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )
    subject_uuid = fields.Char(size=36, string="Subject", required=True, readonly=True)
    event = fields.Selection(
        [
            ("deleted", "Deleted"),
            ("type_renewed", "Type renewed"),
            ("blocked", "Blocked"),
            ("unblocked", "Unblocked"),
            ("block_overridden", "Sold despite a block"),
            ("whatsapp", "WhatsApp opened"),
            ("account_granted", "Invited to the online account"),
            ("reset_sent", "Mail for a new password"),
            ("sessions_ended", "Logged out of every device"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(string="Reason code", readonly=True)
    channel = fields.Selection(
        [
            ("backend", "Back office"),
            ("pos", "Point of Sale"),
            ("portal", "Portal"),
            ("api", "API"),
            ("cron", "Scheduled action"),
        ],
        required=True,
        readonly=True,
    )
    user_ref = fields.Integer(string="User id", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Who", compute="_compute_user_id", compute_sudo=True
    )
    employee_ref = fields.Integer(string="Employee id", readonly=True)
    company_ref = fields.Integer(string="Company id", readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_partner_id",
        help="Empty once the customer is gone.",
    )
    details = fields.Json(readonly=True, help="Ids and codes only.")
    note_hash = fields.Char(size=64, readonly=True)

    _subject_index = models.Index("(subject_uuid, id)")

    def _compute_user_id(self):
        users = self.env["res.users"].browse(set(self.mapped("user_ref"))).exists()
        by_id = {user.id: user for user in users}
        for row in self:
            row.user_id = by_id.get(row.user_ref)

    def _compute_partner_id(self):
        # sudo: maps pseudonyms to ids; the partners are then filtered by the reader's rights
        subjects = (
            self.env["customer.subject"]
            .sudo()
            .search([("uuid", "in", self.mapped("subject_uuid"))])
        )
        by_uuid = {subject.uuid: subject.partner_id for subject in subjects}
        partners = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search([("id", "in", list(by_uuid.values()))])
        )
        visible = {partner.id: partner for partner in partners}
        for row in self:
            row.partner_id = visible.get(by_uuid.get(row.subject_uuid), False)

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The customer journal is never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The customer journal is never rewritten."))

    @api.model
    def _log(
        self, subject_uuid, event, reason=None, channel=None, note=None, **details
    ):
        """Add a row in the transaction of the act.

        :param str reason: code, never free text
        :param str note: free text, kept apart where it can be erased
        :param details: ids and codes as JSON, no personal data
        """
        employee = self.env.context.get("customer_employee_ref")
        values = {
            "subject_uuid": subject_uuid,
            "event": event,
            "reason": reason,
            "channel": channel or self._context_channel(),
            "user_ref": self.env.uid,
            "employee_ref": isinstance(employee, ActingEmployee) and int(employee),
            "company_ref": self.env.company.id,
            "details": details or None,
        }
        salt = secrets.token_hex(16)
        if note:
            values["note_hash"] = self._hash_note(salt, note)
        # sudo: the journal is written by acts, never by users
        row = self.sudo().create([values])
        if note:
            self.env["customer.journal.note"].sudo().create(  # sudo: as above
                {
                    "journal_ref": row.id,
                    "company_ref": row.company_ref,
                    "salt": salt,
                    "body": note,
                }
            )
        return row

    @api.model
    def _context_channel(self):
        """The channel of the caller; what a caller may not claim counts as unsaid."""
        channel = self.env.context.get("customer_channel")
        return channel if channel in ("pos", "portal", "api") else "backend"

    @api.model
    def _hash_note(self, salt, note):
        return hashlib.sha256(f"{salt}\n{note}".encode()).hexdigest()
