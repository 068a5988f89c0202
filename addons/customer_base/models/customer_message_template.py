import re
from functools import reduce

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import (
    format_amount,
    format_date,
    format_datetime,
    formatLang,
    html2plaintext,
    ormcache,
)
from odoo.tools.rendering_tools import parse_inline_template

MAX_BODY = 1000  # characters; longer ones are a letter and no message
_CODE = re.compile(r"[a-z0-9_.-]{1,40}")
# What is left of a placeholder or of code that the engine does not take for one.
_REMAINS = re.compile(r"\{\{|\}\}|\{%|\$\{|<t[\s>]|\bt-(?:out|esc|field)\b")


class CustomerMessageTemplate(models.Model):
    """A message to a customer, with what it says of a document filled in.

    Rendered by Odoo's inline engine in its restricted mode: no code is ever evaluated,
    only the fields that the model of the document lists are shown
    (``_customer_message_fields`` of ``customer.message.mixin``), as people read them.
    """

    _name = "customer.message.template"
    _description = "Customer Message"
    _inherit = ["mail.render.mixin"]
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Names the message for other systems and in the journal.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection="_selection_kind",
        string="Document",
        required=True,
        default="customer",
    )
    state = fields.Selection(
        selection="_selection_state",
        string="In state",
        help="The message that is proposed first for documents in this state. Without a "
        "state it fits all documents of the kind.",
    )
    state_keys = fields.Json(compute="_compute_state_keys")
    body = fields.Text(string="Message", required=True, translate=True)
    is_marketing = fields.Boolean(
        string="Advertising",
        help="Only for customers who may get advertising from you.",
    )
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    field_list = fields.Json(compute="_compute_field_list")
    preview_ref = fields.Reference(
        selection="_selection_model",
        string="Preview with",
        compute="_compute_preview_ref",
        readonly=False,
        store=False,
    )
    preview = fields.Text(compute="_compute_preview")

    _code_unique = models.UniqueIndex("(code)", "Another message has this code.")

    # -- kinds of documents ---------------------------------------------------------------

    @api.model
    @ormcache()
    def _model_names_by_kind(self):
        """:return: dict of kind to the name of the model of its documents"""
        result = {}
        for name, cls in self.env.registry.items():
            kind = getattr(cls, "_customer_message_kind", None)
            if kind and not cls._abstract:
                result[kind] = name
        return result

    @api.model
    def _models_by_kind(self):
        """:return: dict of kind to an empty recordset of the model of its documents"""
        names = self._model_names_by_kind()
        return {kind: self.env[name] for kind, name in names.items()}

    def _document_model(self):
        """The model of the documents, None when its module is gone."""
        return self._models_by_kind().get(self.kind)

    @api.model
    def _selection_kind(self):
        documents = self._models_by_kind()
        labels = [(k, m._customer_message_label()) for k, m in documents.items()]
        return sorted(labels, key=lambda kind: (kind[0] != "customer", kind[1]))

    @api.model
    def _selection_state(self):
        return [
            (f"{kind}.{key}", label)
            for kind, documents in self._models_by_kind().items()
            for key, label in documents._customer_message_states()
        ]

    @api.model
    def _selection_model(self):
        documents = self._models_by_kind().values()
        return [(m._name, m._customer_message_label()) for m in documents]

    @api.depends("kind")
    def _compute_render_model(self):
        for template in self:
            documents = template._document_model()
            template.render_model = False if documents is None else documents._name

    @api.depends("kind")
    def _compute_state_keys(self):
        keys = [key for key, _label in self._selection_state()]
        for template in self:
            template.state_keys = [k for k in keys if k.startswith(f"{template.kind}.")]

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.state not in (self.state_keys or []):
            self.state = False

    # -- fields that may be shown -----------------------------------------------------------

    def _allowed_expressions(self):
        """What may stand between braces, by the label that people know it by."""
        self.ensure_one()
        documents = self._document_model()
        if documents is None:
            return {}
        paths = documents._customer_message_fields()
        return {f"object.{path}": self._path_label(documents, path) for path in paths}

    @api.model
    def _path_label(self, records, path):
        labels = []
        for name in path.split("."):
            labels.append(records._fields[name]._description_string(self.env))
            records = records[name]
        return " › ".join(labels)

    @api.depends("kind")
    def _compute_field_list(self):
        for template in self:
            template.field_list = list(template._allowed_expressions().items())

    @api.constrains("body", "kind")
    def _check_body(self):
        for template in self:
            for body in (
                template._fields["body"]._get_stored_translations(template).values()
            ):
                template._check_text(body)

    def _check_text(self, text):
        """:raise ValidationError: for what a message cannot show"""
        self.ensure_one()
        if len(text or "") > MAX_BODY:
            raise ValidationError(
                self.env._(
                    "The message is too long for WhatsApp. Shorten it to %(count)s "
                    "characters.",
                    count=MAX_BODY,
                )
            )
        allowed = self._allowed_expressions()
        for literal, expression, default in parse_inline_template(text or ""):
            if remains := _REMAINS.search(literal + default):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be part of a message. Insert fields by the "
                        "button beside the text, and write everything else as the "
                        "customer shall read it.",
                        code=remains[0],
                    )
                )
            if expression and expression not in allowed:
                raise ValidationError(
                    self.env._(
                        "A message about “%(kind)s” cannot show “%(field)s”. Choose one "
                        "of: %(allowed)s.",
                        kind=dict(self._selection_kind()).get(self.kind, self.kind),
                        field=expression,
                        allowed=", ".join(allowed),
                    )
                )

    @api.constrains("code")
    def _check_code(self):
        for template in self:
            if not _CODE.fullmatch(template.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be a code. Use up to 40 small letters, "
                        "digits, dots, hyphens and underscores.",
                        code=template.code,
                    )
                )

    @api.constrains("state", "kind")
    def _check_state(self):
        for template in self:
            if template.state and template.state not in (template.state_keys or []):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is for a state that its documents do not have. "
                        "Choose the state again.",
                        name=template.name,
                    )
                )

    def copy_data(self, default=None):
        return [
            {**values, "code": values.get("code") or self._free_code(template.code)}
            for template, values in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model
    def _free_code(self, code):
        taken = self.with_context(active_test=False).search(
            [("code", "=like", f"{code[:30]}%")]
        )
        codes = set(taken.mapped("code"))
        number = 2
        while (free := f"{code[:30]}-{number}") in codes:
            number += 1
        return free

    # -- rendering --------------------------------------------------------------------------

    def _render_message(self, document):
        """The message about ``document`` in the language of the environment."""
        self.ensure_one()
        return self._render_text(self.body, document)

    def _render_text(self, text, document):
        self._check_text(text)
        # sudo: what the model lists of a document may be told to its customer, and the
        # caller reads the document
        rendered = self.sudo()._render_template(
            text or "", document._name, document.ids, engine="inline_template"
        )
        return rendered.get(document.id, "").strip()

    @api.model
    def _render_template_inline_template(
        self, template_txt, model, res_ids, add_context=None, options=None
    ):
        """Never evaluate: who may edit templates elsewhere may not run code here."""
        return self._render_template_inline_template_regex(template_txt, model, res_ids)

    @api.model
    def _render_template_inline_template_regex(self, template_txt, model, res_ids):
        """As core, with values as people read them and only of the listed fields."""
        parts = parse_inline_template(str(template_txt))
        result = {}
        for record in self.env[model].browse(res_ids):
            allowed = record._customer_message_fields()
            texts = []
            for literal, expression, default in parts:
                texts.append(literal)
                path = expression.removeprefix("object.")
                if path in allowed:
                    texts.append(self._value_text(record, path) or default)
            result[record.id] = "".join(texts)
        return result

    @api.model
    def _value_text(self, record, path):
        """A field as the reader of the language of the environment expects it."""
        *way, name = path.split(".")
        record = reduce(lambda records, step: records[step], way, record)[:1]
        if not record or not (value := record[name]):
            return ""
        field = record._fields[name]
        if name in getattr(record, "_customer_amount_fields", ()):
            return format_amount(self.env, value, record.currency_id)
        match field.type:
            case "date":
                return format_date(self.env, value)
            case "datetime":
                return format_datetime(self.env, value, dt_format="short")
            case "monetary":
                currency = record[field.get_currency_field(record)]
                return format_amount(self.env, value, currency)
            case "float":
                return formatLang(self.env, value)
            case "selection":
                return dict(field._description_selection(self.env)).get(value, value)
            case "html":
                return html2plaintext(value)
            case "many2one" | "one2many" | "many2many":
                return ", ".join(value.mapped("display_name"))
        return str(value)

    # -- preview --------------------------------------------------------------------------

    @api.depends("kind")
    def _compute_preview_ref(self):
        for template in self:
            documents = template._document_model()
            newest = documents is not None and documents.has_access("read")
            newest = newest and documents.search(
                documents._customer_message_domain(), order="id desc", limit=1
            )
            template.preview_ref = newest or False

    @api.depends("body", "kind", "preview_ref")
    def _compute_preview(self):
        for template in self:
            document = template.preview_ref
            if not document or document._name != template.render_model:
                template.preview = False
                continue
            try:
                document._check_customer_message_access()
                template.preview = template._render_text(template.body, document)
            except UserError as refusal:
                template.preview = str(refusal)

    # -- which one --------------------------------------------------------------------------

    @api.model
    def _fitting(self, document):
        """Messages for ``document``, the one to propose first.

        Those for its state come before the default of the settings, and that before the
        others.
        """
        kind = document._customer_message_kind
        state = document._customer_message_state()
        company = document._customer_message_company()
        found = self.search(
            Domain("kind", "=", kind)
            & Domain("state", "in", (False, f"{kind}.{state}"))
            & Domain("company_id", "in", (False, company.id))
        )
        default = document._customer_message_default()
        return found.sorted(
            lambda t: (not t.state, t != default, t.sequence, t._origin.id)
        )
