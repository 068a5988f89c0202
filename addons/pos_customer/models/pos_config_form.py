from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What a till may look into when somebody searches by chosen fields.
_SEARCH_FIELDS = (
    "name",
    "customer_code",
    "phone",
    "email",
    "street",
    "zip",
    "city",
    "customer_type_id",
    "properties",
    "vat",
    "category_id",
)
_USUAL_SEARCH_FIELDS = ("name", "phone", "street", "zip", "city")
# What the form of a till may show first; the name is always there.
_FORM_FIELDS = (
    "phone",
    "email",
    "customer_type_id",
    "customer_code",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "parent_id",
    "vat",
    "website",
    "category_id",
    "properties",
    "customer_note",
)
_USUAL_FORM_FIELDS = (
    "phone",
    "email",
    "customer_type_id",
    "customer_code",
    "street",
    "zip",
    "city",
    "customer_note",
)
# Everyone has a type; not everyone a company or a state; attributes are none or many.
_NEVER_REQUIRED = (
    "customer_type_id",
    "parent_id",
    "state_id",
    "properties",
    "category_id",
)


def _domain(records, method):
    """The fields of ``method``; the settings, which show them too, have no such one."""
    names = getattr(records.env["pos.config"], method)()
    return [("model", "=", "res.partner"), ("name", "in", names)]


class PosConfig(models.Model):
    """How the staff of one till find customers and what they ask of new ones."""

    _inherit = "pos.config"

    # groups: names of fields are read by administrators only, and a field whose
    # records a cashier may not read would keep the whole till from opening
    customer_search_field_ids = fields.Many2many(
        "ir.model.fields",
        "pos_config_customer_search_field_rel",
        string="Search customers by",
        domain=lambda self: _domain(self, "_customer_search_names"),
        groups="base.group_erp_manager",
        help="Fields that are ticked when a search by fields begins. Empty: the usual "
        "ones.",
    )
    customer_advanced_by_default = fields.Boolean(
        string="Search by fields at first",
        help="The Customers screen opens with the search by chosen fields instead of one "
        "box for everything.",
    )
    customer_form_field_ids = fields.Many2many(
        "ir.model.fields",
        "pos_config_customer_form_field_rel",
        string="Fields of the form",
        domain=lambda self: _domain(self, "_customer_form_names"),
        groups="base.group_erp_manager",
        help="What the form of a customer shows at first; “More fields” opens the "
        "others. Empty: the usual ones.",
    )
    customer_required_field_ids = fields.Many2many(
        "ir.model.fields",
        "pos_config_customer_required_field_rel",
        string="Required fields",
        domain=lambda self: _domain(self, "_customer_requirable_names"),
        groups="base.group_erp_manager",
        help="A customer cannot be saved at this till without them.",
    )
    customer_core_dialog = fields.Boolean(
        string="Choose in a dialog",
        help="The button of the order opens the short list of customers over the order "
        "instead of the Customers screen.",
    )
    # What the three lists of fields say, by name and with what an empty one stands for.
    # An empty list is read as false: the till that requires nothing.
    customer_search_fields = fields.Json(compute="_compute_customer_fields")
    customer_form_fields = fields.Json(compute="_compute_customer_fields")
    customer_required_fields = fields.Json(compute="_compute_customer_fields")

    @api.model
    def _customer_search_names(self):
        """Names of the fields of a customer that a till may search by."""
        return list(_SEARCH_FIELDS)

    @api.model
    def _customer_usual_search_names(self):
        """Of those the fields that an untouched till searches by."""
        return list(_USUAL_SEARCH_FIELDS)

    @api.model
    def _customer_form_names(self):
        """Names of the fields that the form of a till may show, in its order."""
        return list(_FORM_FIELDS)

    @api.model
    def _customer_usual_form_names(self):
        """Of the fields of the form those that an untouched till shows at first."""
        return list(_USUAL_FORM_FIELDS)

    @api.model
    def _customer_requirable_names(self):
        return [n for n in self._customer_form_names() if n not in _NEVER_REQUIRED]

    @api.depends(
        "customer_search_field_ids",
        "customer_form_field_ids",
        "customer_required_field_ids",
    )
    def _compute_customer_fields(self):
        # sudo: whoever sells knows which fields their till asks for
        for config in self.sudo():
            required = config._names_in_order(
                config.customer_required_field_ids, self._customer_requirable_names()
            )
            shown = config._names_in_order(
                config.customer_form_field_ids, self._customer_form_names()
            )
            shown = shown or self._customer_usual_form_names()
            searched = config._names_in_order(
                config.customer_search_field_ids, self._customer_search_names()
            )
            config.customer_search_fields = (
                searched or self._customer_usual_search_names()
            )
            config.customer_required_fields = required
            config.customer_form_fields = [
                name
                for name in self._customer_form_names()
                if name in shown or name in required
            ]

    def _names_in_order(self, chosen, names):
        """Names of the ``chosen`` fields that are among ``names``, in that order."""
        kept = set(chosen.mapped("name"))
        return [name for name in names if name in kept]

    @api.constrains(
        "customer_search_field_ids",
        "customer_form_field_ids",
        "customer_required_field_ids",
    )
    def _check_customer_fields(self):
        allowed = {
            "customer_search_field_ids": self._customer_search_names(),
            "customer_form_field_ids": self._customer_form_names(),
            "customer_required_field_ids": self._customer_requirable_names(),
        }
        # sudo: as above
        for config in self.sudo():
            for name, names in allowed.items():
                for field in config[name]:
                    if field.model != "res.partner" or field.name not in names:
                        raise ValidationError(
                            self.env._(
                                "“%(field)s” cannot be chosen as one of “%(setting)s”.",
                                field=field.display_name,
                                setting=self._fields[name].get_description(self.env)[
                                    "string"
                                ],
                            )
                        )
