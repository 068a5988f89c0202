from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import chain

_FROZEN = frozenset(
    {"purpose_id", "version", "lang", "body", "published_at", "notice", "hash"}
)


class ConsentWording(models.Model):
    """What customers read when they are asked, in one language: a version of the text.

    Publishing freezes it, together with what else ISO/IEC TS 27560 wants told at that
    moment (controller, purpose, recipients, …): each event of the ledger vouches for its
    hash. Who reads another language gets another row of the same version.
    """

    _name = "consent.wording"
    _description = "Wording of a Consent"
    _order = "purpose_id, version desc, lang"

    purpose_id = fields.Many2one(
        "consent.purpose", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="purpose_id.company_id", store=True)
    version = fields.Integer(
        required=True,
        default=0,
        help="Texts of one version say the same in several languages. By default the "
        "first version that this language does not have.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang,
    )
    body = fields.Text(
        string="Text",
        required=True,
        help="The sentence a customer agrees to, in plain words. Say that the consent can "
        "be withdrawn at any time.",
    )
    published_at = fields.Datetime(string="Published", readonly=True, copy=False)
    notice = fields.Json(readonly=True, copy=False)
    hash = fields.Char(size=64, readonly=True, copy=False)

    _version_unique = models.UniqueIndex(
        "(purpose_id, version, lang)", "There is a text of this version and language."
    )

    @api.depends("purpose_id", "version", "lang")
    def _compute_display_name(self):
        for wording in self:
            wording.display_name = self.env._(
                "%(purpose)s, version %(version)s (%(lang)s)",
                purpose=wording.purpose_id.name,
                version=wording.version,
                lang=wording.lang,
            )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_frozen(vals) for vals in vals_list]
        for vals in vals_list:
            if not vals.get("version"):
                lang = vals.get("lang") or self.env.lang
                vals["version"] = self._next_version(vals.get("purpose_id"), lang)
        return super().create(vals_list)

    @api.model
    def _without_frozen(self, vals):
        """What only publishing writes is not for the caller to give."""
        return {
            name: value
            for name, value in vals.items()
            if name not in ("published_at", "notice", "hash")
        }

    @api.model
    def _next_version(self, purpose_id, lang):
        latest = self.search(
            [("purpose_id", "=", purpose_id), ("lang", "=", lang)],
            order="version desc",
            limit=1,
        )
        return latest.version + 1

    def write(self, vals):
        vals = self._without_frozen(vals)
        if not _FROZEN.isdisjoint(vals):
            self._check_not_published()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_not_published()

    def _check_not_published(self):
        if frozen := self.filtered("published_at"):
            raise UserError(
                self.env._(
                    "“%(wording)s” is published: customers may have agreed to it, word by "
                    "word. Write a new version instead.",
                    wording=frozen[0].display_name,
                )
            )

    def action_publish(self):
        """Freeze the texts; from now on customers are asked with them.

        :raise AccessError: for users who are no customer managers
        :raise UserError: for an empty text
        """
        self.check_access("write")
        for wording in self.filtered(lambda w: not w.published_at):
            if not (wording.body or "").strip():
                raise UserError(
                    self.env._("There is nothing to agree to: write a text.")
                )
            notice = wording._prepare_notice()
            # the ORM's own write: this model's refuses what is written here
            models.BaseModel.write(
                wording,
                {
                    "published_at": fields.Datetime.now(),
                    "notice": notice,
                    "hash": wording._digest(wording.body, notice),
                },
            )
        return True

    def _prepare_notice(self):
        """What a customer is told besides the text, as it is today."""
        self.ensure_one()
        # sudo: the manager of customers need not read all of the company
        purpose = self.sudo().purpose_id.with_context(lang=self.lang)
        company = purpose.company_id
        return {
            "purpose": purpose.name,
            "purpose_code": purpose.code,
            "description": purpose.description or "",
            "legal_basis": purpose.legal_basis,
            "data_categories": purpose.data_categories or "",
            "recipients": purpose.recipients or "",
            "retention": purpose.retention or "",
            "storage_location": purpose.storage_location or "",
            "validity_months": purpose.validity_months,
            "controller": {
                "id": company.id,
                "name": company.name,
                "address": company.partner_id._display_address(without_company=True),
                "email": company.email or "",
                "phone": company.phone or "",
                "url": company.website or "",
                "country": company.country_id.code or "",
            },
            "version": self.version,
            "language": self.lang,
        }

    @api.model
    def _digest(self, body, notice):
        return chain.digest(chain.canonical([body, notice]))
