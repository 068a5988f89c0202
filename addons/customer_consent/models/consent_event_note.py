from odoo import fields, models


class ConsentEventNote(models.Model):
    """Free text about an event, erased with the person: the event only commits to it."""

    _name = "consent.event.note"
    _description = "Remark on an Event of Consent"
    _log_access = False
    _rec_name = "event_ref"

    event_ref = fields.Integer(required=True, readonly=True)
    company_ref = fields.Integer(string="Controller id", readonly=True)
    salt = fields.Char(size=32, required=True, readonly=True)
    body = fields.Text(required=True, readonly=True)

    _event_unique = models.UniqueIndex("(event_ref)")
