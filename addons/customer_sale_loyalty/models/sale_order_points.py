from odoo import models
from odoo.tools import float_compare

from odoo.addons.customer_loyalty.tools.booking import booking

# what an order and its returns write, as against what is done to a card by hand
_ORDER_KINDS = ("earned", "spent", "transferred", "clawed_back", "returned")


class SaleOrder(models.Model):
    """When points of an order count, and that all of them go when it is cancelled."""

    _inherit = "sale.order"

    def write(self, vals):
        if vals.get("state", "sale") != "sale":
            # whichever way an order stops being one
            self.filtered(lambda order: order.state == "sale")._undo_points()
        return super().write(vals)

    # -- before it is confirmed ----------------------------------------------------------

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Points that are to wait cannot pay for the order that earns them."""
        points = super()._get_real_points_for_coupon(coupon, post_confirm)
        program = coupon.program_id
        if (
            self.state in ("sale", "done")
            or program.applies_on == "future"
            or not program._get_ready_on()
        ):
            return points
        entries = self._get_waiting_entries().filtered(lambda e: e.coupon_id == coupon)
        return coupon.currency_id.round(points - sum(entries.mapped("points")))

    # -- confirming ------------------------------------------------------------------------

    def _get_point_changes(self):
        """What confirming does to cards.

        Cancelling asks too: there, the history has told already (see ``_undo_points``).
        """
        orders = self.filtered(lambda order: order.state != "cancel")
        changes = super(SaleOrder, orders)._get_point_changes()
        for entry in orders._get_waiting_entries():
            changes[entry.coupon_id] -= entry.points
        return changes

    def _add_loyalty_history_lines(self):
        self.ensure_one()
        result = super()._add_loyalty_history_lines()
        # sudo: points are booked by acts, never by users
        pending = self.env["loyalty.pending"].sudo()
        # of a confirmation before this one
        pending.search(self._get_points_domain()).unlink()
        for entry in self._get_waiting_entries():
            lines = self._get_history_lines(entry.coupon_id)
            lines.filtered("used").write({"issued": 0, "kind": "spent"})
            lines.filtered(lambda line: not line.used).unlink()
            entry.coupon_id._book_earned(entry.points, self)
        return result

    def _get_waiting_entries(self):
        """Points of these that do not go on the card yet."""
        return self.coupon_point_ids.filtered(
            lambda entry: (
                entry.points > 0 and entry.coupon_id.program_id._get_ready_on()
            )
        )

    def _get_points_domain(self):
        """Of the rows that these orders wrote."""
        return [("order_model", "=", self._name), ("order_id", "in", self.ids)]

    def _get_history_lines(self, card):
        """What this order did to ``card``, the latest first."""
        # sudo: who sells need not read the histories of all companies
        return booking(self.env["loyalty.history"].sudo()).search(
            [
                *self._get_points_domain(),
                ("card_id", "=", card.id),
                ("kind", "in", ("earned", "spent", "transferred")),
            ]
        )

    # -- a confirmed order that changes ------------------------------------------------------

    def _refresh_points(self):
        """Let the points of a confirmed order follow what is ordered by now.

        What its programmes do not offer any more stays as it was.
        """
        # sudo: who changes an order need not manage what it gives
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            entries = order.coupon_point_ids.filtered(
                lambda entry: entry.coupon_id.program_id.is_nominative
            )
            if not entries:
                continue
            programs = entries.coupon_id.program_id
            programs = programs.filtered_domain(order._get_program_domain())
            statuses = order._program_check_compute_points(programs)
            for entry in entries:
                points = statuses.get(entry.coupon_id.program_id, {}).get("points")
                if points and float_compare(points[0], entry.points, 2):
                    entry.points = points[0]

    def _add_points_for_coupon(self, coupon_points):
        """On a confirmed order core adds all of the points again, each time."""
        self.ensure_one()
        if self.state != "sale":
            return super()._add_points_for_coupon(coupon_points)
        # the card follows the change: see sale.order.coupon.points
        entries = self._customer_booking().coupon_point_ids
        for card, points in coupon_points.items():
            if entry := entries.filtered(lambda e, card=card: e.coupon_id == card):
                entry.points = points
            else:
                entries.create(
                    {"order_id": self.id, "coupon_id": card.id, "points": points}
                )

    def _book_earned_change(self, card, delta):
        """This confirmed order gives ``delta`` points more to ``card``, or less.

        Never less than nothing: what it did not give cannot be taken from it.
        """
        self.ensure_one()
        card = booking(card.sudo())  # sudo: points are booked by acts, never by users
        line = self._get_history_lines(card)[:1]
        if delta < 0:
            delta += self._get_pending_rows(card)._earn_less(-delta)
            delta = -min(-delta, max(line.issued, 0))
        if delta > 0 and (card.program_id._get_ready_on() or not line):
            card._book_earned(delta, self)
        elif delta:
            card._lock_points()
            line.issued = round(line.issued + delta, 4)
            card.points = round(card.points + delta, 4)
        self._settle_returns()

    def _get_pending_rows(self, card):
        """What of this order waits for ``card``, or waited."""
        # sudo: as _get_history_lines
        return (
            self.env["loyalty.pending"]
            .sudo()
            .search([*self._get_points_domain(), ("card_id", "=", card.id)])
        )

    def _update_loyalty_history(self, coupon_id, points):
        """Core took ``points`` from a card for this confirmed order, or gave them back.

        Never more than the order had taken: the rest goes off the card again.
        """
        self.ensure_one()
        card = booking(coupon_id.sudo())  # sudo: as _book_earned_change
        lines = self._get_history_lines(card)
        line = (lines.filtered("used") or lines)[:1]
        used = round(line.used + points, 4)
        if used < 0:
            card.points = round(card.points + used, 4)
            used = 0
        if line:
            line.used = used
        elif used:
            line.create(
                {
                    "card_id": card.id,
                    "kind": "spent",
                    "used": used,
                    "order_model": self._name,
                    "order_id": self.id,
                    "description": card._describe_booking("spent", self),
                }
            )

    # -- cancelling ---------------------------------------------------------------------

    def _undo_points(self):
        """Take back what these orders gave, and give back what they took.

        That is what their history says, with all returns so far; it goes, as in core.
        """
        if not self:
            return
        # sudo: points are booked by acts, never by users
        history = self.env["loyalty.history"].sudo()
        lines = history.search(self._get_points_domain())
        lines |= history.search(
            [("source_model", "=", self._name), ("source_id", "in", self.ids)]
        )
        lines = lines.filtered(lambda line: line.kind in _ORDER_KINDS)
        for card, net in self.env["loyalty.card"]._undo_lines(lines).items():
            self._keep_spent_points(card, net)
        self.env["loyalty.pending"]._cancel(self)
        # sudo: as above
        released = self.env["loyalty.pending"].sudo().search(self._get_points_domain())
        for row in released.filtered(lambda row: row.state == "released"):
            row.write({"state": "cancelled", "taken_back": row.points})

    def _keep_spent_points(self, card, taken):
        """Leave the customer what is spent, where the programme says so."""
        program = card.program_id
        missing = round(min(taken, -card.points), 4)
        if missing > 0 and program._holds_points() and not program._may_go_below_zero():
            card._book(
                "corrected",
                issued=missing,
                shortfall=missing,
                description=self.env._("Points of a cancelled order that were spent"),
            )
