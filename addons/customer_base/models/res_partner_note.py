from odoo import api, fields, models


class ResPartner(models.Model):
    """What the seller should know, and what only few may read."""

    _inherit = "res.partner"

    # groups: a portal user reads their own partner, every field without groups
    customer_note = fields.Text(
        groups="base.group_user",
        help="Comment for the seller, shown at the till and never to the customer.",
    )
    customer_sensitive_note = fields.Text(
        string="Sensitive note",
        groups="customer_base.group_customer_sensitive",
        copy=False,
        help="Allergies and other health data. Only colleagues of the group for "
        "sensitive notes read it; the others see that there is one.",
    )
    customer_has_sensitive_note = fields.Boolean(
        string="Has a sensitive note",
        groups="base.group_user",
        compute="_compute_customer_has_sensitive_note",
        # that there is a note is no secret; what it says is
        compute_sudo=True,
    )

    @api.depends("customer_sensitive_note")
    def _compute_customer_has_sensitive_note(self):
        for partner in self:
            partner.customer_has_sensitive_note = bool(partner.customer_sensitive_note)
