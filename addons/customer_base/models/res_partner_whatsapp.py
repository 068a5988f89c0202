from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError

from ..tools.phone_number import PhoneNumber, parse_phone

_MAX_TEXT = 1500  # characters of a message
_MAX_ENCODED = 6000  # characters of an address, which servers on the way still take


def whatsapp_url(number, text=""):
    """The address that opens WhatsApp for ``number`` with ``text``, and sends nothing.

    :param str number: in E.164
    """
    text = text[:_MAX_TEXT]
    while len(encoded := quote(text, safe="")) > _MAX_ENCODED:
        text = text[: len(text) * 9 // 10]
    url = f"https://wa.me/{number.removeprefix('+')}"
    return f"{url}?text={encoded}" if text else url


class ResPartner(models.Model):
    """WhatsApp from the customer: numbers, messages and links."""

    _name = "res.partner"
    _inherit = ["res.partner", "customer.message.mixin"]

    _customer_message_kind = "customer"
    _customer_partner_field = ""

    customer_phone_problem = fields.Char(
        string="WhatsApp",
        compute="_compute_customer_phone_problem",
        help="Why there is no WhatsApp on the phone number.",
    )
    customer_greeting_name = fields.Char(
        string="Name in the greeting", compute="_compute_customer_greeting_name"
    )
    customer_shop_id = fields.Many2one(
        "res.company", string="Shop", compute="_compute_customer_shop_id"
    )

    # -- number -----------------------------------------------------------------------

    def _customer_phone(self):
        """What the phone number is; an address without one has that of its owner."""
        if not self:
            return PhoneNumber(problem="empty")
        self.ensure_one()
        # sudo: the code of a country is no secret, and not everyone reads it
        owner = self.sudo()
        if not owner.phone and owner._is_mere_address():
            owner = owner.parent_id
        return self._customer_parse_phone(owner.phone, owner.country_id)

    @api.model
    def _customer_parse_phone(self, phone, country):
        """``PhoneNumber`` of a text, written in ``country``, without one in the company's."""
        # sudo: as above
        company = self.env.company.sudo()
        return parse_phone(phone or "", country.code or company.country_id.code or "")

    @api.depends("phone", "country_id", "parent_id.phone", "type")
    @api.depends_context("lang", "company")
    def _compute_customer_phone_problem(self):
        for partner in self:
            partner.customer_phone_problem = (
                partner.phone
                and partner._customer_phone_sentence(partner._customer_phone())
            )

    @api.model
    def _customer_whatsapp_depends(self):
        return ("phone", "country_id", "parent_id.phone", "type")

    @api.model
    def _customer_phone_sentence(self, number):
        """Why there is no WhatsApp on ``number``, and what to do; empty where there is."""
        match number.problem:
            case "":
                return ""
            case "empty":
                return self.env._("There is no phone number. Enter a mobile number.")
            case "several":
                return self.env._(
                    "There is more than one number. Keep the mobile number, and put the "
                    "other one into the note."
                )
            case "extension":
                return self.env._(
                    "A number with an extension has no WhatsApp. Enter a mobile number."
                )
            case "letters":
                return self.env._(
                    "This is no phone number. Write it in digits, without letters."
                )
            case "country":
                return self.env._(
                    "No country has this prefix. Check the digits after the plus sign."
                )
            case "short":
                return self.env._("The number is too short. Check that it is complete.")
            case "long":
                return self.env._("The number is too long. Check its digits.")
            case "landline":
                return self.env._(
                    "This is a landline, without WhatsApp. Enter a mobile number."
                )
            case "service":
                return self.env._(
                    "This is a service number, without WhatsApp. Enter a mobile number."
                )
        return self.env._(
            "No phone has this number. Check its digits and the country, or write it with "
            "the country’s prefix, as +31."
        )

    @api.model
    def customer_phone_check(self, phone, country_id=None):
        """What a phone number is, asked while somebody types it.

        :param str phone: as it was typed
        :param int country_id: the country whose numbers are written without a prefix; that
            of the company by default
        :return: dict of ``number`` as people read it, empty when it is none, and
            ``problem``, a sentence where there can be no WhatsApp
        :raise AccessError: for users without the Customers app
        :raise UserError: for values of a wrong kind
        """
        self._check_customer_user()
        values = self._customer_duplicate_values(
            {"phone": phone, "phone_country_id": country_id}
        )
        # sudo: as above
        country = self.env["res.country"].sudo()
        country = country.browse(values.get("phone_country_id")).exists()
        number = self._customer_parse_phone(values.get("phone"), country)
        return {
            "number": number.international,
            "problem": self._customer_phone_sentence(number),
        }

    def _check_customer_whatsapp(self):
        """:raise UserError: when nobody can be written to by WhatsApp"""
        if not self:
            raise UserError(
                self.env._(
                    "There is no customer to write to. Choose the customer first."
                )
            )
        number = self._customer_phone()
        if not number.mobile:
            raise UserError(
                self.env._(
                    "%(customer)s cannot be reached by WhatsApp. %(why)s",
                    customer=self.display_name,
                    why=self._customer_phone_sentence(number),
                )
            )

    # -- what messages say of a customer ------------------------------------------------

    @api.depends("name", "parent_id.name", "type")
    def _compute_customer_greeting_name(self):
        for partner in self:
            partner.customer_greeting_name = partner._customer_greeting()

    def _customer_greeting(self):
        """How the customer is addressed; a module that knows first names overrides it."""
        self.ensure_one()
        return self.name or self.parent_id.name or ""

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_customer_shop_id(self):
        for partner in self:
            partner.customer_shop_id = partner.company_id or self.env.company

    @api.model
    def _customer_message_label(self):
        return self.env._("Customer")

    @api.model
    def _customer_message_fields(self):
        return [
            "customer_greeting_name",
            "customer_shop_id.name",
            "customer_shop_id.phone",
        ]

    def _customer_message_partner(self):
        return self

    @api.model
    def _customer_message_domain(self):
        return [("is_customer", "=", True)]

    # -- messages -----------------------------------------------------------------------

    def _customer_marketing_refusal(self):
        """Why the customer must not get advertising; a module of consents adds to it.

        :return: a sentence, empty when advertising is allowed
        """
        self.ensure_one()
        # sudo: that a customer wants no advertising counts for everyone who writes
        if self.sudo().customer_blocked_marketing:
            return self.env._(
                "%(customer)s is blocked for marketing and gets no advertising.",
                customer=self.display_name,
            )
        return ""

    def _customer_message_templates(self, document):
        """Messages about ``document`` that this customer may get, the proposed first."""
        templates = self.env["customer.message.template"]._fitting(document)
        if templates.filtered("is_marketing") and self._customer_marketing_refusal():
            templates = templates.filtered(lambda t: not t.is_marketing)
        return templates

    def _customer_message_text(self, template, document):
        """The text of ``template`` in the customer's language."""
        lang = self.lang or self.env.lang
        return template.with_context(lang=lang)._render_message(
            document.with_context(lang=lang)
        )

    def _customer_message_document(self, document):
        """The record of ``"model,id"``, this customer where nothing is said.

        :raise UserError: for what is no document of this customer
        :raise AccessError: for a document that the user does not read
        """
        if not document:
            return self
        model, _comma, res_id = str(document).partition(",")
        kinds = self.env["customer.message.template"]._models_by_kind().values()
        if model not in [m._name for m in kinds] or not res_id.isdigit():
            raise UserError(
                self.env._(
                    "“%(document)s” is no document with messages. Write it as "
                    "“account.move,1”.",
                    document=str(document)[:50],
                )
            )
        record = self.env[model].browse(int(res_id))
        if not record.exists():
            raise MissingError(self.env._("This document was deleted meanwhile."))
        record._check_customer_message_access()
        if record._customer_message_partner() != self:
            raise UserError(
                self.env._(
                    "%(document)s is of another customer.",
                    document=record.display_name,
                )
            )
        return record

    def _customer_message_template(self, code, document):
        """The template of ``code`` for ``document``, the proposed one without a code.

        :raise UserError: for a code that does not fit, and for advertising to whoever
            must not get it
        """
        templates = self.env["customer.message.template"]
        if code is None:
            return self._customer_message_templates(document)[:1]
        if not code:
            return templates
        kind = document._customer_message_kind
        template = templates.search([("code", "=", code), ("kind", "=", kind)])
        if not template:
            raise UserError(
                self.env._(
                    "There is no message “%(code)s” for this kind of document.",
                    code=str(code)[:50],
                )
            )
        refusal = template.is_marketing and self._customer_marketing_refusal()
        if refusal:
            raise UserError(refusal)
        return template

    def customer_whatsapp_url(self, template_code=None, document=None):
        """The address that opens WhatsApp with a message to the customer.

        It sends nothing by itself. That it was asked for is written in the journal.

        :param str template_code: code of a message; by default the one that is proposed
            for the document, and with an empty code no text at all
        :param str document: ``"model,id"`` of a document of this customer
        :return: the address, or False when there is no WhatsApp on the number
        :raise AccessError: for users without the Customers app
        :raise UserError: for a message or a document that does not fit, and for
            advertising to a customer who must not get it
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        record = self._customer_message_document(document)
        template = self._customer_message_template(template_code, record)
        return self._customer_whatsapp_open(template, record)

    def _customer_whatsapp_open(self, template, document):
        """As ``customer_whatsapp_url``, of records."""
        number = self._customer_phone()
        if not number.mobile:
            return False
        text = self._customer_message_text(template, document) if template else ""
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(),
            "whatsapp",
            template=template.code or "",
            document=f"{document._name},{document.id}",
        )
        return whatsapp_url(number.e164, text)

    def _customer_whatsapp_action(self, template, document):
        return {
            "type": "ir.actions.act_url",
            "url": self._customer_whatsapp_open(template, document),
            "target": "new",
        }

    def customer_messages(self, document=None):
        """What the shop can write to the customer, as the customer will read it.

        :param str document: ``"model,id"`` of a document of this customer
        :return: dict with ``number`` as people read it, ``problem``, a sentence where
            there is no WhatsApp, and ``messages``, a list of ``{"code", "name", "text"}``
            that begins with the proposed one
        :raise AccessError: for users without the Customers app
        :raise UserError: for a document that does not fit
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        record = self._customer_message_document(document)
        number = self._customer_phone()
        return {
            "number": number.international,
            "problem": self._customer_phone_sentence(number),
            "messages": [
                {
                    "code": template.code,
                    "name": template.name,
                    "text": self._customer_message_text(template, record),
                }
                for template in self._customer_message_templates(record)
            ],
        }

    def _customer_card(self, config):
        number = self._customer_phone()
        return {
            **super()._customer_card(config),
            "whatsapp": {
                "ready": number.mobile,
                "problem": self.phone and self._customer_phone_sentence(number) or "",
            },
        }
