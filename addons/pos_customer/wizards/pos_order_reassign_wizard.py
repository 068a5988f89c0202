from odoo import api, fields, models
from odoo.exceptions import UserError


class PosOrderReassignWizard(models.TransientModel):
    """Asks who gets a past order, and says before what will happen or why it cannot.

    It protects nothing: ``pos.order.customer_reassign`` decides.
    """

    _name = "pos.order.reassign.wizard"
    _description = "Change the Customer of an Order"

    order_id = fields.Many2one(
        "pos.order", required=True, readonly=True, ondelete="cascade"
    )
    old_partner_id = fields.Many2one(
        related="order_id.partner_id", string="Present customer"
    )
    company_id = fields.Many2one(related="order_id.company_id")
    partner_id = fields.Many2one("res.partner", string="New customer")
    no_customer = fields.Boolean(string="Without a customer")
    reason = fields.Selection(
        selection=lambda self: self.env["pos.order"]._get_customer_reassign_reasons(),
        required=True,
    )
    note = fields.Text(help="Free words for the journal; they can be erased later.")
    changes = fields.Boolean(compute="_compute_preview")
    refusals = fields.Text(compute="_compute_preview")
    effects = fields.Text(compute="_compute_preview")

    @api.depends("order_id", "partner_id", "no_customer")
    def _compute_preview(self):
        for wizard in self:
            wizard.changes = wizard.refusals = wizard.effects = False
            if wizard.partner_id or wizard.no_customer:
                preview = wizard.order_id.customer_reassign_preview(
                    wizard._get_new_partner().id
                )
                wizard.changes = preview["changes"]
                wizard.refusals = "\n".join(preview["refusals"])
                wizard.effects = "\n".join(preview["effects"])

    def _get_new_partner(self):
        return self.partner_id.browse() if self.no_customer else self.partner_id

    def action_apply(self):
        """Change the customer and go back to the order.

        :return: action that closes the window
        :raise: as ``pos.order.customer_reassign``, and UserError when nobody is chosen
        """
        self.ensure_one()
        if not (self.partner_id or self.no_customer):
            raise UserError(self.env._("Choose the new customer."))
        self.order_id.customer_reassign(
            self._get_new_partner().id, self.reason, note=self.note or None
        )
        return {"type": "ir.actions.act_window_close"}
