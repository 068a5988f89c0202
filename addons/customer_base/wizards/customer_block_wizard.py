from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.customer_block import LIFT_REASONS, REASONS, SCOPES


class CustomerBlockWizard(models.TransientModel):
    """Asks what to block customers for, or which blocks to lift, and why.

    It protects nothing: who may block is decided by ``res.partner.customer_block``.
    """

    _name = "customer.block.wizard"
    _description = "Block Customers"

    partner_ids = fields.Many2many(
        "res.partner", string="Selected", context={"active_test": False}
    )
    lifting = fields.Boolean()
    scope_login = fields.Boolean(
        string="Login",
        help="They are logged out everywhere, and cannot log in to the portal or the web "
        "shop until the block ends. What they read then is written in the settings.",
    )
    scope_pos = fields.Boolean(
        string="Till and quotations",
        help="The till refuses the payment, and quotations cannot be confirmed.",
    )
    scope_credit = fields.Boolean(
        string="Purchase on account", help="They pay at once and cannot run up a debt."
    )
    scope_marketing = fields.Boolean(
        string="Marketing", help="They get no advertising from us."
    )
    reason = fields.Selection(REASONS)
    lift_reason = fields.Selection(LIFT_REASONS, string="Why")
    until = fields.Date(string="Last day", help="Empty for a block without end.")
    note = fields.Text(help="Read by customer managers only.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            ids = self.env.context.get("active_ids") or []
            values.setdefault("partner_ids", [Command.set(ids)])
        if values.get("lifting"):
            partners = self.new({"partner_ids": values.get("partner_ids")}).partner_ids
            for scopes in partners._origin._customer_blocked_scopes().values():
                values.update({f"scope_{scope}": True for scope in scopes})
        return values

    def _scopes(self):
        """:raise UserError: when none is ticked"""
        scopes = [name for name, _label in SCOPES if self[f"scope_{name}"]]
        if not scopes:
            raise UserError(self.env._("Tick at least one thing."))
        return scopes

    def action_apply(self):
        """Block the selected customers, or lift their blocks.

        :return: action that closes the window and shows the form as it is now
        :raise AccessError: for users who are no customer managers
        :raise UserError: when nothing is ticked or nobody selected is a customer
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_manager()
        customers = self.partner_ids._check_some_customers()
        if self.lifting:
            customers._customer_unblock(self._scopes(), self.lift_reason, self.note)
        else:
            customers._customer_block(
                self._scopes(), self.reason, self.until, self.note
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
