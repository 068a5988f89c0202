from odoo import api, fields, models


class ConsentPurpose(models.Model):
    """What is left to do before customers can be asked, and drafts to begin with."""

    _inherit = "consent.purpose"

    is_in_use = fields.Boolean(
        compute="_compute_missing_langs", help="A wording is published."
    )
    missing_langs = fields.Char(
        string="No wording yet in",
        compute="_compute_missing_langs",
        help="Customers who read these languages are asked in another one.",
    )

    @api.depends("wording_ids.published_at", "wording_ids.lang")
    @api.depends_context("lang")
    def _compute_missing_langs(self):
        installed = self.env["res.lang"].get_installed()
        for purpose in self:
            published = purpose.wording_ids.filtered("published_at")
            known = set(published.mapped("lang"))
            purpose.is_in_use = bool(published)
            purpose.missing_langs = ", ".join(
                name for code, name in installed if code not in known
            )

    def _draft_wordings(self):
        """Write the draft of each starter purpose, in each language that has one.

        Nothing is published: the shop reads them, makes them its own, and publishes.
        """
        for code, _name in self.env["res.lang"].get_installed():
            drafts = self.with_context(lang=code)._get_draft_bodies()
            english = self.with_context(lang="en_US")._get_draft_bodies()
            for purpose in self:
                body = drafts.get(purpose.code)
                translated = code.startswith("en") or body != english[purpose.code]
                if translated and not purpose.wording_ids.filtered(
                    lambda w, code=code: w.lang == code
                ):
                    purpose.wording_ids.create(
                        {"purpose_id": purpose.id, "lang": code, "body": body}
                    )

    @api.model
    def _get_draft_bodies(self):
        """Drafts by code of the purpose, in the language of the context."""
        return {
            "newsletter_email": self.env._(
                "Yes, send me news and offers by e-mail. I can change my mind at any "
                "time, with one click in every message or in the shop."
            ),
            "newsletter_sms": self.env._(
                "Yes, send me news and offers by text message (SMS). I can change my "
                "mind at any time, by answering the message or in the shop."
            ),
            "purchase_analysis": self.env._(
                "Yes, you may look at what I buy to choose offers that suit me. I can "
                "change my mind at any time, in my account or in the shop; my purchases "
                "and guarantees stay as they are."
            ),
            "loyalty_terms": self.env._(
                "I join the loyalty programme and accept its terms: you keep my name, my "
                "contact details and my purchases to count my points. I can leave the "
                "programme at any time."
            ),
        }
