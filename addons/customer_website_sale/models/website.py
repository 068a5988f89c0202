from odoo import models
from odoo.http import request

from odoo.addons.website_sale.models.website import (
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
        return cart

    def _pricelist_by_type(self, cart):
        """The list of a customer who has one by a type, or had until a moment ago.

        :return: None where no type is at stake, and where the customer chose a list; the
            list may be empty
        """
        chosen = request.session.get(PRICELIST_SELECTED_SESSION_CACHE_KEY)
        if chosen or self.env.user._is_public():
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
        available = self.get_pricelist_available()
        # sudo: as above
        return available[:1].sudo() if available and own not in available else own
