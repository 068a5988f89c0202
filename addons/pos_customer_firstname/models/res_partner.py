from odoo import api, models

NAME_PARTS = ("firstname", "lastname")


class ResPartner(models.Model):
    """A person at the till has a first and a last name, a company one name."""

    _inherit = "res.partner"

    @api.depends("firstname", "is_company")
    def _compute_customer_greeting_name(self):
        return super()._compute_customer_greeting_name()

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), *NAME_PARTS]

    @api.model
    def _customer_upsert_fields(self):
        return super()._customer_upsert_fields() | set(NAME_PARTS)

    @api.model
    def _customer_form_names(self):
        return [*super()._customer_form_names(), *NAME_PARTS]

    def _customer_identity(self):
        return super()._customer_identity() | self._customer_name_parts()

    def _customer_row(self):
        return super()._customer_row() | self._customer_name_parts()

    def _customer_name_parts(self):
        """Both names of a person; of a company only its name counts."""
        return {name: (not self.is_company and self[name]) or "" for name in NAME_PARTS}

    def _customer_greeting(self):
        """A message greets a person by the first name."""
        return self._customer_name_parts()["firstname"] or super()._customer_greeting()

    # -- saving -------------------------------------------------------------------------

    @api.model
    def _prepare_customer_upsert(self, values, partner, config_id):
        values = super()._prepare_customer_upsert(values, partner, config_id)
        is_company = values.get("is_company", partner.is_company)
        if is_company and "name" in values:
            # said in parts, or a new company would be taken for a person
            return values | {
                "name": values["name"],
                "firstname": False,
                "lastname": values["name"],
            }
        if is_company:
            return {
                name: value for name, value in values.items() if name not in NAME_PARTS
            }
        if any(values.get(name) for name in NAME_PARTS):
            # made of the parts, in the order that the settings say
            values.pop("name", None)
        return values

    @api.model
    def _customer_has(self, name, values, partner):
        if name not in NAME_PARTS:
            return super()._customer_has(name, values, partner)
        if values.get("is_company", partner.is_company):
            return True
        if values.get("name") and not any(part in values for part in NAME_PARTS):
            parts = self._get_inverse_name(
                self._get_whitespace_cleaned_name(values["name"])
            )
            return bool(parts[name])
        return super()._customer_has(name, values, partner)
