from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.customer_impersonation import REASONS

_USUAL_MINUTES = 30


class CustomerImpersonationWizard(models.TransientModel):
    """Asks why, how long and how far, before a colleague logs in as a customer.

    It protects nothing: who may is decided by ``res.partner.customer_impersonate``.
    """

    _name = "customer.impersonation.wizard"
    _description = "Log in as a Customer"

    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    problem = fields.Char(related="partner_id.customer_impersonate_problem")
    reason = fields.Selection(REASONS, string="Why", required=True)
    note = fields.Text(
        help="Read by customer managers, and erased with the customer's data."
    )
    minutes = fields.Integer(
        string="How long", required=True, default=lambda self: self._default_minutes()
    )
    longest = fields.Integer(
        related="company_id.customer_impersonate_minutes", string="At most"
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, readonly=True
    )
    keeps_sessions = fields.Boolean(
        related="company_id.customer_impersonate_keep_sessions"
    )
    mode = fields.Selection(
        [
            ("full", "Help: look, order and change"),
            ("look", "Look only: nothing can be changed"),
        ],
        required=True,
        default="full",
    )
    # never stored: a link lets whoever has it in
    link = fields.Char(string="Link for another browser", store=False)
    link_until = fields.Datetime(string="Works until", store=False)

    @api.model
    def _default_minutes(self):
        return min(_USUAL_MINUTES, self.env.company.customer_impersonate_minutes)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "partner_id" in fields and not values.get("partner_id"):
            values["partner_id"] = self._customer_of_context().id
        return values

    @api.model
    def _customer_of_context(self):
        """The customer of what is selected: of contacts, or of orders.

        :raise UserError: when it is about several customers
        """
        context = self.env.context
        records = self.env.get(context.get("active_model"))
        partners = self.env["res.partner"]
        if records is None:
            return partners
        records = records.browse(context.get("active_ids") or context.get("active_id"))
        if records._name == "res.partner":
            partners = records
        elif hasattr(records, "_customer_partner_field"):
            partners = records[records._customer_partner_field]
        if len(partners) > 1:
            raise UserError(
                self.env._(
                    "You log in as one customer at a time: select one, or orders of one."
                )
            )
        return partners

    def action_start(self):
        """Log in as the customer in this browser, or show the link for another one.

        :return: action
        :raise AccessError, UserError: as ``res.partner.customer_impersonate``
        """
        self.ensure_one()
        link = self.partner_id.customer_impersonate(
            self.reason,
            minutes=self.minutes,
            read_only=self.mode == "look",
            note=self.note or None,
        )
        if not link["elsewhere"]:
            return {"type": "ir.actions.act_url", "url": link["url"], "target": "self"}
        view = self.env.ref(
            "customer_impersonate.customer_impersonation_wizard_view_form_link"
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open it in another browser"),
            "res_model": self._name,
            "views": [[view.id, "form"]],
            "target": "new",
            # by the context: nothing of it is ever stored
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_link": link["url"],
                "default_link_until": link["until"],
            },
        }
