from odoo import api, fields, models
from odoo.exceptions import AccessError


class LoyaltyAdjustment(models.Model):
    """Who changed a balance by hand, and by how much: append-only.

    Plain values without foreign keys, so that neither a merge nor an erasure has to touch
    a row. The reason stands on the line of the card, and in the journal's note.
    """

    _name = "loyalty.adjustment"
    _description = "Adjustment of a Balance"
    _order = "id desc"
    _log_access = False
    _rec_name = "at"

    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )
    card_ref = fields.Integer(string="Card id", required=True, readonly=True)
    history_ref = fields.Integer(string="Line id", required=True, readonly=True)
    program_ref = fields.Integer(string="Programme id", readonly=True)
    subject_uuid = fields.Char(size=36, string="Subject", readonly=True)
    delta = fields.Float(string="Change", required=True, readonly=True)
    balance = fields.Float(string="Balance after", required=True, readonly=True)
    user_ref = fields.Integer(string="User id", required=True, readonly=True)
    employee_ref = fields.Integer(string="Employee id", readonly=True)
    company_ref = fields.Integer(string="Company id", readonly=True)
    journal_ref = fields.Integer(string="Journal row id", readonly=True)

    card_id = fields.Many2one("loyalty.card", compute="_compute_records")
    program_id = fields.Many2one("loyalty.program", compute="_compute_records")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_records"
    )
    user_id = fields.Many2one("res.users", string="Who", compute="_compute_records")
    reason = fields.Char(compute="_compute_records")

    _card_index = models.Index("(card_ref)")

    def _compute_records(self):
        # sudo: whoever reads the row reads what it is about
        env = self.sudo().with_context(active_test=False).env

        def found(model, refs):
            records = env[model].browse(set(refs)).exists()
            return {record.id: record for record in records}

        cards = found("loyalty.card", self.mapped("card_ref"))
        programs = found("loyalty.program", self.mapped("program_ref"))
        users = found("res.users", self.mapped("user_ref"))
        lines = found("loyalty.history", self.mapped("history_ref"))
        for row in self:
            row.card_id = cards.get(row.card_ref)
            row.program_id = programs.get(row.program_ref)
            row.partner_id = cards[row.card_ref].partner_id if row.card_id else False
            row.user_id = users.get(row.user_ref)
            line = lines.get(row.history_ref)
            row.reason = line.description if line else False

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("Adjustments are never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Adjustments are never rewritten."))

    @api.model
    def _log(self, line, delta, reason):
        """Write down an adjustment that ``line`` of the history made."""
        card = line.card_id
        subject, journal = False, self.env["customer.journal"]
        if card.partner_id:
            subject = card.partner_id._ensure_customer_uuid()
            journal = journal._log(
                subject,
                "points_adjusted",
                note=reason,
                card=card.id,
                line=line.id,
                delta=delta,
            )
        # sudo: written by the act, never by users
        return self.sudo().create(
            [
                {
                    "card_ref": card.id,
                    "history_ref": line.id,
                    "program_ref": card.program_id.id,
                    "subject_uuid": subject,
                    "delta": delta,
                    "balance": card.points,
                    "user_ref": self.env.uid,
                    "employee_ref": line.employee_ref,
                    "company_ref": card.company_id.id or self.env.company.id,
                    "journal_ref": journal.id,
                }
            ]
        )
