from odoo import models

from ..models.customer_import import CustomerImportFile


class BaseImportImport(models.TransientModel):
    """Core's import screen, told about customers."""

    _inherit = "base_import.import"

    def _get_mapping_suggestion(
        self, header, fields_tree, header_types, mapping_fields
    ):
        """Find an attribute by its name alone, and "Website" whatever else is so called.

        Core offers an attribute as "Birthday (Contact Properties)", which nobody writes on
        top of a column. And where the web shop is installed, it takes "Website" for that
        of the shop.
        """
        suggestion = super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )
        if self.res_model != "res.partner":
            return suggestion
        if suggestion == {"field_path": ["website_id"], "distance": 0}:
            return {"field_path": ["website"], "distance": 0}
        if suggestion.get("distance", 1) <= 0:
            return suggestion
        label = f"{header} (".casefold()
        for field in fields_tree:
            is_attribute = field["name"].startswith("properties.")
            if is_attribute and field["string"].casefold().startswith(label):
                return {"field_path": [field["name"]], "distance": 0}
        return suggestion

    def _is_customer_import(self):
        """Whether the file is read by ``load`` of this suite, with its ``CustomerImportFile``."""
        partners = self.env["res.partner"].with_context(import_file=True)
        return self.res_model == "res.partner" and partners._is_customer_import()

    def execute_import(self, fields, columns, options, dryrun=False):
        if not self._is_customer_import():
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

    def _convert_import_data(self, fields, options):
        """Keep the rows of earlier parts: a code may stand there and here again."""
        file = self.env.context.get("customer_import_file")
        if not isinstance(file, CustomerImportFile):
            return super()._convert_import_data(fields, options)
        skip = options.get("skip")
        options["skip"] = 0
        try:
            data, import_fields = super()._convert_import_data(fields, options)
        finally:
            options["skip"] = skip
        file.before_paths = import_fields
        file.before_rows = data[: file.skip]
        return data[file.skip :], import_fields
