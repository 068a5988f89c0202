from odoo import api, models


class AccountFiscalPosition(models.Model):
    _inherit = "account.fiscal.position"

    @api.model
    def _get_fiscal_position(self, partner, delivery=None):
        """Give the position of the customer's type on sales documents.

        Only callers that write a sale ask for it, by the context key
        ``customer_type_sale``: core's method serves bills and purchases too. A position
        set by hand, an intra-community or an export position wins.
        """
        position = super()._get_fiscal_position(partner, delivery=delivery)
        if not partner or not self.env.context.get("customer_type_sale"):
            return position
        company = self.env.company
        partners = (partner | delivery) if delivery else partner
        by_hand = partners.with_company(company).property_account_position_id
        if by_hand or (position and not position.is_domestic):
            return position
        customer_type = partner._get_effective_customer_types(company)[partner]
        # sudo: whoever sells gets the taxes without reading the type
        of_type = customer_type.sudo().fiscal_position_id
        # sudo: a branch has the positions of the companies over it
        if of_type and of_type.company_id in company.sudo().parent_ids:
            return of_type.sudo(False).with_env(self.env)
        return position
