from odoo import fields, models


class CustomerJournalNote(models.Model):
    """Free text about a row of the journal, erased with the person it speaks of."""

    _name = "customer.journal.note"
    _description = "Note of the Customer Journal"
    _log_access = False
    _rec_name = "journal_ref"

    journal_ref = fields.Integer(required=True, readonly=True)
    company_ref = fields.Integer(string="Company id", readonly=True)
    salt = fields.Char(size=32, required=True, readonly=True)
    body = fields.Text(required=True, readonly=True)

    _journal_unique = models.UniqueIndex("(journal_ref)")
