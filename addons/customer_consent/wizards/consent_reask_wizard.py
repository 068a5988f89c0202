from odoo import api, fields, models
from odoo.exceptions import UserError


class ConsentReaskWizard(models.TransientModel):
    """Shows who would be asked for a consent by e-mail and who not, and asks.

    It protects nothing: whom is decided by ``res.partner.consent_reask``.
    """

    _name = "consent.reask.wizard"
    _description = "Ask for a Consent by E-mail"

    partner_ids = fields.Many2many("res.partner", string="Customers", readonly=True)
    purpose_id = fields.Many2one("consent.purpose", string="Consent")
    days = fields.Integer(
        string="Not asked within (days)",
        default=90,
        help="Customers who were asked later than that are left alone.",
    )
    selected_count = fields.Integer(compute="_compute_counts", string="Selected")
    ready_count = fields.Integer(compute="_compute_counts", string="Will be asked")
    left_out = fields.Text(compute="_compute_counts", string="Left out")
    problem = fields.Char(compute="_compute_counts")
    sent_count = fields.Integer(readonly=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if not values.get("purpose_id"):
            askable = self.env["consent.purpose"].search(
                [
                    ("ask_in_portal", "=", True),
                    ("legal_basis", "=", "consent"),
                    ("wording_ids.published_at", "!=", False),
                ],
                limit=1,
            )
            values["purpose_id"] = askable.id
        return values

    @api.depends("partner_ids", "purpose_id", "days", "sent_count")
    def _compute_counts(self):
        for wizard in self:
            partners = wizard.partner_ids._origin
            wizard.selected_count = len(partners)
            wizard.ready_count = 0
            wizard.left_out = wizard.problem = False
            if not wizard.purpose_id:
                continue
            purpose = wizard.purpose_id.sudo()  # sudo: as ``_find`` gives it
            try:
                partners._check_consent_reask(purpose, wizard.days)
            except UserError as problem:
                wizard.problem = str(problem)
                continue
            groups = partners._consent_reask_groups(purpose, wizard.days)
            wizard.ready_count = len(groups.pop("", ()))
            wizard.left_out = wizard._describe_left_out(groups)

    def _describe_left_out(self, groups):
        """A line for each reason, the most frequent first."""
        labels = {
            "no_customer": self.env._("Archived, or no customer"),
            "company": self.env._("Of another company"),
            "refused": self.env._("Said no"),
            "withdrawn": self.env._("Withdrew their consent"),
            "granted": self.env._("Consent already"),
            "blocked": self.env._("Blocked for marketing"),
            "no_email": self.env._("Without e-mail"),
            "blacklisted": self.env._("On the e-mail blacklist"),
            "asked": self.env._("Asked a short while ago"),
            "shared": self.env._("Share an e-mail with somebody who is asked"),
        }
        ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
        return "\n".join(f"{labels[reason]}: {len(group)}" for reason, group in ordered)

    def action_send(self):
        """Ask those who can be asked, and show what came out.

        :return: action that shows the window as it is now
        :raise AccessError: for users who are no customer managers
        :raise UserError: when nobody can be asked
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_manager()
        if not self.purpose_id:
            raise UserError(self.env._("Choose the consent to ask for."))
        result = self.partner_ids.consent_reask(self.purpose_id.code, self.days)
        if not result["asked"]:
            raise UserError(self.env._("None of the selected customers can be asked."))
        self.sent_count += result["asked"]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a consent by e-mail"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
