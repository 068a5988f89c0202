from odoo import models
from odoo.tools import float_round


class LoyaltyRule(models.Model):
    """The till's ``pointsForPrograms``, for orders that get their customer later."""

    _inherit = "loyalty.rule"

    def _get_customer_points(self, lines):
        """Points for these lines of one order, products of combos left out of them."""
        self.ensure_one()
        lines = lines.filtered(
            lambda line: self.any_product or line.product_id in self.valid_product_ids
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
        quantity = sum(
            paid.filtered(lambda line: not line.is_reward_line).mapped("qty")
        )
        if quantity < self.minimum_qty:
            return 0
        if self.reward_point_mode == "unit":
            return self.reward_point_amount * quantity
        if self.reward_point_mode == "money":
            precision = self.env["decimal.precision"].precision_get("Product Price")
            amount = self.reward_point_amount * self._sum_with_combos(
                paid, "price_subtotal_incl"
            )
            return float_round(amount, precision_digits=precision)
        return self.reward_point_amount

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
        return sum((lines | lines.combo_line_ids).mapped(price))
