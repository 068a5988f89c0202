from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """Looks up the same country, language or type once for a file, not once a row."""

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        plan = self.env["res.partner"]._customer_import_plan()
        if not plan or field.comodel_name == "res.partner":
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = (field.name, field.comodel_name, subfield, value)
        if key in plan.references:
            return plan.references[key], []
        found, warnings = None, []
        if field.comodel_name == "customer.type" and subfield is None:
            found = plan.find_type(value)
        if not found:
            found, warnings = super().db_id_for(
                model, field, subfield, value, savepoint
            )
        if found and not warnings:
            plan.references[key] = found
        return found, warnings
