from odoo import api, models

from odoo.addons.base_import.models.base_import import FIELDS_RECURSION_LIMIT
from odoo.addons.customer_base.models.customer_import import CustomerImportFile


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

    def execute_import(self, fields, columns, options, dryrun=False):
        if self.res_model != "consent.state":
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        file = CustomerImportFile(
            skip=options.get("skip") or 0,
            header=bool(options.get("has_headers")),
            dryrun=dryrun,
        )
        model = self.with_context(customer_import_file=file)
        return super(BaseImportImport, model).execute_import(
            fields, columns, options, dryrun=dryrun
        )
