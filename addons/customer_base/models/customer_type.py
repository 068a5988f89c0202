from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import ormcache
from odoo.tools.sql import escape_psql

# In the context, says that a default type is being replaced by another. An object: nobody
# can send it over RPC.
_DEFAULT_MOVES = object()


class CustomerType(models.Model):
    """What a customer is to the shop: a student, a reseller, a colleague.

    Every customer has exactly one type. A type gives a discount, a price list, a fiscal
    position, or only a name. A discount is carried by one *technical* price list per
    company, so that every app of Odoo which knows price lists gives the same price; see
    ``product.pricelist.customer_type_id``.
    """

    _name = "customer.type"
    _description = "Customer Type"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        help="Short code, as in spreadsheets and other systems: STUDENT, STAFF.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty for a type that all companies share.",
    )
    is_default = fields.Boolean(
        string="Default type",
        help="New customers get this type. There is one for all companies, and a "
        "company may have its own.",
    )
    is_reserved = fields.Boolean(
        string="Reserved",
        help="Only customer managers give or take this type, as for a staff discount.",
    )
    discount = fields.Float(
        string="Discount (%)",
        digits="Discount",
        help="Percentage taken off the price list of the type, or off the sales price.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list",
        domain="[('customer_type_id', '=', False)]",
        ondelete="restrict",
        help="Prices of this type, before its discount. Empty: the sales prices.",
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        ondelete="restrict",
        help="Taxes of sales to this type. A position set on the customer, an "
        "intra-community or an export position wins over it.",
    )
    proof_required = fields.Boolean(
        help="The customer shows a proof, such as a student card, and keeps the type "
        "for a limited time.",
    )
    proof_months = fields.Integer(
        string="Proof valid for (months)",
        default=12,
    )
    technical_pricelist_ids = fields.One2many(
        "product.pricelist", "customer_type_id", copy=False
    )
    effective_pricelist_id = fields.Many2one(
        "product.pricelist",
        compute="_compute_effective_pricelist_id",
        help="The price list that customers of this type get in the current company.",
    )
    label = fields.Char(
        compute="_compute_label",
        help="What customer and cashier read beside a price.",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    _code_unique = models.UniqueIndex(
        "(lower(code), COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "Another customer type has this code. Give each type its own.",
    )
    # One default for all companies (company 0) and at most one more for each company.
    _default_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE is_default",
        "There is a default customer type already. Untick it there first.",
    )

    @api.depends("pricelist_id", "technical_pricelist_ids.company_id", "discount")
    @api.depends_context("company")
    def _compute_effective_pricelist_id(self):
        lists = self._effective_pricelists(self.env.company)
        for customer_type in self:
            customer_type.effective_pricelist_id = lists[customer_type.id]

    def _effective_pricelists(self, company):
        """Price list that each type gives in ``company``.

        :return: dict of type id to ``product.pricelist``, empty where the type has none
        """
        # sudo: a cashier or a portal customer gets the price without being allowed to
        # read how it is set up
        technical = (
            self.env["product.pricelist"]
            .sudo()
            .search(
                [
                    ("customer_type_id", "in", self.ids),
                    ("company_id", "=", company.id),
                ]
            )
        )
        by_type = {pricelist.customer_type_id.id: pricelist for pricelist in technical}
        result = {}
        for customer_type in self.sudo():  # sudo: as above
            own = customer_type._own_pricelist(company)
            found = by_type.get(customer_type._origin.id, own)
            result[customer_type.id] = found.sudo(False).with_env(self.env)
        return result

    def _own_pricelist(self, company):
        """The list somebody chose for the type, where it fits ``company``.

        A list of the only company fits a shared type, until a second company comes.
        """
        company = company.sudo()  # sudo: the portal gets the price, not the company
        return self.pricelist_id.filtered(
            lambda pricelist: (
                pricelist.active
                and pricelist.company_id in (company, company.browse())
                and pricelist.currency_id == company.currency_id
            )
        )

    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("customer_type_id", "in", self.ids), ("is_customer", "=", True)],
                ["customer_type_id"],
                ["__count"],
            )
        )
        for customer_type in self:
            customer_type.partner_count = counts.get(customer_type, 0)

    @api.depends("name", "discount")
    @api.depends_context("lang")
    def _compute_label(self):
        for customer_type in self:
            name, discount = customer_type.name or "", customer_type.discount
            # U+202F, thin and no-break, stands before the sign in French and Polish
            percent = f" −{discount:g}\u202f%" if discount else ""
            customer_type.label = f"{name}{percent}"

    def _proof_until(self):
        """Last day of a proof shown today, False for types without proof."""
        if not self.proof_required:
            return False
        today = fields.Date.context_today(self)
        return today + relativedelta(months=self.proof_months)

    @api.constrains("discount")
    def _check_discount(self):
        for customer_type in self:
            if not 0 <= customer_type.discount <= 100:
                raise ValidationError(
                    self.env._(
                        "The discount of the type “%(type)s” must be between 0 and "
                        "100 percent, not %(discount)g.",
                        type=customer_type.name,
                        discount=customer_type.discount,
                    )
                )

    @api.constrains("proof_required", "proof_months")
    def _check_proof_months(self):
        for customer_type in self:
            if customer_type.proof_required and customer_type.proof_months < 1:
                raise ValidationError(
                    self.env._(
                        "The type “%(type)s” asks for a proof: say for how many months "
                        "it is valid, at least one.",
                        type=customer_type.name,
                    )
                )

    @api.constrains(
        "is_default", "active", "company_id", "is_reserved", "proof_required"
    )
    def _check_default(self):
        for customer_type in self.filtered("is_default"):
            if not customer_type.active:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is the default type and cannot be archived. Make "
                        "another type the default first.",
                        type=customer_type.name,
                    )
                )
            if customer_type.is_reserved or customer_type.proof_required:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is what every new customer gets, so it can neither "
                        "be reserved nor ask for a proof.",
                        type=customer_type.name,
                    )
                )

    def _check_free(self, vals_list):
        """Refuse a second default and a taken code, naming the type that is in the way.

        Not a constraint: the indexes of the database would speak first, and name nobody.
        """
        for vals in vals_list:
            if {"code", "is_default", "company_id"}.isdisjoint(vals):
                continue
            for customer_type in self or [self]:
                merged = {
                    "name": vals.get("name") or customer_type.name or "",
                    "code": vals.get("code", customer_type.code),
                    "is_default": vals.get("is_default", customer_type.is_default),
                    "company_id": vals.get("company_id", customer_type.company_id.id),
                }
                customer_type._check_free_one(merged)

    def _check_free_one(self, vals):
        # active_test: archived types keep their code
        others = self.with_context(active_test=False)
        domain = Domain("company_id", "=", vals["company_id"] or False) & Domain(
            "id", "not in", self.ids
        )
        if vals["is_default"] and (
            other := others.search(domain & Domain("is_default", "=", True), limit=1)
        ):
            raise ValidationError(
                self.env._(
                    "“%(other)s” is already the default type. Untick “Default type” "
                    "there before you tick it on “%(type)s”, or use “Make default”.",
                    other=other.name,
                    type=vals["name"],
                )
            )
        if not vals["code"]:
            return
        code = vals["code"]
        same = Domain("code", "=ilike", escape_psql(code))
        if other := others.search(domain & same, limit=1):
            raise ValidationError(
                self.env._(
                    "The type “%(other)s” already has the code %(code)s. Give "
                    "“%(type)s” another code, or change that one first.",
                    other=other.name,
                    code=code,
                    type=vals["name"],
                )
            )

    @api.model
    def _prepare_code(self, vals):
        if "code" not in vals:
            return vals
        return dict(vals, code=str(vals["code"] or "").strip() or False)

    @api.constrains("pricelist_id", "company_id")
    def _check_pricelist(self):
        # sudo: compares currencies
        companies = self.env["res.company"].sudo().search([])
        for customer_type in self.filtered("pricelist_id"):
            pricelist = customer_type.pricelist_id
            if pricelist.customer_type_id:
                raise ValidationError(
                    self.env._(
                        "“%(pricelist)s” is the price list that carries the discount of "
                        "a type. Choose a price list of your own for “%(type)s”.",
                        pricelist=pricelist.name,
                        type=customer_type.name,
                    )
                )
            served = customer_type.company_id or companies
            if pricelist.company_id and pricelist.company_id != served:
                raise ValidationError(
                    self.env._(
                        "The price list “%(pricelist)s” belongs to %(company)s. Choose "
                        "one of the company of the type “%(type)s”, or one that all "
                        "companies share.",
                        pricelist=pricelist.name,
                        company=pricelist.company_id.name,
                        type=customer_type.name,
                    )
                )
            for company in served:
                if company.currency_id != pricelist.currency_id:
                    raise ValidationError(
                        self.env._(
                            "The price list “%(pricelist)s” is in %(currency)s and "
                            "%(company)s sells in %(other)s. Choose a price list in "
                            "%(other)s, or make one type for each company.",
                            pricelist=pricelist.name,
                            currency=pricelist.currency_id.name,
                            company=company.name,
                            other=company.currency_id.name,
                        )
                    )

    @api.constrains("fiscal_position_id", "company_id")
    def _check_fiscal_position(self):
        companies = self.env["res.company"].sudo().search([])  # sudo: counts companies
        for customer_type in self.filtered("fiscal_position_id"):
            position = customer_type.fiscal_position_id
            if position.company_id != (customer_type.company_id or companies):
                raise ValidationError(
                    self.env._(
                        "The fiscal position “%(position)s” belongs to %(company)s. "
                        "Set that company on the type “%(type)s”, or choose another "
                        "position.",
                        position=position.name,
                        company=position.company_id.name,
                        type=customer_type.name,
                    )
                )

    @api.constrains("company_id")
    def _check_company_of_customers(self):
        """A shared customer keeps a shared type, or another company cannot read it."""
        for customer_type in self.filtered("company_id"):
            # sudo: the other company's customers count although nobody may see them
            stranger = (
                self.env["res.partner"]
                .sudo()
                .with_context(active_test=False)
                .search(
                    [
                        ("customer_type_id", "=", customer_type.id),
                        "|",
                        ("company_id", "=", False),
                        "!",
                        ("company_id", "child_of", customer_type.company_id.id),
                    ],
                    limit=1,
                )
            )
            if stranger:
                raise ValidationError(
                    self.env._(
                        "Customers whom several companies share have the type “%(type)s”. "
                        "Give them another type first, or leave the company of the type "
                        "empty.",
                        type=customer_type.name,
                    )
                )

    @api.constrains("is_default", "company_id")
    def _check_one_default_for_all(self):
        if self.env.context.get("customer_type_default_moves") is _DEFAULT_MOVES:
            return  # action_make_default is half way
        if not self.sudo().search_count(  # sudo: of whatever company
            [("is_default", "=", True), ("company_id", "=", False)], limit=1
        ):
            raise ValidationError(
                self.env._(
                    "One type that all companies share must stay the default. Tick "
                    "“Default type” on another one first, or use “Make default” there."
                )
            )

    @api.model
    def _get_default(self, company):
        """The type of a new customer: the company's own default, else everyone's."""
        return self.browse(self._get_default_id(company.id))

    @api.model
    @ormcache("company_id")
    def _get_default_id(self, company_id):
        """Remembered: the opening of a till asks for each of its customers."""
        # sudo: a branch takes its parent's
        companies = self.env["res.company"].sudo().browse(company_id).parent_ids
        # sudo: the portal and the web shop create customers too
        types = self.sudo().search(
            [("is_default", "=", True), ("company_id", "in", (*companies.ids, False))]
        )
        nearest = types.sorted(
            lambda customer_type: len(customer_type.company_id.parent_ids), reverse=True
        )
        return nearest[:1].id

    def action_make_default(self):
        """Make this the default type and untick the one that was."""
        self.ensure_one()
        self.check_access("write")
        previous = self.search(
            [("is_default", "=", True), ("company_id", "=", self.company_id.id)]
        )
        (previous - self).with_context(
            customer_type_default_moves=_DEFAULT_MOVES
        ).is_default = False
        self.is_default = True

    def action_view_customers(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_base.res_partner_customer_action"
        )
        action["domain"] = [
            ("is_customer", "=", True),
            ("customer_type_id", "=", self.id),
        ]
        action["context"] = {
            "default_is_customer": True,
            "default_customer_type_id": self.id,
        }
        return action

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_code(vals) for vals in vals_list]
        self._check_free(vals_list)
        types = super().create(vals_list)
        self.env.registry.clear_cache()  # _get_default_id
        types._sync_pricelists()
        return types

    _DEFAULT_FIELDS = {"is_default", "active", "company_id"}
    _PRICELIST_FIELDS = {"name", "active", "company_id", "discount", "pricelist_id"}

    def write(self, vals):
        vals = self._prepare_code(vals)
        self._check_free([vals])
        result = super().write(vals)
        if not self._DEFAULT_FIELDS.isdisjoint(vals):
            self.env.registry.clear_cache()  # _get_default_id
        if not self._PRICELIST_FIELDS.isdisjoint(vals):
            self._sync_pricelists()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo, active_test: customers of every company and archived ones keep the type
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        counts = dict(
            partners._read_group(
                [("customer_type_id", "in", self.ids)],
                ["customer_type_id"],
                ["__count"],
            )
        )
        for customer_type in self:
            if customer_type.is_default:
                raise UserError(
                    self.env._(
                        "“%(type)s” is the default type: make another one the default "
                        "before you delete it.",
                        type=customer_type.name,
                    )
                )
            if count := counts.get(customer_type):
                raise UserError(
                    self.env._(
                        "%(count)s customers have the type “%(type)s”. Give them another "
                        "type first, or archive this one.",
                        count=count,
                        type=customer_type.name,
                    )
                )

    def unlink(self):
        # before, so that documents priced with a list keep it: it is archived then
        self._retire_pricelists()
        self.env.registry.clear_cache()  # _get_default_id
        return super().unlink()

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for customer_type, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%s (copy)", customer_type.name)
            vals["code"] = False
            vals["is_default"] = False
        return vals_list

    # -- technical price lists ------------------------------------------------------

    @api.model
    def _sync_all_pricelists(self):
        """Follow a company or an exclusion that came, changed or went."""
        # sudo: types of all companies
        self.sudo().search([("discount", ">", 0)])._sync_pricelists()

    def _sync_pricelists(self):
        """Bring the technical price lists in line with the types.

        Idempotent: run it whenever a type, a company or an exclusion has changed.
        """
        # sudo: a customer manager defines types without any right on price lists
        types = self.sudo().with_context(active_test=False)
        if types.filtered(lambda t: t.active and (t.discount or t.pricelist_id)):
            self._enable_pricelists()
        exclusions = self.env["product.template"]._get_customer_type_exclusions()
        for customer_type in types:
            customer_type._sync_own_pricelists(exclusions)

    def _enable_pricelists(self):
        """Switch on the price lists of Odoo, which give the prices of types.

        Done here as the settings do it: were the group off when somebody saves the
        settings, core would archive every list.
        """
        group = self.env.ref("product.group_product_pricelist").sudo()  # sudo: setting
        internal = self.env.ref("base.group_user").sudo()  # sudo: setting
        if group not in internal.all_implied_ids:
            internal._apply_group(group)
            # sudo: creates the default list of each company
            self.env["res.company"].sudo()._activate_or_create_pricelists()

    def _sync_own_pricelists(self, exclusions):
        self.ensure_one()
        companies = self.env["res.company"]
        if self.active and self.discount:
            # branches too: each looks for a list of its own
            domain = [("id", "child_of", self.company_id.id)] if self.company_id else []
            companies = companies.search(domain)
        by_company = self.technical_pricelist_ids.grouped("company_id")
        for company, pricelist in by_company.items():
            if company not in companies:
                pricelist.active = False
        for company in companies:
            pricelist = by_company.get(company)
            values = self._prepare_pricelist_values(company)
            rules = self._prepare_pricelist_rules(exclusions, company)
            if not pricelist:
                values["item_ids"] = [Command.create(rule) for rule in rules]
                self.env["product.pricelist"].create(values)
                continue
            pricelist.write(values)
            pricelist._replace_rules(rules)

    def _prepare_pricelist_values(self, company):
        return {
            "name": self.label,
            "active": True,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "customer_type_id": self.id,
            # after the lists that people made, wherever lists are shown
            "sequence": 1000 + self.sequence,
            "country_group_ids": [Command.clear()],
        }

    def _prepare_pricelist_rules(self, exclusions, company):
        """One global percentage, and the base price for whatever is excluded.

        Exclusions are rules and not code, because the till, the web shop and the sales
        order all read rules, each with an engine of its own.
        """
        own, no_company = self._own_pricelist(company), self.env["res.company"]
        base = {
            "compute_price": "percentage",
            "base": "pricelist" if own else "list_price",
            "base_pricelist_id": own.id,
        }
        templates, categories = exclusions
        # a product of another company cannot stand in this company's list
        templates = templates.filtered(lambda t: t.company_id in (company, no_company))
        return [
            dict(base, applied_on="3_global", percent_price=self.discount),
            *(
                dict(
                    base,
                    applied_on="2_product_category",
                    categ_id=category.id,
                    percent_price=0,
                )
                for category in categories
            ),
            *(
                dict(
                    base,
                    applied_on="1_product",
                    product_tmpl_id=template.id,
                    percent_price=0,
                )
                for template in templates
            ),
        ]

    def _retire_pricelists(self):
        """Archive the technical lists and cut them from the type."""
        # sudo: as in _sync_pricelists
        lists = self.sudo().with_context(active_test=False).technical_pricelist_ids
        lists.write({"active": False, "customer_type_id": False})
