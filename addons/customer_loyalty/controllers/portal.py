from odoo.http import request, route

from odoo.addons.loyalty.controllers.portal import CustomerPortalLoyalty
from odoo.addons.portal.controllers.portal import pager as portal_pager


class CustomerLoyaltyPortal(CustomerPortalLoyalty):
    """My points and vouchers: whoever is logged in sees their own cards, and no others."""

    @route(
        "/my/loyalty",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_loyalty(self, **kwargs):
        """Every card of the customer that is good for something."""
        cards = self._my_loyalty_cards()._filter_useful()
        cards = cards.filtered(lambda card: card.is_account or not card._is_expired())
        return self._my_loyalty_page(
            "customer_loyalty.portal_my_loyalty",
            page_name="loyalty",
            **cards._customer_rows(),
        )

    @route(readonly=True)
    def portal_my_loyalty_card_history(self, card_id, page=1, sortby="date", **kw):
        """One card with all its transactions, the latest first, each with the balance."""
        card = self._my_loyalty_cards().filtered(lambda card: card.id == card_id)
        if not card:
            return request.not_found()
        domain = [("card_id", "=", card.id), ("id", ">=", card._get_first_line_id())]
        history = request.env["loyalty.history"].sudo()  # sudo: of a card of their own
        pager = portal_pager(
            url=f"/my/loyalty_card/{card.id}/history",
            total=history.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        lines = history.search(
            domain, limit=self._items_per_page, offset=pager["offset"]
        )
        return self._my_loyalty_page(
            "customer_loyalty.portal_my_loyalty_card",
            page_name="loyalty_card",
            card=card._customer_row(),
            waiting=card._get_waiting_rows(),
            rewards=card._get_reward_rows(),
            rows=lines._portal_rows(card.partner_id),
            pager=pager,
        )

    @route()
    def portal_get_card_history_values(self, card_id):
        values = super().portal_get_card_history_values(card_id)
        card = self._my_loyalty_cards().filtered(lambda card: card.id == card_id)
        if card and card._get_first_line_id():
            values["history_lines"] = []  # core has those of former holders too
        return values

    def _my_loyalty_cards(self):
        # sudo: their own cards, whatever rights they have
        cards = request.env["loyalty.card"].sudo()
        return cards.search(
            [
                ("partner_id", "=", request.env.user.partner_id.id),
                ("program_id.active", "=", True),
            ],
            order="program_id, expiration_date, id",
        )

    def _my_loyalty_page(self, template, **values):
        response = request.render(
            template, {**self._prepare_portal_layout_values(), **values}
        )
        # codes are worth money: no browser of others keeps them
        response.headers["Cache-Control"] = "no-store"
        return response
