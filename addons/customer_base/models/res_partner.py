from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning
from odoo.fields import Domain

from .customer_duplicate import DuplicateSource


class ResPartner(models.Model):
    """A customer: a partner whom a sale, the portal, an import or a screen made one."""

    _inherit = "res.partner"

    is_customer = fields.Boolean(
        string="Customer",
        index=True,
        tracking=True,
        help="Shown in the Customers app and at the till. Suppliers, employees and "
        "mere addresses are not customers.",
    )
    customer_uuid = fields.Char(
        string="Customer UUID",
        compute="_compute_customer_uuid",
        search="_search_customer_uuid",
        help="Pseudonym of the customer in journals and ledgers.",
    )

    def _compute_customer_uuid(self):
        # sudo: a pseudonym tells nothing
        subjects = (
            self.env["customer.subject"]
            .sudo()
            .search([("partner_id", "in", self._origin.ids), ("live", "=", True)])
        )
        uuids = {subject.partner_id: subject.uuid for subject in subjects}
        for partner in self:
            partner.customer_uuid = uuids.get(partner._origin.id, False)

    def _search_customer_uuid(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: as above
        subjects = self.env["customer.subject"].sudo()
        uuids = [uuid for uuid in value if uuid]
        domain = Domain(
            "id",
            "in",
            subjects._search([("uuid", "in", uuids), ("live", "=", True)]).subselect(
                "partner_id"
            ),
        )
        if False in value:
            live = subjects._search([("live", "=", True)]).subselect("partner_id")
            domain |= Domain("id", "not in", live)
        return domain

    def _ensure_customer_uuid(self):
        self.ensure_one()
        return self.env["customer.subject"]._ensure(self.ids)[self.id]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._prepare_customer_vals_list(vals_list)
        self._check_customer_type_rights(vals_list)
        self._check_customer_codes_free(vals_list)
        partners = super().create(vals_list)
        partners.filtered("is_customer")._customer_prepare()
        partners._check_customer_type_given()
        return partners

    def write(self, vals):
        vals = dict(vals)  # the caller's own stays as it is
        self._check_customer_type_rights([vals])
        self._prepare_customer_codes([vals])
        self._check_customer_codes_free([vals])
        if "customer_type_id" in vals:
            # whoever gets a type has it for good: only its end remembers a former one
            vals.setdefault("customer_former_type_id", False)
        new_type = self._customer_type_changes(vals)
        before = self._customer_types_guarded(vals)
        result = super().write(vals)
        new_type._reset_customer_type_until()
        if vals.get("customer_rank"):
            self._become_customer()
        if not {"is_customer", "customer_type_id", "customer_code"}.isdisjoint(vals):
            self.filtered("is_customer")._customer_prepare()
        self._check_customer_type_given(before)
        return result

    @api.model
    def _prepare_customer_vals_list(self, vals_list):
        """Complete the values of new partners: who is a customer gets type and code.

        Given before the rows are made, they cost no second write for each row.
        """
        names = ("is_customer", "customer_rank", "customer_type_id", "customer_code")
        defaults = self.default_get([*names, "company_id", "parent_id", "type"])
        by_right = self._customer_right_is_ours("create")
        result, without_code, without_type = [], [], defaultdict(list)
        for given in vals_list:
            vals = dict(given)
            result.append(vals)
            full = {**defaults, **vals}
            if "is_customer" not in vals and (
                by_right or self._makes_customer(vals, defaults)
            ):
                kind = full.get("type") or "contact"
                vals["is_customer"] = not full.get("parent_id") or kind == "contact"
            if vals.get("is_customer"):
                for name in ("customer_type_id", "customer_code"):
                    if defaults.get(name):
                        vals.setdefault(name, defaults[name])
            self._prepare_customer_codes([vals])
            self._prepare_customer_type_until(vals)
            if not vals.get("is_customer"):
                continue
            if not vals.get("customer_code"):
                without_code.append(vals)
            # a contact takes the type of its company, in core's sync
            if not vals.get("customer_type_id") and not full.get("parent_id"):
                without_type[full.get("company_id") or False].append(vals)
        for company_id, group in without_type.items():
            company = self.env["res.company"].browse(company_id)
            default = self.env["customer.type"]._get_default(company)
            for vals in group:
                vals["customer_type_id"] = default.id
        codes = self._next_customer_codes(len(without_code))
        for vals, code in zip(without_code, codes, strict=True):
            vals["customer_code"] = code
        return result

    @api.model
    def _makes_customer(self, vals, defaults):
        """Whether a new partner is one to sell to, by its values or by the context."""
        full = {**defaults, **vals}
        if full.get("is_customer") or full.get("customer_rank"):
            return True
        # core turns this key into a rank, further up than here
        mode = self.env.context.get("res_partner_search_mode")
        return mode == "customer" and "customer_rank" not in vals

    def _is_mere_address(self):
        """Whether this is a place of somebody else and nobody who buys."""
        self.ensure_one()
        return bool(self.parent_id) and self.type not in (False, "contact")

    def _become_customer(self):
        """Make customers of these; an address makes one of whom it belongs to."""
        partners = self.filtered(lambda p: not p.is_customer)
        while addresses := partners.filtered(lambda p: p._is_mere_address()):
            partners = (partners - addresses) | addresses.parent_id
        partners = partners.filtered(lambda p: not p.is_customer)
        source = self._customer_duplicate_source() or DuplicateSource("sale")
        # sudo: the right to sell to somebody is enough to gain a customer, whose e-mail
        # cannot be refused any more
        partners.sudo().with_context(customer_duplicate_source=source).write(
            {"is_customer": True}
        )

    def _customer_prepare(self):
        """Give each customer what every customer has: type, code and subject."""
        self._ensure_customer_type()
        self._ensure_customer_code()
        self.env["customer.subject"]._ensure(self.ids)

    @api.model
    def _customer_adopt_existing(self):
        """Make customers of the partners who bought before the module was there."""
        self.with_context(active_test=False, tracking_disable=True).search(
            [("customer_rank", ">", 0), ("is_customer", "=", False)]
        )._become_customer()

    # -- deletion -------------------------------------------------------------------

    @api.model
    def _get_customer_document_fields(self):
        """Models and their fields that keep a customer from being deleted.

        :return: dict of model name to field name; each module adds its documents
        """
        return {"account.move": "partner_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_customer_documents(self):
        customers = self.filtered("is_customer")
        for model, field in self._get_customer_document_fields().items():
            # sudo: a document that the user may not see keeps the customer all the same
            documents = self.env[model].sudo().with_context(active_test=False)
            used = documents.search([(field, "in", customers.ids)], limit=1)
            if used:
                raise RedirectWarning(
                    self.env._(
                        "%(customer)s has documents, %(document)s among them, and cannot "
                        "be deleted. Archive the customer instead: lists and tills no "
                        "longer show them, and the documents stay as they are.",
                        customer=used[field].display_name,
                        document=used.display_name,
                    ),
                    self.env.ref("customer_base.res_partner_archive_action").id,
                    self.env._("Archive"),
                    {"active_model": "res.partner", "active_ids": customers.ids},
                )

    def unlink(self):
        # whoever was merged is not deleted: they go on as somebody else
        # sudo: an integer leads to an integer, whoever asks
        redirects = self.env["customer.redirect"].sudo()
        merged = redirects.search([("old_id", "in", self.ids)]).mapped("old_id")
        customers = self.filtered(lambda p: p.is_customer and p.id not in merged)
        if customers:
            customers.check_access("unlink")
            for uuid in self.env["customer.subject"]._ensure(customers.ids).values():
                self.env["customer.journal"]._log(uuid, "deleted")
        # sudo: subjects belong to nobody; the row stays for the ledgers
        subjects = self.env["customer.subject"].sudo()
        gone = subjects.search([("partner_id", "in", self.ids), ("live", "=", True)])
        result = super().unlink()
        gone.live = False
        return result
