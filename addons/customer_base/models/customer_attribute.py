import logging
import re
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# In the context, says that rows and definition are being made alike. An object: nobody
# can send it over RPC.
SYNC_KEY = "customer_attribute_sync"
SYNC = object()

# Types that this screen edits; the others are made in the form of a contact.
_DEFAULT_FIELD = {
    "char": "default_char",
    "text": "default_char",
    "boolean": "default_boolean",
    "integer": "default_integer",
    "float": "default_float",
    "date": "default_date",
    "datetime": "default_datetime",
}
_WITH_OPTIONS = ("selection", "tags")
_OWN_TYPES = (*_DEFAULT_FIELD, *_WITH_OPTIONS)
_ROW_KEYS = {"name", "type", "string", "selection", "tags"}
_EMPTY_VALUES = ["null", "false", '""', "[]"]


class CustomerAttribute(models.Model):
    """What a shop notes of its customers besides Odoo's fields: a birthday, a size.

    The values stand in Odoo's own properties of contacts (``res.partner.properties``),
    and what Odoo offers is the definition in ``properties.base.definition``. A row here
    mirrors one entry of it, so that a customer manager has a screen, and adds what Odoo
    does not know: whether it is offered and whether the till shows it. Both directions
    are kept: rows rewrite the definition, and a definition edited in the form of a
    contact rewrites the rows.
    """

    _name = "customer.attribute"
    _description = "Customer Attribute"
    _order = "sequence, id"
    _rec_name = "label"

    name = fields.Char(
        string="Technical name",
        required=True,
        copy=False,
        default=lambda self: uuid.uuid4().hex[:16],
        help="Column of spreadsheets and interfaces: properties.<name>. It never "
        "changes.",
    )
    label = fields.Char(
        required=True,
        help="Shown as it is written here in every language: Odoo does not translate "
        "attributes.",
    )
    sequence = fields.Integer(default=1000)
    type = fields.Selection(
        [
            ("char", "Text"),
            ("text", "Long text"),
            ("boolean", "Yes/No"),
            ("integer", "Whole number"),
            ("float", "Decimal number"),
            ("date", "Date"),
            ("datetime", "Date and time"),
            ("selection", "Selection"),
            ("tags", "Tags"),
            ("html", "Formatted text"),
            ("monetary", "Amount of money"),
            ("many2one", "Link to a record"),
            ("many2many", "Links to records"),
            ("separator", "Separator"),
        ],
        required=True,
        default="char",
    )
    is_native_type = fields.Boolean(compute="_compute_is_native_type")
    is_offered = fields.Boolean(
        string="Offered",
        default=True,
        help="Switched off, the attribute disappears from forms, lists, searches and "
        "spreadsheets. What customers have is kept and is there again once you switch "
        "it on.",
    )
    show_at_till = fields.Boolean(
        string="Shown at the till",
        help="Sellers see it on the customer's card.",
    )
    option_ids = fields.One2many(
        "customer.attribute.option", "attribute_id", string="Options", copy=True
    )
    default_char = fields.Char(string="Default text")
    default_boolean = fields.Boolean(string="Yes by default")
    default_integer = fields.Integer(string="Default number")
    default_float = fields.Float(string="Default decimal number")
    default_date = fields.Date()
    default_datetime = fields.Datetime(string="Default date and time")
    native = fields.Json(
        help="What Odoo knows of the attribute and this screen does not edit."
    )
    partner_count = fields.Integer(
        string="Used by",
        compute="_compute_partner_count",
        help="Contacts, of all companies and archived ones too, who have a value.",
    )

    _name_unique = models.UniqueIndex(
        "(name)", "Another attribute has this technical name."
    )

    @api.depends("type")
    def _compute_is_native_type(self):
        for attribute in self:
            attribute.is_native_type = attribute.type not in _OWN_TYPES

    def _compute_partner_count(self):
        counts = self._count_values()
        for attribute in self:
            attribute.partner_count = counts.get(attribute.name, 0)

    def _count_values(self):
        """How many contacts have a value, whoever may see them.

        SQL, because values without a definition are invisible to the ORM.

        :return: dict of technical name to number
        """
        self.env["res.partner"].flush_model(["properties"])
        rows = self.env.execute_query(
            SQL(
                "SELECT key, count(*) FROM res_partner,"
                " jsonb_each(CASE jsonb_typeof(properties) WHEN 'object'"
                " THEN properties ELSE '{}' END)"
                " WHERE key = ANY(%s) AND value::text <> ALL(%s) GROUP BY key",
                self.mapped("name"),
                _EMPTY_VALUES,
            )
        )
        return dict(rows)

    # -- checks -----------------------------------------------------------------------

    @api.model
    def _check_name(self, name):
        """:raise ValidationError: for a technical name that Odoo would choke on"""
        if not re.fullmatch(r"[a-z0-9_]{1,64}", name or "") or name.endswith("_html"):
            raise ValidationError(
                self.env._(
                    "“%(name)s” cannot be a technical name: use small letters, digits "
                    "and underscores, and do not end with “_html”.",
                    name=name or "",
                )
            )

    @api.constrains("is_offered", "type", "option_ids")
    def _check_options(self):
        if self.env.context.get(SYNC_KEY) is SYNC:
            return  # Odoo's own form allows a selection without options
        for attribute in self.filtered(lambda a: a.type in _WITH_OPTIONS):
            if attribute.is_offered and not attribute.option_ids:
                raise ValidationError(
                    self.env._(
                        "“%(label)s” has no options to choose from. Add one before you "
                        "offer it.",
                        label=attribute.label,
                    )
                )
            defaults = attribute.option_ids.filtered("is_default")
            if attribute.type == "selection" and len(defaults) > 1:
                raise ValidationError(
                    self.env._(
                        "A customer has one option of “%(label)s”, so only one can be "
                        "the default, not %(options)s.",
                        label=attribute.label,
                        options=", ".join(defaults.mapped("label")),
                    )
                )

    @api.model
    def _check_own_type(self, attribute_type):
        """:raise UserError: for a type that only Odoo's own form knows how to define"""
        if attribute_type not in _OWN_TYPES:
            names = dict(self._fields["type"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "An attribute of the type “%(type)s” is made in the form of a "
                    "contact (Edit Properties), and is listed here afterwards.",
                    type=names.get(attribute_type, attribute_type),
                )
            )

    def _check_changes(self, vals):
        """Refuse what would make the values that customers have unreadable.

        :raise UserError: naming the attribute and the way out
        """
        counts = self._count_values() if "type" in vals else {}
        for attribute in self:
            if vals.get("name", attribute.name) != attribute.name:
                raise UserError(
                    self.env._(
                        "The technical name of “%(label)s” stays: values and "
                        "spreadsheets go by it. Change the label instead.",
                        label=attribute.label,
                    )
                )
            if vals.get("type", attribute.type) == attribute.type:
                continue
            self._check_own_type(vals["type"])
            self._check_own_type(attribute.type)
            if counts.get(attribute.name):
                raise UserError(
                    self.env._(
                        "%(count)s contacts have a value for “%(label)s”, so its type "
                        "stays. Make a new attribute of the other type, and switch this "
                        "one off.",
                        count=counts[attribute.name],
                        label=attribute.label,
                    )
                )

    # -- rows rewrite the definition --------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get(SYNC_KEY) is not SYNC:
            for vals in vals_list:
                self._check_own_type(vals.get("type", "char"))
                if "name" in vals:
                    self._check_name(vals["name"])
                vals.pop("native", None)  # Odoo's own form writes it
        attributes = super().create(vals_list)
        attributes._push()
        return attributes

    def write(self, vals):
        if self.env.context.get(SYNC_KEY) is not SYNC:
            vals = {key: value for key, value in vals.items() if key != "native"}
            self._check_changes(vals)
        result = super().write(vals)
        self._push()
        return result

    def unlink(self):
        result = super().unlink()
        self._push()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        counts = self._count_values()
        for attribute in self:
            if counts.get(attribute.name):
                raise UserError(
                    self.env._(
                        "%(count)s contacts have a value for “%(label)s”. Switch it off "
                        "to hide it and keep what they have, or open it and choose "
                        "“Delete with its values”.",
                        count=counts[attribute.name],
                        label=attribute.label,
                    )
                )

    def action_delete_with_values(self):
        """Delete the attributes and what all customers have of them, for good.

        :return: action that goes back to the list
        :raise AccessError: for those who are no customer managers
        """
        self.check_access("unlink")
        names = self.mapped("name")
        # SQL, because values without a definition are invisible to the ORM, and a
        # manager of one company defines the attributes of all.
        self.env["res.partner"].flush_model(["properties"])
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET properties = properties - %s"
                " WHERE jsonb_typeof(properties) = 'object' AND properties ?| %s",
                names,
                names,
            )
        )
        count = self.env.cr.rowcount
        self.env["res.partner"].invalidate_model(["properties"])
        _logger.info(
            "User #%s deleted the attributes %s with the values of %s contacts",
            self.env.uid,
            names,
            count,
        )
        self.unlink()
        return self.env["ir.actions.actions"]._for_xml_id(
            "customer_base.customer_attribute_action"
        )

    def _push(self):
        """Make Odoo's definition say what the rows say."""
        if self.env.context.get(SYNC_KEY) is SYNC:
            return
        definition = self._definition_record()
        # Two managers at once: the second waits here, cannot serialize and runs again
        # from the start, with the rows of the first.
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM properties_base_definition WHERE id = %s FOR UPDATE",
                definition.id,
            )
        )
        # sudo: the definition is written whole, whoever changed one row of it
        offered = self.sudo().search([("is_offered", "=", True)])
        entries = [attribute._to_definition() for attribute in offered]
        if entries != definition.properties_definition:
            definition.with_context(**{SYNC_KEY: SYNC}).properties_definition = entries

    @api.model
    def _definition_record(self):
        # sudo: who may define attributes is said by the rights on customer.attribute
        return (
            self.env["properties.base.definition"]
            .sudo()
            ._get_definition_for_property_field("res.partner", "properties")
        )

    def _to_definition(self):
        """The entry of Odoo's definition, dict of JSON values."""
        self.ensure_one()
        entry = dict(
            self.native or {}, name=self.name, type=self.type, string=self.label
        )
        options = self.option_ids
        if self.type == "selection":
            entry["selection"] = [[option.key, option.label] for option in options]
        elif self.type == "tags":
            entry["tags"] = [[o.key, o.label, o.color] for o in options]
        default = self._default_to_json()
        if default:
            entry["default"] = default
        return entry

    def _default_to_json(self):
        if self.type in _WITH_OPTIONS:
            keys = self.option_ids.filtered("is_default").mapped("key")
            return keys if self.type == "tags" else keys[:1] and keys[0]
        if self.type not in _DEFAULT_FIELD:
            return None  # in ``native``
        value = self[_DEFAULT_FIELD[self.type]]
        if self.type == "date":
            return fields.Date.to_string(value)
        if self.type == "datetime":
            return fields.Datetime.to_string(value)
        return value

    # -- the definition rewrites the rows ---------------------------------------------

    @api.model
    def _mirror(self):
        """Make the rows say what Odoo's definition says.

        An entry that was deleted there only stops being offered here as long as
        customers have a value, so that nothing is lost by a click in a form.
        """
        # sudo: Odoo checked the right to write the definition
        rows = self.sudo().with_context(**{SYNC_KEY: SYNC}).search([])
        by_name = {row.name: row for row in rows}
        entries = self._definition_record().properties_definition
        found = rows.browse()
        for entry in entries:
            found += rows._mirror_entry(by_name.get(entry["name"]), entry)
        if found.sorted().ids != found.ids:
            for position, row in enumerate(found, 1):
                row.sequence = position * 10
        self._mirror_deleted((rows - found).filtered("is_offered"))

    def _mirror_entry(self, row, entry):
        values = self._from_definition(entry)
        if row:
            changed = {key: value for key, value in values.items() if row[key] != value}
            if changed:
                row.write(changed)
        else:
            row = self.create([values])
        row._mirror_options(entry)
        return row

    def _mirror_deleted(self, rows):
        counts = rows._count_values()
        shipped = rows.get_external_id()
        for row in rows:
            if counts.get(row.name) or shipped[row.id]:
                row.is_offered = False
            else:
                row.unlink()

    @api.model
    def _from_definition(self, entry):
        """Values of a row, without its options, from an entry of Odoo's definition."""
        own = entry["type"] in _OWN_TYPES
        skipped = _ROW_KEYS | ({"default"} if own else set())
        values = {
            "name": entry["name"],
            "type": entry["type"],
            "label": entry.get("string") or entry["name"],
            "is_offered": True,
            "native": {k: v for k, v in entry.items() if k not in skipped} or False,
        }
        if field_name := _DEFAULT_FIELD.get(entry["type"]):
            field = self._fields[field_name]
            default = entry.get("default") or False
            values[field_name] = field.convert_to_record(
                field.convert_to_cache(default, self), self
            )
        return values

    def _mirror_options(self, entry):
        """Make the options those of the entry of Odoo's definition.

        :raise UserError: when customers have an option that is no longer among them
        """
        self.ensure_one()
        if self.type not in _WITH_OPTIONS:
            self.option_ids.unlink()
            return
        options = entry.get(self.type) or []  # [key, label] or [key, label, color]
        default = entry.get("default") or []
        defaults = default if isinstance(default, list) else [default]
        by_key = {option.key: option for option in self.option_ids}
        for position, (key, label, *color) in enumerate(options, 1):
            values = {
                "label": label or key,
                "sequence": position,
                "color": color[0] if color else 0,
                "is_default": key in defaults,
            }
            option = by_key.pop(key, None)
            if not option:
                self.option_ids.create([dict(values, key=key, attribute_id=self.id)])
            elif changed := {k: v for k, v in values.items() if option[k] != v}:
                option.write(changed)
        self.option_ids.browse([option.id for option in by_key.values()]).unlink()
