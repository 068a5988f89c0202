from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    customer_type_id = fields.Many2one(
        "customer.type",
        string="Carries the discount of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Set on the technical list of a customer type, which follows the type.",
    )

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        # Without this, core gives a customer without a type any list at hand, ours too.
        return [
            *super()._get_partner_pricelist_multi_search_domain_hook(company_id),
            ("customer_type_id", "=", False),
        ]

    @api.model
    def _get_partner_pricelist_multi(self, partner_ids):
        """Order of precedence: the partner's own list, the type's, the country's."""
        result = super()._get_partner_pricelist_multi(partner_ids)
        if not self.env["res.groups"]._is_feature_enabled(
            "product.group_product_pricelist"
        ):
            return result
        # active_test: the public user's partner is archived, as in core
        partners = (
            self.env["res.partner"].with_context(active_test=False).browse(partner_ids)
        )
        types = partners._get_effective_customer_types(self.env.company)
        lists = (
            self.env["customer.type"]
            .union(*types.values())
            ._effective_pricelists(self.env.company)
        )
        for partner in partners:
            pricelist = lists.get(types[partner].id)
            own = partner.specific_property_product_pricelist
            if pricelist and not own._get_partner_pricelist_multi_filter_hook():
                result[partner.id] = pricelist
        return result

    def _replace_rules(self, rules):
        """Make ``rules`` the rules of the list and leave alone those that stand."""
        self.ensure_one()
        names = ("applied_on", "percent_price", "base", "compute_price")
        links = ("base_pricelist_id", "categ_id", "product_tmpl_id")

        def key(rule):
            return (
                *(rule.get(name) for name in names),
                *(rule.get(name) or False for name in links),
            )

        wanted = {key(rule): rule for rule in rules}
        # active_test: rules of archived products are replaced too
        items = self.env["product.pricelist.item"].with_context(active_test=False)
        stale = items.browse()
        for item in items.search([("pricelist_id", "=", self.id)]):
            values = {name: item[name] for name in names}
            values |= {name: item[name].id for name in links}
            if wanted.pop(key(values), None) is None:
                stale += item
        stale.unlink()
        items.create([dict(rule, pricelist_id=self.id) for rule in wanted.values()])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_technical(self):
        if technical := self.filtered("customer_type_id"):
            raise UserError(
                self.env._(
                    "“%(pricelist)s” carries the discount of the customer type "
                    "“%(type)s”. Change the discount there instead.",
                    pricelist=technical[0].name,
                    type=technical[0].customer_type_id.name,
                )
            )
