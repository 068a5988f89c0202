from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerReassignWizard(models.TransientModel):
    """Asks who gets a document, and says before what will happen or why it cannot.

    It protects nothing: ``customer_reassign`` of the document decides.
    """

    _name = "customer.reassign.wizard"
    _description = "Change the Customer of a Document"

    document_ref = fields.Reference(
        selection="_selection_document_ref",
        string="Document",
        required=True,
        readonly=True,
    )
    old_partner_id = fields.Many2one(
        "res.partner", string="Present customer", compute="_compute_document"
    )
    company_id = fields.Many2one("res.company", compute="_compute_document")
    partner_id = fields.Many2one("res.partner", string="New customer")
    no_customer = fields.Boolean(string="Without a customer")
    reason = fields.Selection(
        selection=lambda self: self.env[
            "customer.reassign.mixin"
        ]._get_customer_reassign_reasons(),
        required=True,
    )
    note = fields.Text(help="Free words for the journal; they can be erased later.")
    changes = fields.Boolean(compute="_compute_preview")
    refusals = fields.Text(compute="_compute_preview")
    effects = fields.Text(compute="_compute_preview")

    @api.model
    def _selection_document_ref(self):
        names = self.env["customer.reassign.mixin"]._get_customer_reassign_models()
        return [(name, self.env["ir.model"]._get(name).name) for name in names]

    @api.depends("document_ref")
    def _compute_document(self):
        for wizard in self:
            wizard.old_partner_id = wizard.document_ref and (
                wizard.document_ref.partner_id
            )
            wizard.company_id = wizard.document_ref and wizard.document_ref.company_id

    @api.depends("document_ref", "partner_id", "no_customer")
    def _compute_preview(self):
        for wizard in self:
            wizard.changes = wizard.refusals = wizard.effects = False
            if wizard.document_ref and (wizard.partner_id or wizard.no_customer):
                preview = wizard.document_ref.customer_reassign_preview(
                    wizard._get_new_partner().id
                )
                wizard.changes = preview["changes"]
                wizard.refusals = "\n".join(preview["refusals"])
                wizard.effects = "\n".join(preview["effects"])

    def _get_new_partner(self):
        return self.partner_id.browse() if self.no_customer else self.partner_id

    def action_apply(self):
        """Change the customer and go back to the document.

        :return: action that closes the window
        :raise: as ``customer_reassign``, and UserError when nobody is chosen
        """
        self.ensure_one()
        if not (self.partner_id or self.no_customer):
            raise UserError(self.env._("Choose the new customer."))
        self.document_ref.customer_reassign(
            self._get_new_partner().id, self.reason, note=self.note or None
        )
        return {"type": "ir.actions.act_window_close"}
