from odoo import api, models

from .customer_attribute import SYNC, SYNC_KEY


class PropertiesBaseDefinition(models.Model):
    """What Odoo offers as properties of contacts is what customers have as attributes."""

    _inherit = "properties.base.definition"

    @api.depends("properties_field_id")
    def _compute_display_name(self):
        # sudo: names the model of the field. The import screen shows it beside each
        # attribute, to managers who may not read fields.
        return super(PropertiesBaseDefinition, self.sudo())._compute_display_name()

    @api.model_create_multi
    def create(self, vals_list):
        definitions = super().create(vals_list)
        if any(vals.get("properties_definition") for vals in vals_list):
            definitions._mirror_customer_attributes()
        return definitions

    def write(self, vals):
        result = super().write(vals)
        if "properties_definition" in vals:
            self._mirror_customer_attributes()
            self.env["ir.exports"]._sync_customer_attributes()
        return result

    def _mirror_customer_attributes(self):
        """Take an edit in Odoo's own form over into the screen of the attributes."""
        if self.env.context.get(SYNC_KEY) is SYNC:
            return
        # sudo: which field a definition is for is no secret
        fields = self.sudo().properties_field_id
        if any((f.model, f.name) == ("res.partner", "properties") for f in fields):
            self.env["customer.attribute"]._mirror()
