from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

_CRON_BATCH = 500


class ResPartner(models.Model):
    """The type of a customer: given, kept for a time, turned into prices."""

    _inherit = "res.partner"

    customer_type_id = fields.Many2one(
        "customer.type",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        domain="['|', ('company_id', '=', False),"
        " ('company_id', 'parent_of', company_id)]",
        help="Prices, discount and taxes of this customer. A contact of a company "
        "follows its company.",
    )
    customer_type_until = fields.Date(
        string="Type valid until",
        tracking=True,
        help="Last day of the type; afterwards the customer has the default type.",
    )
    customer_former_type_id = fields.Many2one(
        "customer.type",
        string="Former type",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The type that ended when its proof was out of date: a new proof gives it "
        "back.",
    )
    customer_type_expired = fields.Boolean(compute="_compute_customer_type_expired")

    @api.depends("customer_type_until", "customer_former_type_id")
    def _compute_customer_type_expired(self):
        today = fields.Date.context_today(self)
        for partner in self:
            until = partner.customer_type_until
            partner.customer_type_expired = bool(
                (until and until < today) or partner.customer_former_type_id
            )

    def _synced_commercial_fields(self):
        return [
            *super()._synced_commercial_fields(),
            "customer_type_id",
            "customer_type_until",
            "customer_former_type_id",
        ]

    @api.constrains("customer_type_id", "company_id")
    def _check_customer_type_company(self):
        for partner in self:
            # sudo: the type may be one of a company that the user cannot see
            customer_type = partner.customer_type_id.sudo()
            company = customer_type.company_id
            # sudo: as above, for the companies over the partner's
            if company and company not in partner.company_id.sudo().parent_ids:
                raise ValidationError(
                    self.env._(
                        "The type “%(type)s” belongs to %(company)s and “%(customer)s” "
                        "does not. Choose a type that all companies share, or set the "
                        "company of the customer.",
                        type=customer_type.name,
                        company=company.name,
                        customer=partner.display_name,
                    )
                )

    # -- giving and taking a type ---------------------------------------------------

    def _check_customer_type_rights(self, vals_list):
        """Only managers give, take or prolong a reserved type.

        :raise AccessError: naming the type
        """
        if self.env.su or self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            return
        given = {
            value
            for vals in vals_list
            if isinstance(value := vals.get("customer_type_id"), int) and value
        }
        names = {name for vals in vals_list for name in vals}
        unchanged = self and given == {p.customer_type_id.id for p in self}
        if unchanged and "customer_type_until" not in names:
            return  # a form sends back what it was shown
        types = self.env["customer.type"].browse(given)
        if {"customer_type_id", "customer_type_until"} & names:
            types |= self.customer_type_id
        # sudo: a type that the user cannot read may be reserved, too
        if reserved := types.sudo().filtered("is_reserved"):
            raise self._reserved_type_error(reserved[0])

    def _reserved_type_error(self, customer_type):
        return AccessError(
            self.env._(
                "The type “%(type)s” is reserved: only a customer manager gives it, "
                "takes it away or prolongs it.",
                type=customer_type.name,
            )
        )

    _CUSTOMER_TYPE_MOVERS = {"customer_type_id", "parent_id", "type", "is_company"}

    def _customer_types_guarded(self, vals):
        """Types of ``self`` before ``vals``, where rights on them are to be checked."""
        if self.env.su or self._CUSTOMER_TYPE_MOVERS.isdisjoint(vals):
            return {}
        return {partner: partner._customer_types_in_effect() for partner in self}

    def _customer_types_in_effect(self):
        """The partner's own type and its company's, by which prices go.

        None for an address, which has the type of its owner whoever adds it.
        """
        if self._is_mere_address():
            return self.env["customer.type"]
        # sudo: whether a type is reserved holds for those who cannot read it, too
        partner = self.sudo()
        commercial = partner.commercial_partner_id
        return partner.customer_type_id | commercial.customer_type_id

    def _check_customer_type_given(self, before=None):
        """Look at the outcome, since a type also comes by a default or by a company.

        :param before: dict of partner to its types before; None for new partners
        :raise AccessError: when a reserved type was given or taken by no manager
        """
        if self.env.su or self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            return
        if before is None:
            before = dict.fromkeys(self, self.env["customer.type"])
        for partner, old in before.items():
            new = partner._customer_types_in_effect()
            changed = (new - old) | (old - new)
            # sudo: as above
            if reserved := changed.sudo().filtered("is_reserved"):
                raise self._reserved_type_error(reserved[0])

    @api.model
    def _prepare_customer_type_until(self, vals):
        """Set the end of a type that asks for a proof."""
        type_id = vals.get("customer_type_id")
        if type_id and isinstance(type_id, int) and not vals.get("customer_type_until"):
            # sudo: a type gives its term to whoever may set it, readable or not
            types = self.env["customer.type"].sudo()
            vals["customer_type_until"] = types.browse(type_id)._proof_until()

    def _customer_type_changes(self, vals):
        """Partners whose type ``vals`` changes without saying until when."""
        if "customer_type_id" not in vals or vals.get("customer_type_until"):
            return self.browse()
        new_id = vals["customer_type_id"]
        return self.filtered(lambda p: p.customer_type_id.id != new_id)

    def _reset_customer_type_until(self):
        for customer_type, partners in self.grouped("customer_type_id").items():
            # sudo: as in _prepare_customer_type_until
            until = customer_type.sudo()._proof_until()
            partners.filtered(lambda p, u=until: p.customer_type_until != u).write(
                {"customer_type_until": until}
            )

    def _ensure_customer_type(self):
        """Give the default type to those without one, and to their company."""
        partners = self | self.commercial_partner_id
        without = partners.filtered(lambda p: not p.customer_type_id)
        # a contact takes the type of its company: any other would go up to the company
        contacts = without.filtered(lambda p: p.commercial_partner_id != p)
        for company, group in (without - contacts).grouped("company_id").items():
            default = self.env["customer.type"]._get_default(company)
            if not default:
                continue  # while the module is being installed
            # sudo: what everyone gets needs no right
            group.sudo().with_context(tracking_disable=True).write(
                {"customer_type_id": default.id}
            )
        for commercial, group in contacts.grouped("commercial_partner_id").items():
            # sudo: as above
            group.sudo().with_context(tracking_disable=True).write(
                {"customer_type_id": commercial.sudo().customer_type_id.id}
            )

    def customer_renew_type(self):
        """Prolong the type after the customer showed a new proof.

        :return: the new last day, as a string ``YYYY-MM-DD``
        :raise AccessError: when the user may not give this type
        :raise ValidationError: when the type asks for no proof
        """
        self.ensure_one()
        self._check_customer_user()
        partner = self.commercial_partner_id
        customer_type = partner._renewable_customer_type()
        if not customer_type:
            raise ValidationError(
                self.env._(
                    "The type “%(type)s” asks for no proof, so there is nothing to renew.",
                    type=partner.customer_type_id.name or "",
                )
            )
        partner.write(
            {
                "customer_type_id": customer_type.id,
                "customer_type_until": customer_type._proof_until(),
            }
        )
        self.env["customer.journal"]._log(
            partner._ensure_customer_uuid(),
            "type_renewed",
            customer_type=customer_type.id,
        )
        return fields.Date.to_string(partner.customer_type_until)

    def _renewable_customer_type(self):
        """The type that a new proof prolongs or gives back, empty where none does."""
        self.ensure_one()
        types = self.customer_type_id + self.customer_former_type_id
        return types.filtered(lambda t: t.active and t.proof_required)[:1]

    @api.model
    def _cron_customer_type_expire(self):
        """Give the default type back to those whose time is over, in batches."""
        today = fields.Date.context_today(self)
        domain = [
            ("customer_type_until", "<", today),
            ("customer_type_id.is_default", "=", False),
        ]
        total = self.search_count(domain)
        while partners := self.search(domain, limit=_CRON_BATCH, order="id"):
            for company, group in partners.grouped("company_id").items():
                default = self.env["customer.type"]._get_default(company)
                for former, partners_of_type in group.grouped(
                    "customer_type_id"
                ).items():
                    partners_of_type.write(
                        {
                            "customer_type_id": default.id,
                            "customer_type_until": False,
                            "customer_former_type_id": former.id,
                        }
                    )
            total = max(total - len(partners), 0)
            self.env["ir.cron"]._commit_progress(len(partners), remaining=total)

    # -- prices ---------------------------------------------------------------------

    def _get_effective_customer_types(self, company):
        """The type that counts today in ``company``.

        An expired or archived type, and one of another company, count as the default.

        :return: dict of partner to ``customer.type``, empty for those without any
        """
        today = fields.Date.context_today(self)
        default = self.env["customer.type"]._get_default(company)
        # sudo: a branch uses the types of the companies over it
        companies = company.sudo().parent_ids
        result = {}
        for partner in self:
            # sudo: a customer of the portal gets the price, not the record
            commercial = partner.commercial_partner_id.sudo()
            customer_type = commercial.customer_type_id
            until = commercial.customer_type_until
            foreign = (
                customer_type.company_id and customer_type.company_id not in companies
            )
            if customer_type and (
                customer_type.is_default
                or not customer_type.active
                or foreign
                or (until and until < today)
            ):
                customer_type = default
            result[partner] = customer_type.sudo(False).with_env(self.env)
        return result

    @api.depends(
        "commercial_partner_id.customer_type_id",
        "commercial_partner_id.customer_type_until",
    )
    def _compute_product_pricelist(self):
        return super()._compute_product_pricelist()

    def _inverse_product_pricelist(self):
        """Keep the list that comes by the type from being copied onto the customer.

        A form sends back the list that it was shown; stored, it would outlive the type.
        """
        company = self.env.company
        types = self._get_effective_customer_types(company)
        lists = (
            self.env["customer.type"]
            .union(*types.values())
            ._effective_pricelists(company)
        )
        by_type = self.filtered(
            lambda p: (
                p.property_product_pricelist
                and (
                    p.property_product_pricelist == lists.get(types[p].id)
                    or p.property_product_pricelist.customer_type_id
                )
            )
        )
        by_type.filtered(
            "specific_property_product_pricelist"
        ).specific_property_product_pricelist = False
        return super(ResPartner, self - by_type)._inverse_product_pricelist()
