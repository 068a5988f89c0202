from odoo import api, models
from odoo.exceptions import UserError

# Odoo gives a contact the address of its company.
_ADDRESS = {"street", "street2", "zip", "city", "state_id", "country_id"}
_MOST_TAGS = 100
_MOST_COMPANIES = 20


class ResPartner(models.Model):
    """The form of a customer at the till: what it needs, and what it must bring."""

    _inherit = "res.partner"

    @api.model
    def customer_form(self, config_id, partner_id=None):
        """What the form of a till needs beyond what the till holds, in one call.

        :param int config_id: the till that asks
        :param int partner_id: the customer who is edited
        :return: dict of ``attributes`` (name, label, type, options), ``tags`` (id, name,
            color), ``phone_codes`` (country id to dialling code), ``is_manager``, and
            ``customer``: for a customer who is there ``id``, ``uuid``, ``values`` by
            field name, ``parent_name`` and ``type_until``, else False
        :raise AccessError: for users without the Customers app
        :raise UserError: for a till that is not there
        """
        self._check_customer_user()
        self._customer_till(config_id)
        is_manager = self.env.user.has_group("customer_base.group_customer_manager")
        partner = self._customer_of_form(partner_id)
        return {
            "attributes": self._customer_form_attributes(),
            "tags": self._customer_form_tags(),
            "phone_codes": self._customer_phone_codes(),
            "is_manager": is_manager,
            "customer": partner._customer_form_customer() if partner else False,
        }

    @api.model
    def _customer_till(self, config_id):
        """
        :return: the till that calls
        :raise UserError: when there is no such till
        """
        config = self._customer_config(config_id)
        if not config:
            raise UserError(
                self.env._("There is no such till. Reload the page and try again.")
            )
        return config

    @api.model
    def _customer_of_form(self, partner_id):
        """The customer who is edited, empty when they are gone or cannot be seen."""
        if not isinstance(partner_id, int) or not 0 < partner_id < 2**31:
            return self.browse()
        partner_id = self.env["customer.redirect"]._resolve(partner_id)
        return self.search([("id", "=", partner_id)])

    @api.model
    def _customer_form_attributes(self):
        attributes = self.env["customer.attribute"].search(
            [("is_offered", "=", True), ("show_at_till", "=", True)]
        )
        return [
            {
                "name": attribute.name,
                "label": attribute.label,
                "type": attribute.type,
                "options": [[o.key, o.label] for o in attribute.option_ids],
            }
            for attribute in attributes
            if not attribute.is_native_type
        ]

    @api.model
    def _customer_form_tags(self):
        tags = self.env["res.partner.category"].search([], limit=_MOST_TAGS)
        return tags.read(["name", "color"])

    @api.model
    def _customer_phone_codes(self):
        # sudo: the dialling code of a country is no secret, and not everyone reads it
        countries = self.env["res.country"].sudo().search([("phone_code", "!=", 0)])
        return {country.id: country.phone_code for country in countries}

    @api.model
    def _customer_form_names(self):
        """Fields that the form fills in for a customer who is there."""
        return ["name", "is_company", *self.env["pos.config"]._customer_form_names()]

    def _customer_form_customer(self):
        self.ensure_one()
        values = {}
        for name in self._customer_form_names():
            field, value = self._fields[name], self[name]
            if field.type == "many2one":
                values[name] = value.id
            elif field.type == "many2many":
                values[name] = value.ids
            elif field.type == "properties":
                values[name] = dict(value._values or {}) if value else {}
            else:
                values[name] = value or (False if field.type == "boolean" else "")
        until = self.customer_type_until
        return {
            "id": self.id,
            "uuid": self._ensure_customer_uuid(),
            "values": values,
            "parent_name": self.parent_id.name or "",
            "type_until": until.isoformat() if until else False,
        }

    # -- the company of a contact -----------------------------------------------------

    @api.model
    def customer_companies(self, query, limit=8):
        """Companies who are customers, or whose contacts are, for what was typed.

        :param str query: as in ``customer_search``
        :param int limit: at most 20
        :return: list of rows as in ``customer_search``
        :raise AccessError: for users without the Customers app
        """
        self._check_customer_user()
        if not isinstance(limit, int) or isinstance(limit, bool):
            raise UserError(
                self.env._("“%(name)s” must be a whole number.", name="limit")
            )
        rows = self.customer_search(query, limit=5 * _MOST_COMPANIES)["rows"]
        found = self.browse([row["id"] for row in rows])
        companies = self.browse(
            dict.fromkeys(found.mapped("commercial_partner_id").ids)
        )
        companies = companies.filtered(lambda p: p.is_company and p.has_access("read"))
        companies = companies[: max(1, min(limit, _MOST_COMPANIES))]
        return [company._customer_row() for company in companies]

    # -- what a till asks for -----------------------------------------------------------

    @api.model
    def _prepare_customer_upsert(self, values, partner, config_id):
        values = super()._prepare_customer_upsert(values, partner, config_id)
        if config := self._customer_config(config_id):
            self._check_customer_required(config, values, partner)
        return values

    @api.model
    def _check_customer_required(self, config, values, partner):
        """
        :raise UserError: with a sentence for each field that the till asks for and that
            would stay empty
        """
        missing = [
            name
            for name in config.customer_required_fields or ()
            if not self._customer_has(name, values, partner)
        ]
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                "\n".join(
                    self.env._(
                        "Fill in “%(field)s”: this till asks for it.",
                        field=labels[name]["string"],
                    )
                    for name in missing
                )
            )

    @api.model
    def _customer_has(self, name, values, partner):
        """Whether the customer will have something in the field."""
        parent_id = values.get("parent_id", partner.parent_id.id)
        if parent_id and name in _ADDRESS:
            return True
        value = values[name] if name in values else partner[name]
        return bool(value.strip() if isinstance(value, str) else value)
