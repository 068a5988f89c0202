from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How well the consents are proved."""

    _inherit = "res.config.settings"

    consent_unsealed = fields.Boolean(compute="_compute_consent_proof")
    consent_verification_state = fields.Selection(
        [("none", "Not verified yet"), ("ok", "Sound"), ("broken", "Broken")],
        string="Ledger of consents",
        compute="_compute_consent_proof",
    )
    consent_verification_at = fields.Datetime(
        string="Last verified", compute="_compute_consent_proof"
    )
    consent_event_count = fields.Integer(
        string="Recorded answers", compute="_compute_consent_proof"
    )

    def _compute_consent_proof(self):
        # sudo: who opens the settings sees whether there is a secret, and what came out;
        # an administrator need not be a customer manager
        last = self.env["consent.verification"].sudo().search([], limit=1)
        unsealed = not self.env["consent.event"]._secret()
        for settings in self:
            settings.consent_unsealed = unsealed
            settings.consent_verification_state = last.state or "none"
            settings.consent_verification_at = last.at
            settings.consent_event_count = last.event_count
