from odoo import models
from odoo.http import request

from odoo.addons.website_sale.models.website import (
    FISCAL_POSITION_SESSION_CACHE_KEY,
    PRICELIST_SELECTED_SESSION_CACHE_KEY,
    PRICELIST_SESSION_CACHE_KEY,
)


class Website(models.Model):
    """A type that is given, changed or at its end counts at the next page."""

    _inherit = "website"

    def _get_and_cache_current_pricelist(self):
        # core keeps a list for the whole session
        pricelist = self._pricelist_by_type(request.cart)
        if pricelist is None:
            return super()._get_and_cache_current_pricelist()
        request.session[PRICELIST_SESSION_CACHE_KEY] = pricelist.id
        return pricelist

    def _get_and_cache_current_cart(self):
        cart = super()._get_and_cache_current_cart()
        if cart and not self.env.cr.readonly:
            pricelist = self._pricelist_by_type(cart)
            if pricelist is not None and cart.pricelist_id != pricelist:
                cart.pricelist_id = pricelist
                cart._recompute_prices()
            position = self._position_of(cart.partner_id, cart.partner_shipping_id)
            if self._position_changes_by_type(cart.fiscal_position_id, position):
                cart.fiscal_position_id = position
                cart._recompute_cart()
        return cart

    def _get_and_cache_current_fiscal_position(self):
        # core keeps a position for the whole session, and knows of no type
        position = super()._get_and_cache_current_fiscal_position()
        cart = request.cart
        current = cart.fiscal_position_id or self._position_of(self.env.user.partner_id)
        if not self._position_changes_by_type(position, current):
            return position
        request.session[FISCAL_POSITION_SESSION_CACHE_KEY] = current.id
        return current

    def _position_of(self, partner, delivery=None):
        """The taxes of a sale to ``partner``, those of the type among them."""
        # sudo: as core, a visitor gets the taxes and not the record
        positions = self.env["account.fiscal.position"].sudo()
        return positions.with_context(customer_type_sale=True)._get_fiscal_position(
            partner, delivery
        )

    def _position_changes_by_type(self, old, new):
        """Whether two positions differ because of a type; all else is core's to say."""
        if old == new:
            return False
        # sudo, active_test: a visitor reads no type, and a former one counts
        types = self.env["customer.type"].sudo().with_context(active_test=False)
        wanted = [("fiscal_position_id", "in", (old | new).ids)]
        return bool(types.search_count(wanted, limit=1))

    def _pricelist_by_type(self, cart):
        """The list of a customer who has one by a type, or had until a moment ago.

        :return: None where no type is at stake, and where the customer chose a list; the
            list may be empty
        """
        if request.session.get(PRICELIST_SELECTED_SESSION_CACHE_KEY):
            return None
        # sudo: a customer of the portal gets the price, not the record
        partner = self.env.user.partner_id.with_company(self.company_id).sudo()
        own = partner.property_product_pricelist
        of_type = own._of_visitors_type(self)
        cached = own.browse(request.session.get(PRICELIST_SESSION_CACHE_KEY)).exists()
        if not (cached | cart.pricelist_id).customer_type_id and (
            not of_type or own != of_type
        ):
            return None
        if of_type and own == of_type:
            return own  # also a guest's, which core counts among no lists
        available = self.get_pricelist_available()
        # sudo: as above
        return available[:1].sudo() if available and own not in available else own
