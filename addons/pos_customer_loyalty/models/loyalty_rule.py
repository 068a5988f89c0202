from odoo import models
from odoo.fields import Domain
from odoo.tools import float_round


class LoyaltyRule(models.Model):
    """The till's ``pointsForPrograms``, by which the server holds a till to its rules."""

    _inherit = "loyalty.rule"

    def _takes_any_product(self):
        """As core's ``any_product``, which reads all products of the shop to say so."""
        self.ensure_one()
        domain = self.product_domain or "[]"
        return domain in ("[]", "[['sale_ok', '=', True]]") and not (
            self.product_ids or self.product_category_id or self.product_tag_id
        )

    def _filter_taken(self, lines):
        """Those of ``lines`` whose products the rule is about."""
        self.ensure_one()
        if self._takes_any_product():
            return lines
        products = lines.product_id
        taken = products.with_context(active_test=False).search(
            Domain("id", "in", products.ids)
            & Domain("available_in_pos", "=", True)
            & Domain(self._get_valid_product_domain())
        )
        return lines.filtered(lambda line: line.product_id in taken)

    def _get_customer_points(self, lines):
        """Points for these lines of one order, products of combos left out of them.

        What is returned without its sale takes away points, whatever it is.
        """
        self.ensure_one()
        lines = self._filter_taken(lines) | lines.filtered(
            lambda line: line.qty < 0 and not line.is_reward_line
        )
        if self.minimum_amount > self._get_customer_points_amount(lines):
            return 0
        paid = lines.filtered(
            lambda line: (
                (
                    line.reward_id.program_id != self.program_id
                    and line.reward_id.program_id.program_type
                    not in ("gift_card", "ewallet")
                )
                or not line.is_reward_line
            )
        )
        goods = paid.filtered(lambda line: not line.is_reward_line)
        quantity = sum(goods.mapped("qty"))
        if quantity < self.minimum_qty:
            return 0
        if self.reward_point_mode == "unit":
            return self.reward_point_amount * quantity
        if self.reward_point_mode != "money":
            return self.reward_point_amount
        if self.reward_point_split and self.program_id.applies_on == "future":
            return sum(self._get_points_apiece(line) * line.qty for line in goods)
        return self._round(
            self.reward_point_amount
            * self._sum_with_combos(paid, "price_subtotal_incl")
        )

    def _get_points_apiece(self, line):
        """Points of each piece, where each makes a card of its own."""
        if line.qty <= 0:
            return 0
        return self._round(self.reward_point_amount * line._get_value() / line.qty)

    def _get_free_points(self, free):
        """Points of what these lines give away, which nobody paid."""
        points, takes_any = 0, self._takes_any_product()
        for line in free:
            products = line.reward_id.reward_product_ids
            # which of several was given is for the till to know
            if not takes_any and products - self.valid_product_ids:
                continue
            if self.reward_point_mode == "money":
                points -= self._round(self.reward_point_amount * line._get_value())
            elif self.reward_point_mode == "unit":
                points += self.reward_point_amount * line.qty
        return points

    def _is_met_by(self, order, goods):
        """Whether the order as a whole reaches what the rule asks for."""
        self.ensure_one()
        total = order.amount_total
        if self.minimum_amount_tax_mode != "incl":
            total -= order.amount_tax
        quantity = sum(self._filter_taken(goods).mapped("qty"))
        return self.minimum_amount <= total and self.minimum_qty <= quantity

    def _round(self, amount):
        precision = self.env["decimal.precision"].precision_get("Product Price")
        return float_round(amount, precision_digits=precision)

    def _get_customer_points_amount(self, lines):
        """What counts for the minimum purchase: discounts of other programmes by code do."""
        counted = lines.filtered(
            lambda line: (
                not (
                    line.reward_id.reward_type == "discount"
                    and (
                        line.reward_id.program_id.trigger == "auto"
                        or line.reward_id.program_id == self.program_id
                    )
                )
            )
        )
        with_tax = self._sum_with_combos(counted, "price_subtotal_incl")
        if self.minimum_amount_tax_mode == "incl" and with_tax:
            return with_tax
        return self._sum_with_combos(counted, "price_subtotal")

    def _sum_with_combos(self, lines, price):
        """The line of a combo costs nothing itself: its products do."""
        return sum(line._get_value(price) for line in lines | lines.combo_line_ids)
