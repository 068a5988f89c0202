import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

LEGAL_BASES = [
    ("consent", "Consent"),
    ("contract", "Contract"),
    ("legal_obligation", "Legal obligation"),
    ("vital_interest", "Vital interest"),
    ("public_task", "Public task"),
    ("legitimate_interest", "Legitimate interest"),
]
# The field by which a purpose says who may ask for it, by channel of an answer. A call of
# another system and an import bring answers that were asked for elsewhere.
ASKING_FIELDS = {
    "pos": "ask_in_pos",
    "customer_display": "ask_in_pos",
    "backend": "ask_in_backend",
    "portal": "ask_in_portal",
    "link": "ask_in_portal",
    "web_form": "ask_in_portal",
}
# What an answer looks at, read at once.
_LOOKED_AT = (
    "code",
    "name",
    "active",
    "company_id",
    "legal_basis",
    *ASKING_FIELDS.values(),
)


def _main(lang):
    """The language of a locale: ``fr`` of ``fr_BE``."""
    return lang[:2]


class ConsentPurpose(models.Model):
    """What personal data is used for, and on which legal basis (GDPR art. 6)."""

    _name = "consent.purpose"
    _description = "Purpose of Consent"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="By which other systems and the ledger know the purpose. It stays as it is.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="Nobody is asked any more for a purpose that is given up. What was answered "
        "stays proved, and can still be withdrawn.",
    )
    description = fields.Text(
        translate=True, help="What is done with the data, for customers to read."
    )
    company_id = fields.Many2one(
        "res.company",
        string="Controller",
        required=True,
        default=lambda self: self.env.company,
        help="The company that answers for it, named in each wording.",
    )
    legal_basis = fields.Selection(
        LEGAL_BASES, required=True, default="consent", help="GDPR article 6(1)."
    )
    ask_at_creation = fields.Boolean(
        string="Ask at creation", help="Ask when a customer is created or signs up."
    )
    answer_required = fields.Boolean(
        string="Answer required",
        help="Whoever creates a customer notes an answer, yes or no.",
    )
    is_condition = fields.Boolean(
        string="Condition",
        help="Without a yes, no customer is created. Never for a consent: it would not "
        "be freely given (GDPR article 7(4)).",
    )
    validity_months = fields.Integer(
        string="Valid for (months)",
        help="After these a consent ends by itself; 0 never.",
    )
    ask_in_pos = fields.Boolean(string="At the till", default=True)
    ask_in_backend = fields.Boolean(string="In the back office", default=True)
    ask_in_portal = fields.Boolean(string="In the portal and by link", default=True)
    data_categories = fields.Char(
        translate=True, help="Which data is used: name, e-mail, purchases."
    )
    recipients = fields.Char(
        translate=True, help="Who else receives the data; nobody if empty."
    )
    retention = fields.Char(translate=True, help="How long the data is kept.")
    storage_location = fields.Char(translate=True, help="Where the data is kept.")
    wording_ids = fields.One2many("consent.wording", "purpose_id", string="Wordings")
    wording_id = fields.Many2one(
        "consent.wording",
        string="Wording in force",
        compute="_compute_wording_id",
        help="What customers who read your language are asked today.",
    )

    _code_unique = models.UniqueIndex("(code)", "There is a purpose with this code.")

    @api.depends("wording_ids.published_at")
    @api.depends_context("lang")
    def _compute_wording_id(self):
        for purpose in self:
            purpose.wording_id = purpose._get_wording(self.env.lang)

    @api.constrains("code")
    def _check_code(self):
        for purpose in self:
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", purpose.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is no code of a purpose: small letters without "
                        "accents, digits and underscores, a letter first.",
                        code=purpose.code,
                    )
                )

    @api.constrains("legal_basis", "is_condition")
    def _check_is_condition(self):
        if self.filtered(lambda p: p.is_condition and p.legal_basis == "consent"):
            raise ValidationError(
                self.env._(
                    "A consent cannot be the condition for anything: it must be free "
                    "(GDPR article 7(4)). Choose another legal basis, or take away "
                    "“Condition”."
                )
            )

    @api.constrains("validity_months")
    def _check_validity_months(self):
        if self.filtered(lambda p: not 0 <= p.validity_months <= 1200):
            raise ValidationError(
                self.env._("A consent is valid for 1 to 1200 months, or 0 for no end.")
            )

    def write(self, vals):
        for name in ("code", "company_id", "legal_basis"):
            if name in vals and self.filtered(
                lambda p, name=name: (
                    p._is_in_use()
                    and p._fields[name].convert_to_write(p[name], p) != vals[name]
                )
            ):
                raise UserError(
                    self.env._(
                        "A purpose with a published wording keeps its code, controller "
                        "and legal basis: customers agreed to these. Archive it, and "
                        "make a new one."
                    )
                )
        return super().write(vals)

    def copy_data(self, default=None):
        default = dict(default or {})
        return [
            {"code": f"{purpose.code[:35]}_copy", **vals}
            for purpose, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _is_in_use(self):
        self.ensure_one()
        # sudo: published or answered, whoever asks
        published = self.sudo().wording_ids.filtered("published_at")
        events = self.env["consent.event"].sudo()  # sudo: as above
        return bool(
            published or events.search([("purpose_ref", "=", self.id)], limit=1)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        if used := self.filtered(lambda p: p._is_in_use()):
            raise UserError(
                self.env._(
                    "“%(purpose)s” has a published wording and cannot be deleted: it "
                    "proves what customers agreed to. Archive it instead.",
                    purpose=used[0].name,
                )
            )

    @api.model
    def _find(self, code):
        """The purpose of ``code``, also one that was given up.

        :raise UserError: when there is none
        """
        # sudo: which purposes there are is no secret; who may answer is checked elsewhere
        purposes = self.sudo().with_context(active_test=False)
        purpose = isinstance(code, str) and purposes.search_fetch(
            [("code", "=", code)], _LOOKED_AT
        )
        if not purpose:
            raise UserError(
                self.env._(
                    "There is no purpose of consent with the code “%(code)s”.",
                    code=str(code)[:40],
                )
            )
        return purpose

    def _get_wording(self, lang=None):
        """The wording in force for a reader of ``lang``.

        The latest in that language; where there is none, in another variant of it
        (``fr_BE`` for ``fr_FR``), in the controller's language, in English, in any.

        :return: ``consent.wording``, empty while nothing is published
        """
        self.ensure_one()
        # sudo: what customers are asked is public
        wordings = self.env["consent.wording"].sudo()
        published = wordings.search_fetch(
            [("purpose_id", "=", self.id), ("published_at", "!=", False)],
            ["purpose_id", "version", "lang", "body", "published_at", "notice", "hash"],
            order="version DESC",
        )
        return self._choose_wording(published, lang)

    def _choose_wording(self, wordings, lang):
        """The one of ``wordings`` that a reader of ``lang`` reads, as above."""
        newest = wordings.sorted("version", reverse=True)

        def of(test, value):
            return newest.filtered(lambda w: test(w.lang) == value)

        found = (
            of(str, lang)
            or of(_main, _main(lang or ""))
            or of(str, self._controller_lang())
            or of(_main, "en")
            or newest
        )
        return found[:1]

    def _controller_lang(self):
        company = self.sudo().company_id  # sudo: as above
        # two columns, and not the hundreds that the ORM reads for the first of them
        company.fetch(["partner_id"])
        company.partner_id.fetch(["lang"])
        return company.partner_id.lang
