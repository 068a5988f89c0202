from odoo import api, models

from odoo.addons.customer_loyalty.tools.booking import booking, may_book


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        """An order that books its points makes the cards that it gives.

        Core makes the first one with all rights, and not those that follow.
        """
        if not may_book(self.env) or not all(v.get("order_id") for v in vals_list):
            return super().create(vals_list)
        # sudo: a salesperson makes no cards, the programme of an order does
        cards = super(LoyaltyCard, self.sudo()).create(vals_list)
        return cards.with_env(self.env)

    def action_archive(self):
        """Quotations lose an archived card, whoever archives it."""
        return super(LoyaltyCard, booking(self)).action_archive()

    @api.model
    def _undo_lines(self, lines):
        """Make ``lines`` of the history undone: they go, and what they did to cards.

        :param lines: with all rights
        :return: dict of card to the points that were taken from it
        """
        taken = {}
        # all at once: two that undo the same cards one by one would wait for each other
        lines.card_id._lock_points()
        for card, of_card in lines.grouped("card_id").items():
            net = sum(of_card.mapped("issued")) - sum(of_card.mapped("used"))
            card.points = round(card.points - net, 4)
            of_card.unlink()
            taken[card] = net
        return taken

    def _get_points_on_orders(self):
        points = super()._get_points_on_orders()
        # sudo: whoever sees the card sees what waits for it
        entries = self.env["sale.order.coupon.points"].sudo()
        for card, total in entries._read_group(
            [
                ("coupon_id", "in", self.ids),
                ("points", ">", 0),
                ("order_id.state", "in", ("draft", "sent")),
            ],
            ["coupon_id"],
            ["points:sum"],
        ):
            points[card] = points.get(card, 0) + total
        return points
