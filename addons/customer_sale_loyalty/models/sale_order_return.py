from odoo import models
from odoo.tools import float_is_zero


class SaleOrder(models.Model):
    """What a credit note takes back of the points of an order, and gives back."""

    _inherit = "sale.order"

    def _return_points(self, move):
        """Take back what has been credited by now, and give back what rewards cost.

        :param move: the credit note that was posted
        """
        self.ensure_one()
        if self.state != "sale":
            return
        cards = self.env["loyalty.card"]
        for taken in cards._claw_back(self, move, self._get_returned_share):
            if taken["shortfall"]:
                move._note_missing_points(taken["card"], taken["shortfall"])
        for card, points in self._get_returned_costs().items():
            card._give_back(self, move, points)

    def _undo_return_points(self, moves):
        """Forget what ``moves``, which are no credit notes any more, did to points."""
        self.ensure_one()
        lines = self._get_return_lines().filtered(
            lambda line: line.order_model == moves._name and line.order_id in moves.ids
        )
        self.env["loyalty.card"]._undo_lines(lines)
        self._settle_returns()

    def _settle_returns(self):
        """Let what returns took be what has come back of this order by now.

        The order was changed since, or a return of it was undone.
        """
        self.ensure_one()
        models = set(self._get_return_lines().mapped("order_model"))
        if self.state != "sale" or models - {"account.move", self._name}:
            # cancelled, or returned at a till, which knows what came back
            return
        cards = self.env["loyalty.card"]
        cards._claw_back(self, self, self._get_returned_share)
        for held, earned, taken in cards._get_earned_sums(self):
            share = self._get_returned_share(held[:1].program_id)
            excess = round(taken - earned * share, 2)
            if excess <= 0:
                continue
            for card in held:
                excess -= self._get_pending_rows(card)._wait_again(excess)
            lines = self._get_return_lines("clawed_back")
            for card in held:
                for line in lines.filtered(lambda line, c=card: line.card_id == c):
                    excess -= line._take_back_less(excess)

    def _get_return_lines(self, *kinds):
        """What returns of this order wrote down, the latest first."""
        # sudo: points are booked by acts, never by users
        lines = self.env["loyalty.history"].sudo()
        lines = lines.search(
            [("source_model", "=", self._name), ("source_id", "=", self.id)]
        )
        return lines.filtered(lambda line: not kinds or line.kind in kinds)

    def _get_returned_share(self, program):
        """The part, 0 to 1, that was credited of what earned in ``program``.

        By value, or by quantity where all of it costs nothing. A coupon goes as a whole.
        """
        self.ensure_one()
        lines = self._get_not_rewarded_order_lines()
        lines = lines.filtered(lambda line: not line.is_downpayment)
        valid = program._get_valid_products(lines.product_id)
        products = self.env["product.product"].union(*valid.values())
        lines = lines.filtered(lambda line: line.product_id in products) or lines
        weights = {line: max(line.price_total, 0) for line in lines}
        if not any(weights.values()):
            weights = {line: max(line.product_uom_qty, 0) for line in lines}
        whole = sum(weights.values())
        if not whole:
            return 0
        returned = sum(weights[line] * line._get_returned_part() for line in lines)
        share = round(returned / whole, 6)
        if program.is_nominative or program.is_payment_program:
            return share
        return float(share >= 1)

    def _get_returned_costs(self):
        """Points of rewards that were credited by now, by card."""
        self.ensure_one()
        costs = {}
        rewards = self.order_line.filtered("reward_id")
        for lines in rewards.grouped(lambda line: line._get_reward_key()).values():
            whole = sum(lines.mapped("price_total"))
            weight = "product_uom_qty" if float_is_zero(whole, 4) else "price_total"
            whole = sum(lines.mapped(weight))
            if not whole:
                continue
            part = sum(line[weight] * line._get_returned_part() for line in lines)
            card = lines.coupon_id
            points = sum(lines.mapped("points_cost")) * part / whole
            costs[card] = costs.get(card, 0) + round(points, 4)
        return {card: points for card, points in costs.items() if points > 0}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_returned_part(self):
        """The part, 0 to 1, of this line that was credited.

        A credit of what was invoiced beyond the order is no return.
        """
        self.ensure_one()
        by_value = not self.currency_id.is_zero(self.price_total)
        ordered = self.price_total if by_value else self.product_uom_qty
        if not ordered:
            return 0
        amounts = {"out_invoice": 0, "out_refund": 0}
        for line in self.invoice_lines:
            if line.parent_state == "posted" and line.move_type in amounts:
                amounts[line.move_type] += (
                    line.price_total
                    if by_value
                    else line.product_uom_id._compute_quantity(
                        line.quantity, self.product_uom_id
                    )
                )
        beyond = max(amounts["out_invoice"] / ordered - 1, 0)
        return min(max(amounts["out_refund"] / ordered - beyond, 0), 1)
