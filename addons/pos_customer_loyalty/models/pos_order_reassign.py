from odoo import models
from odoo.tools import float_compare


class PosOrder(models.Model):
    """The points of an order belong to its customer, whoever that turns out to be."""

    _inherit = "pos.order"

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
        points = (
            self._get_customer_points(old) if old else self._get_points_due(partner)
        )
        for program, number in points.items():
            values = {
                "points": program._format_points(number),
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
        for row in self._get_customer_pending(old):
            values = {
                "points": row.program_id._format_points(row.points - row.taken_back),
                "new": partner.display_name,
            }
            if partner:
                effects.append(
                    self.env._("%(points)s that wait go to %(new)s.", **values)
                )
            else:
                effects.append(self.env._("%(points)s that wait are lost.", **values))
        return effects

    def _customer_reassign_apply(self, old, new):
        held = [(order, order._get_customer_points(old)) for order in self if old]
        given = [(order, order._get_points_given(new)) for order in self if not old]
        result = super()._customer_reassign_apply(old, new)
        for order, points in held:
            for program, number in points.items():
                order._transfer_points(old, program, -number)
                if new:
                    order._transfer_points(new, program, number)
        for order, points in given:
            for program, number in points.items():
                new._ensure_loyalty_card(program, order)._book_earned(number, order)
        if given:
            # what has come back of the sale meanwhile earned nothing
            for order in self:
                order._book_returns()
        for row in self._get_customer_pending(old):
            if new:
                row.card_id = new._ensure_loyalty_card(row.program_id, self[:1])
            else:
                row._take_back(row.points - row.taken_back)
        self._get_customer_coupons(old).write({"partner_id": new.id})
        return result

    def _get_customer_points(self, partner):
        """Points of these orders that go with their customer.

        :param partner: who had the orders: what they hold of them, to the net of all
            changes so far
        :return: dict of programme to points
        """
        points = {}
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

    def _get_points_given(self, partner):
        """Points that this order, which had no customer, would have given to ``partner``.

        :return: dict of programme to points
        """
        self.ensure_one()
        if self.loyalty_waiting or not partner:
            return {}  # booked as the till said, now that there is a customer
        programs = self.env["loyalty.program"]
        points = {
            program: program._get_customer_points(self)
            for program in programs._get_customer_points_programs(self, partner)
        }
        return {program: number for program, number in points.items() if number}

    def _get_points_due(self, partner):
        """As ``_get_points_given`` for all these, less what has come back of it."""
        points = {}
        for order in self:
            for program, number in order._get_points_given(partner).items():
                kept = number * (1 - order._get_returned_share(program))
                points[program] = round(points.get(program, 0) + kept, 2)
        return {program: number for program, number in points.items() if number}

    def _get_customer_pending(self, partner):
        """Points of these orders that wait for ``partner``."""
        rows = self.env["loyalty.pending"]
        domain = [
            ("order_model", "=", self._name),
            ("order_id", "in", self.ids),
            ("state", "=", "waiting"),
            ("card_id.partner_id", "=", partner.id),
        ]
        return rows.search(domain) if partner else rows

    def _transfer_points(self, partner, program, points):
        """Add to the card of ``partner``, or take off, with a line that says for what."""
        self.ensure_one()
        card = partner._ensure_loyalty_card(program, self)
        card._book(
            "transferred",
            issued=max(points, 0),
            used=max(-points, 0),
            document=self,
            earned_on=card._get_earned_on(self),
            description=self.env._("Customer of %s changed", self.name),
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
