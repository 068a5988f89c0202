from odoo import fields, models
from odoo.tools import SQL

from ..tools import chain


class CustomerSubject(models.Model):
    """The end of the subject's chain of consents."""

    _inherit = "customer.subject"

    consent_sequence = fields.Integer(readonly=True, help="Events in the chain.")
    consent_hash = fields.Char(size=64, readonly=True, help="Hash of the last event.")
    consent_seal = fields.Char(
        size=64,
        readonly=True,
        help="Vouches for the two above: who takes the last event away cannot make the "
        "seal of the one before.",
    )

    def _lock_consents(self, uuid):
        """The subject of ``uuid``, locked until the end of the transaction."""
        self.flush_model()
        self.env.cr.execute(
            SQL("SELECT id FROM customer_subject WHERE uuid = %s FOR UPDATE", uuid)
        )
        subject = self.browse(self.env.cr.fetchone()[0])
        subject.invalidate_recordset(["consent_sequence", "consent_hash"])
        return subject

    def write(self, vals):
        """Seal anew what the seal vouches for."""
        result = super().write(vals)
        if not {"partner_id", "live", "consent_sequence"}.isdisjoint(vals):
            secret = self.env["consent.event"]._secret()
            for subject in self.filtered("consent_sequence"):
                super(CustomerSubject, subject).write(
                    {"consent_seal": chain.head(secret, subject)}
                )
        return result

    def _end_consents(self, sequence, last):
        self.write({"consent_sequence": sequence, "consent_hash": last})
