from odoo import api, fields, models
from odoo.fields import Domain


class CustomerMessageMixin(models.AbstractModel):
    """A record about which the shop writes to a customer by WhatsApp.

    Any model gets the button and messages of its own in three lines::

        class ProjectTask(models.Model):
            _name = "project.task"
            _inherit = ["project.task", "customer.message.mixin"]
            _customer_message_kind = "task"

    The kind appears among those of *Customers > Configuration > Messages*, with the
    states of the field ``state``. The button on its form::

        <field name="customer_whatsapp_ready" invisible="1"/>
        <button name="action_customer_whatsapp" type="object" string="WhatsApp"
                invisible="not customer_whatsapp_ready"
                groups="customer_base.group_customer_user"/>

    Override ``_customer_message_fields`` for more than the name of the customer and of
    the shop, ``_customer_message_states`` and ``_customer_message_state`` where the state
    is not in ``state``, and ``_customer_message_partner`` where the customer is not in
    ``partner_id``. Documents by which somebody becomes a customer inherit
    ``customer.document.mixin`` instead, which is one of these as well. A default message
    in the settings is a field ``customer_message_<kind>_id`` of the company.
    """

    _name = "customer.message.mixin"
    _description = "Messages to the Customer"

    _customer_message_kind = None
    _customer_partner_field = "partner_id"
    # Amounts in ``currency_id`` that are no monetary fields.
    _customer_amount_fields = ()

    customer_whatsapp_ready = fields.Boolean(
        string="Has WhatsApp",
        compute="_compute_customer_whatsapp_ready",
        # sudo: the button is there for whoever sees the document
        compute_sudo=True,
    )

    @api.depends(lambda self: self._customer_whatsapp_depends())
    def _compute_customer_whatsapp_ready(self):
        for document in self:
            partner = document._customer_message_partner()
            document.customer_whatsapp_ready = partner._customer_phone().mobile

    @api.model
    def _customer_whatsapp_depends(self):
        """Fields by which the customer and the number of a document change."""
        partner = self._customer_partner_field
        return (f"{partner}.phone", f"{partner}.country_id") if partner else ()

    # -- what a document says of itself ---------------------------------------------------

    @api.model
    def _customer_message_label(self):
        """Name of the kind, where messages are written."""
        # sudo: the name of a model is no secret
        return self.env["ir.model"].sudo()._get(self._name).name

    @api.model
    def _customer_message_states(self):
        """:return: list of ``(key, label)`` of the states that have their own messages"""
        field = self._fields.get("state")
        if field is None or field.type != "selection":
            return []
        return field._description_selection(self.env)

    def _customer_message_state(self):
        """Key of the state that the document is in, False where there are none."""
        self.ensure_one()
        return self["state"] if "state" in self._fields else False

    @api.model
    def _customer_message_fields(self):
        """Dotted paths of the fields that messages of this kind may show.

        What is listed is told to customers, whatever the sender may read otherwise. Of
        the customer it is the name in the greeting alone.
        """
        paths = [
            f"{self._customer_partner_field}.customer_greeting_name",
            "name" if "name" in self._fields else "display_name",
        ]
        if "company_id" in self._fields:
            paths += ["company_id.name", "company_id.phone"]
        if "user_id" in self._fields:
            paths.append("user_id.name")
        return paths

    @api.model
    def _customer_message_domain(self):
        """Which records are documents of the kind; one model may hold others too."""
        return Domain.TRUE

    def _customer_message_partner(self):
        """The customer whom messages about this document go to."""
        # no slice of it: that would be read alone, and not with those of other documents
        return self[self._customer_partner_field]

    def _customer_message_company(self):
        company = self["company_id"] if "company_id" in self._fields else False
        return company or self.env.company

    def _check_customer_message_access(self):
        """:raise AccessError: for a document that the user may not speak of"""
        self.check_access("read")

    def _customer_message_default(self):
        """The message that the settings propose for this kind of document."""
        name = f"customer_message_{self._customer_message_kind}_id"
        company = self._customer_message_company()
        if name in company._fields:
            # sudo: which message a company proposes is for all who work for it
            return company.sudo()[name].sudo(False)
        return self.env["customer.message.template"]

    # -- button ---------------------------------------------------------------------------

    def action_customer_whatsapp(self):
        """Open WhatsApp with the message of this document, chosen where several fit.

        :return: action
        :raise AccessError: for users without the Customers app
        :raise UserError: when the customer has no number with WhatsApp
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_user()
        self._check_customer_message_access()
        partner = self._customer_message_partner()
        partner._check_customer_whatsapp()
        templates = partner._customer_message_templates(self)
        if len(templates) > 1:
            return self._customer_message_window(templates[0])
        return partner._customer_whatsapp_action(templates, self)

    def _customer_message_window(self, template):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_base.customer_message_wizard_action"
        )
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
            "default_template_id": template.id,
        }
        return action
