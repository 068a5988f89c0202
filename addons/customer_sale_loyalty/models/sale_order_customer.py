from odoo import models
from odoo.exceptions import UserError

from odoo.addons.customer_loyalty.tools.booking import booking


class SaleOrder(models.Model):
    """The points of an order belong to its customer, whoever that turns out to be."""

    _inherit = "sale.order"

    def write(self, vals):
        before = {}
        if "partner_id" in vals:
            before = {o: o.partner_id for o in self if o.state == "sale"}
        result = super().write(vals)
        for order, old in before.items():
            if order.partner_id != old:
                order._move_points(old)
        return result

    def _move_points(self, old):
        """Give what this confirmed order earned to the customer whom it has now.

        :raise UserError: when a reward of it was paid with points of ``old``
        """
        self.ensure_one()
        # sudo: points are booked by acts, never by users
        entries = booking(self.sudo()).coupon_point_ids.filtered(
            lambda entry: (
                entry.coupon_id.program_id.is_nominative
                and entry.coupon_id.partner_id == old
            )
        )
        rewards = self.order_line.filtered("points_cost").coupon_id
        if rewards.filtered(
            lambda c: c.program_id.is_nominative and c.partner_id == old
        ):
            raise UserError(
                self.env._(
                    "“%(order)s” was paid in part from the card of %(customer)s, and "
                    "nobody else can have paid with it. Cancel the order and make it again "
                    "for the right customer.",
                    order=self.name,
                    customer=old.display_name,
                )
            )
        for entry in entries:
            entry.coupon_id = self._move_points_of(entry.coupon_id)

    def _move_points_of(self, card):
        """:return: the card of the customer, which has now what this order gave to ``card``"""
        new = self._get_card_of_customer(card.program_id)
        lines = self._get_history_lines(card)
        # what returns took back meanwhile stays where it was taken
        lines |= lines.search(
            [
                ("card_id", "=", card.id),
                ("source_model", "=", self._name),
                ("source_id", "=", self.id),
            ]
        )
        net = round(sum(lines.mapped("issued")) - sum(lines.mapped("used")), 4)
        if net > 0:
            # as old as they were
            values = {"document": self, "earned_on": card._get_earned_on(self)}
            card._book("transferred", used=net, **values)
            new._book("transferred", issued=net, **values)
        card._get_pending_of(self).card_id = new
        return new

    def _get_card_of_customer(self, program):
        cards = booking(self.env["loyalty.card"].sudo())  # sudo: as above
        return cards.search(
            [("program_id", "=", program.id), ("partner_id", "=", self.partner_id.id)],
            limit=1,
        ) or cards.create(
            {
                "program_id": program.id,
                "partner_id": self.partner_id.id,
                "order_id": self.id,
                "points": 0,
            }
        )
