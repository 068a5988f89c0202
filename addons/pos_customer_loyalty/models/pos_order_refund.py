import math

from odoo import models
from odoo.exceptions import ValidationError

_PAST = ("paid", "done")


class PosOrder(models.Model):
    """A return takes back the points of its sale, and gives back those of its rewards.

    Whatever the till sent: by the lines that came back, with all returns so far.
    """

    _inherit = "pos.order"

    def customer_loyalty_refund_preview(self, refunds):
        """What a return of lines of this order would take back, before it is paid.

        :param list refunds: dicts of ``line_id`` and ``qty``
        :return: list of dict with ``program_id``, ``program``, ``points`` that are taken,
            ``shortfall`` that is spent already, ``policy`` of the programme, and
            ``amount`` by which the policy reduces the refund
        :raise AccessError: for users who may not read the order
        :raise ValidationError: for lines that are not of the order, and quantities that
            are none
        """
        self.ensure_one()
        self.check_access("read")
        order = self.sudo()  # sudo: whoever takes back goods learns what they earned
        more = order._parse_refunds(refunds)
        rows = order.env["loyalty.card"]._claw_back_preview(
            order, lambda program: order._get_returned_share(program, more)
        )
        return [order._prepare_refund_preview(row) for row in rows]

    def _parse_refunds(self, refunds):
        """Dict of line id to quantity."""
        more = {}
        for refund in refunds if isinstance(refunds, list) else [None]:
            line_id, qty = (
                (refund.get("line_id"), refund.get("qty"))
                if isinstance(refund, dict)
                else (None, None)
            )
            if (
                line_id not in self.lines.ids
                or isinstance(line_id, bool)
                or isinstance(qty, bool)
                or not isinstance(qty, int | float)
                or not math.isfinite(qty)
            ):
                raise ValidationError(
                    self.env._("Give the lines of this order, each with a quantity.")
                )
            more[line_id] = more.get(line_id, 0) + max(qty, 0)
        return more

    def _prepare_refund_preview(self, row):
        program, shortfall = row["card"].program_id, row["shortfall"]
        is_reduced = program.clawback_policy == "reduce" and program._holds_points()
        worth = shortfall * program.clawback_point_value if is_reduced else 0
        return {
            "program_id": program.id,
            "program": program.name,
            "points": row["points"] + row["pending"],
            "shortfall": shortfall,
            "policy": program.clawback_policy,
            "amount": self.currency_id.round(worth),
        }

    # -- what has come back ---------------------------------------------------------------

    def _get_returned_share(self, program, more=None):
        """The part, 0 to 1, of what this sale earned with that has come back by now.

        A coupon or a gift card is no sum of points: it goes with the whole sale, and
        what a programme gave and took in the sale itself does not come back.

        :param more: dict of line id to quantity that is about to come back
        """
        self.ensure_one()
        share = program._get_earning_lines(self)._get_returned_share(more)
        if program.is_nominative or program.is_payment_program:
            return share
        return math.floor(share) if program.applies_on == "future" else 0

    def _book_returns(self):
        """Take back and give back what the paid return asks for. Called with all rights.

        Again without harm: only what is missing is booked.

        :return: dict of lists ``clawed_back`` and ``given_back``
        """
        self.ensure_one()
        clawed_back, given_back = [], []
        is_paid = self._is_paid_as_sold()
        for sale in self.lines.refunded_orderline_id.order_id:
            rows = self.env["loyalty.card"]._claw_back(
                sale, self, sale._get_returned_share
            )
            clawed_back += [
                {
                    **self._prepare_return_row(row["card"]),
                    "points": row["points"],
                    "pending": row["pending"],
                    "shortfall": row["shortfall"],
                }
                for row in rows
            ]
            costs = sale._get_returned_costs()
            if costs and not is_paid:
                self._flag_loyalty_cuts({"reward"})
                continue
            for card, points in costs.items():
                if line := card._give_back(sale, self, points):
                    given_back.append(
                        {**self._prepare_return_row(card), "points": line.issued}
                    )
        return {"clawed_back": clawed_back, "given_back": given_back}

    def _prepare_return_row(self, card):
        return {
            "card_id": card.id,
            "program_id": card.program_id.id,
            "program": card.program_id.name,
        }

    def _get_returned_costs(self):
        """Points that the rewards of this sale cost that have come back by now.

        :return: dict of card to points
        """
        self.ensure_one()
        rewards = self.lines.filtered(
            lambda line: line.is_reward_line and line.reward_id
        )
        costs = {}
        for lines in rewards.grouped(
            # one reward may have a line for each tax
            lambda line: (line.reward_id, line.coupon_id, line.reward_identifier_code)
        ).values():
            cost = sum(max(line.points_cost, 0) for line in lines)
            if points := cost * lines._get_returned_share():
                if card := self._get_charged_card(lines):
                    costs[card] = costs.get(card, 0) + points
        return costs

    def _get_charged_card(self, rewards):
        """The card that paid for ``rewards``, by its history."""
        lines = self.env["loyalty.history"].search(
            [
                ("order_model", "=", self._name),
                ("order_id", "in", self.ids),
                ("kind", "in", ("earned", "spent")),
                ("used", ">", 0),
                ("card_id.program_id", "=", rewards.reward_id.program_id.id),
            ]
        )
        cards = lines.card_id
        return cards & rewards.coupon_id or cards[:1]
