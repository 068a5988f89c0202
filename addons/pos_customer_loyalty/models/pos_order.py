from odoo import models
from odoo.tools import float_compare


class PosOrder(models.Model):
    """The points of an order belong to its customer, whoever that turns out to be."""

    _inherit = "pos.order"

    def confirm_coupon_programs(self, coupon_data):
        """Find the holders of cards whom the till knows under another id.

        Core leaves a card to nobody when its holder was merged meanwhile, or was made at
        a till without a connection: the order has found its customer by then.
        """
        for card in coupon_data.values():
            if partner_id := card.get("partner_id"):
                found = self.env["customer.redirect"]._resolve(partner_id)
                partner = self.env["res.partner"].browse(max(found, 0)).exists()
                card["partner_id"] = (partner or self.partner_id).id
        return super().confirm_coupon_programs(coupon_data)

    def _customer_reassign_refusals(self, partner):
        refusals = super()._customer_reassign_refusals(partner)
        old = self.partner_id
        for order in self:
            if old and order._is_paid_with_points_of(old):
                refusals.append(
                    self.env._(
                        "“%(order)s” was paid in part from the card of %(customer)s, and "
                        "nobody else can have paid with it. Refund the order and sell it "
                        "again to the right customer.",
                        order=order.name,
                        customer=old.display_name,
                    )
                )
        for program, points in self._get_customer_points(old).items() if old else ():
            left = old._get_loyalty_card(program).points
            if float_compare(left, points, precision_digits=2) < 0:
                refusals.append(
                    self.env._(
                        "Of the %(points)s that this order gave, %(left)s are left on the "
                        "card of %(customer)s. Correct the balance of the card first.",
                        points=program._format_points(points),
                        left=program._format_points(left),
                        customer=old.display_name,
                    )
                )
        return refusals

    def _is_paid_with_points_of(self, partner):
        """Whether a reward of this order cost points, or money, of ``partner``'s card."""
        self.ensure_one()
        return any(
            line.points_cost > 0
            and line.coupon_id.partner_id == partner
            and line.coupon_id.program_id.is_nominative
            for line in self.lines
        )

    def _customer_reassign_effects(self, partner):
        effects = super()._customer_reassign_effects(partner)
        old = self.partner_id
        for program, points in self._get_customer_points(old).items():
            values = {
                "points": program._format_points(points),
                "old": old.display_name,
                "new": partner.display_name,
            }
            if old and partner:
                effects.append(
                    self.env._("%(points)s go from %(old)s to %(new)s.", **values)
                )
            elif old:
                effects.append(
                    self.env._("%(points)s are taken off %(old)s.", **values)
                )
            else:
                effects.append(self.env._("%(new)s gets %(points)s.", **values))
        return effects

    def _customer_reassign_apply(self, old, new):
        result = super()._customer_reassign_apply(old, new)
        for order in self:
            for program, points in order._get_customer_points(old).items():
                for partner, amount in ((old, -points), (new, points)):
                    if partner:
                        order._book_customer_points(partner, program, amount)
        self._get_customer_coupons(old).write({"partner_id": new.id})
        return result

    def _get_customer_points(self, partner):
        """Points of these orders that go with their customer.

        :param partner: who had the orders: what they hold of them, to the net of all
            changes so far; nobody: what the orders would have given to a customer
        :return: dict of programme to points
        """
        points = {}
        if not partner:
            for order in self:
                programs = self.env["loyalty.program"]
                for program in programs._get_customer_points_programs(order):
                    given = program._get_customer_points(order)
                    points[program] = points.get(program, 0) + given
        else:
            # those on cards that a merge archived count too: they keep their lines
            for card, issued, used in self.env["loyalty.history"]._read_group(
                [
                    ("order_model", "=", self._name),
                    ("order_id", "in", self.ids),
                    ("card_id.partner_id", "=", partner.id),
                ],
                ["card_id"],
                ["issued:sum", "used:sum"],
            ):
                program = card.program_id
                if program.is_nominative:
                    points[program] = points.get(program, 0) + issued - used
        return {program: number for program, number in points.items() if number}

    def _book_customer_points(self, partner, program, points):
        """Add to the card of ``partner``, or take off, with a line that says for what."""
        self.ensure_one()
        card = partner._get_loyalty_card(program) or self.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": partner.id,
                "points": 0,
                "source_pos_order_id": self.id,
            }
        )
        card.points += points
        self.env["loyalty.history"].create(
            {
                "card_id": card.id,
                "order_model": self._name,
                "order_id": self.id,
                "description": self.env._("Customer of %s changed", self.name),
                "issued": max(points, 0),
                "used": max(-points, 0),
            }
        )

    def _get_customer_coupons(self, partner):
        """Coupons for the next order that these gave, not used yet.

        A gift card is not among them: it belongs to whom it was given.
        """
        cards = self.env["loyalty.card"].search(
            [
                ("source_pos_order_id", "in", self.ids),
                ("partner_id", "=", partner.id),
                ("program_type", "=", "next_order_coupons"),
                ("points", ">", 0),
            ]
        )
        return cards if partner else cards.browse()
