from odoo import api, models

from odoo.addons.base_import.models.base_import import FIELDS_RECURSION_LIMIT


class BaseImportImport(models.TransientModel):
    """Core's import screen, told about consents."""

    _inherit = "base_import.import"

    @api.model
    def get_fields_tree(self, model, depth=FIELDS_RECURSION_LIMIT):
        if model == "consent.state":
            return self.env[model]._get_import_fields()
        return super().get_fields_tree(model, depth=depth)

    def _get_mapping_suggestion(
        self, header, fields_tree, header_types, mapping_fields
    ):
        """Find the columns of the template whatever the user's language.

        Core knows the English names of fields, and these columns are called otherwise.
        """
        name = {"date": "since", "source": "source"}.get(header.strip().casefold())
        if self.res_model == "consent.state" and name:
            return {"field_path": [name], "distance": 0}
        return super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )

    def _is_customer_import(self):
        return self.res_model == "consent.state" or super()._is_customer_import()
