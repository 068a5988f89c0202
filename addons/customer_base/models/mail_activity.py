from odoo import api, fields, models


class MailActivity(models.Model):
    """To call a customer back may as well be to write."""

    _inherit = "mail.activity"

    customer_whatsapp_ready = fields.Boolean(
        string="Has WhatsApp",
        compute="_compute_customer_whatsapp_ready",
        # sudo: the button is there for whoever sees the activity
        compute_sudo=True,
    )

    @api.depends("res_model", "res_id")
    def _compute_customer_whatsapp_ready(self):
        for activity in self:
            document = activity._customer_message_document()
            activity.customer_whatsapp_ready = document.customer_whatsapp_ready

    def _customer_message_document(self):
        """What the activity is about, if that has messages; else no customer."""
        self.ensure_one()
        documents = self.env["customer.message.template"]._models_by_kind().values()
        if self.res_model not in [model._name for model in documents]:
            return self.env["res.partner"]
        return self.env[self.res_model].browse(self.res_id).exists()

    def action_customer_whatsapp(self):
        """Open WhatsApp with the message of what the activity is about.

        :return: action
        :raise AccessError: for users without the Customers app, and for a document that
            the user does not read
        :raise UserError: when there is no customer with WhatsApp
        """
        self.ensure_one()
        self.check_access("read")
        self.env["res.partner"]._check_customer_user()
        document = self._customer_message_document()
        document._customer_message_partner()._check_customer_whatsapp()
        return document.action_customer_whatsapp()
