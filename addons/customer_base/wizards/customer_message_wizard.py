from odoo import api, fields, models


class CustomerMessageWizard(models.TransientModel):
    """Shows the messages that fit a document, and opens WhatsApp with the chosen one."""

    _name = "customer.message.wizard"
    _description = "Message to a Customer"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    partner_id = fields.Many2one("res.partner", compute="_compute_partner")
    number = fields.Char(compute="_compute_partner")
    template_ids = fields.Many2many(
        "customer.message.template", compute="_compute_template_ids"
    )
    template_id = fields.Many2one(
        "customer.message.template",
        string="Message",
        domain="[('id', 'in', template_ids)]",
    )
    text = fields.Text(compute="_compute_text")

    def _document(self):
        """:raise AccessError: for a document that the user does not read"""
        self.ensure_one()
        documents = self.env["customer.message.template"]._models_by_kind().values()
        if self.res_model not in [model._name for model in documents]:
            return self.env["res.partner"]
        document = self.env[self.res_model].browse(self.res_id).exists()
        document._check_customer_message_access()
        return document

    @api.depends("res_model", "res_id")
    def _compute_partner(self):
        for wizard in self:
            partner = wizard._document()._customer_message_partner()
            wizard.partner_id = partner
            wizard.number = partner._customer_phone().international

    @api.depends("res_model", "res_id")
    def _compute_template_ids(self):
        for wizard in self:
            document = wizard._document()
            wizard.template_ids = document and (
                document._customer_message_partner()._customer_message_templates(
                    document
                )
            )

    @api.depends("template_id", "res_model", "res_id")
    def _compute_text(self):
        for wizard in self:
            document, template = wizard._document(), wizard.template_id
            partner = document._customer_message_partner()
            wizard.text = (
                template
                and document
                and (partner._customer_message_text(template, document))
            )

    def action_open(self):
        """Open WhatsApp with the chosen message, without text where none is chosen.

        :return: action
        :raise AccessError: for users without the Customers app
        :raise UserError: when the customer has no number with WhatsApp, or the message
            does not fit
        """
        self.ensure_one()
        document = self._document()
        partner = document._customer_message_partner()
        partner._check_customer_user()
        partner._check_customer_whatsapp()
        template = partner._customer_message_template(
            self.template_id.code or "", document
        )
        action = partner._customer_whatsapp_action(template, document)
        return {**action, "close": True}
