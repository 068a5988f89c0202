from odoo import api, fields, models
from odoo.tools import SQL


class PosConfig(models.Model):
    _inherit = "pos.config"

    customer_message_id = fields.Many2one(
        "customer.message.template",
        string="Message about an order",
        domain="[('kind', '=', 'pos')]",
        help="What WhatsApp opens with from an order of this till.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        if configs.tip_product_id:
            self.env["product.template"]._customer_type_exclusions_changed()
        return configs

    def write(self, vals):
        result = super().write(vals)
        if "tip_product_id" in vals:
            self.env["product.template"]._customer_type_exclusions_changed()
        return result

    def _get_customer_types(self):
        """Types that customers of this till may have, a branch its parent's too."""
        self.ensure_one()
        # sudo: whoever sells gets the price without reading how it is set up
        config = self.sudo()
        companies = config.company_id.parent_ids
        return config.env["customer.type"].search(
            [("company_id", "in", (*companies.ids, False))]
        )

    def _get_available_pricelists(self):
        """Add what the types need, whatever price lists the till offers to choose.

        The till looks for the list of a customer among those loaded and takes its own
        default in silence when it is not there.
        """
        return super()._get_available_pricelists() | self._get_type_pricelists()

    def _get_type_pricelists(self):
        """Price lists of the types and all lists that they build on."""
        lists = self.env["product.pricelist"].sudo()  # sudo: as above
        found = self._get_customer_types()._effective_pricelists(self.company_id)
        pending = lists.union(*found.values())
        while pending:
            lists |= pending
            pending = pending.item_ids.base_pricelist_id - lists
        return lists.filtered(
            lambda pricelist: (
                pricelist.currency_id == self.currency_id
                and pricelist.company_id in (self.company_id, self.env["res.company"])
            )
        ).sudo(False)

    def get_limited_partners_loading(self, offset=0):
        """Customers to load at the start, those who buy most first.

        Core's query, which also counts suppliers, employees and archived partners.
        """
        return self.env.execute_query(
            SQL(
                """
                WITH sold AS (
                    SELECT partner_id, count(*) AS orders
                      FROM pos_order
                     GROUP BY partner_id
                )
                SELECT partner.id
                  FROM res_partner AS partner
             LEFT JOIN sold ON sold.partner_id = partner.id
                 WHERE partner.is_customer
                   AND partner.active
                   AND (partner.company_id = %s OR partner.company_id IS NULL)
                 ORDER BY COALESCE(sold.orders, 0) DESC, partner.name, partner.id
                 LIMIT %s OFFSET %s
                """,
                self.company_id.id,
                self._get_limited_partner_count(),
                offset,
            )
        )
