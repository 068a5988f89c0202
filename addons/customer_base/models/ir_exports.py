from odoo import api, models


class IrExports(models.Model):
    """Keeps the export "Customers: for editing" in line with the attributes."""

    _inherit = "ir.exports"

    @api.model
    def _sync_customer_attributes(self):
        """One column for each attribute, whatever else somebody put into the export."""
        export = self.env.ref("customer_base.ir_exports_customer", False)
        if not export:
            return
        definition = self.env["customer.attribute"]._definition_record()
        wanted = [
            f"properties.{entry['name']}"
            for entry in definition.properties_definition or []
            if entry["type"] != "separator"
        ]
        # sudo: who defines attributes may have no right to export
        lines = export.sudo().export_fields
        gone = lines.filtered(
            lambda line: line.name.startswith("properties.") and line.name not in wanted
        )
        known = set((lines - gone).mapped("name"))
        gone.unlink()
        lines.create(
            [
                {"export_id": export.id, "name": name}
                for name in wanted
                if name not in known
            ]
        )
