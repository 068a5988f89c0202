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
        documents = self._customer_message_documents()
        for activity, document in zip(self, documents, strict=True):
            activity.customer_whatsapp_ready = document.customer_whatsapp_ready

    def _customer_message_documents(self):
        """What each activity is about, if that has messages; else no customer.

        :return: list of records, which are read together
        """
        documents = {}
        models = self.env["customer.message.template"]._models_by_kind().values()
        activities = self.grouped("res_model")
        for model in models:
            ids = {activity.res_id for activity in activities.get(model._name, ())}
            for document in model.browse(ids).exists():
                documents[model._name, document.id] = document
        return [
            documents.get((activity.res_model, activity.res_id))
            or self.env["res.partner"]
            for activity in self
        ]

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
        [document] = self._customer_message_documents()
        document._customer_message_partner()._check_customer_whatsapp()
        return document.action_customer_whatsapp()
