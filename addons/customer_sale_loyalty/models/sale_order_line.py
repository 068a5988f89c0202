from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.customer_loyalty.tools.booking import booking, may_book

_REWARD_FIELDS = frozenset(
    ("coupon_id", "points_cost", "reward_id", "reward_identifier_code")
)
# what the points of an order depend on
_EARNING_FIELDS = frozenset(
    (
        "discount",
        "price_unit",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "tax_ids",
    )
)


class SaleOrderLine(models.Model):
    """What a reward costs comes from its programme, and the history follows the cost."""

    _inherit = "sale.order.line"

    # a merge of customers, and of their cards, asks for it
    coupon_id = fields.Many2one(index="btree_not_null")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not may_book(self.env):
            # read back: a default may come from the context or from the settings
            if any(line[name] for line in lines for name in _REWARD_FIELDS):
                self.env["sale.order"]._refuse_loyalty_by_hand()
        lines._refresh_points()
        return lines

    def write(self, vals):
        if not may_book(self.env) and not _REWARD_FIELDS.isdisjoint(vals):
            self.env["sale.order"]._refuse_loyalty_by_hand()
        if "order_id" in vals:
            self._check_kept_on_order(vals["order_id"])
        before = self._get_confirmed_costs() if "points_cost" in vals else {}
        result = super().write(vals)
        if "points_cost" in vals:
            self._follow_costs(before, self._get_confirmed_costs())
        if not _EARNING_FIELDS.isdisjoint(vals):
            self._refresh_points()
        return result

    def _check_kept_on_order(self, order_id):
        """A line that earned points, or costs some, does so where it is.

        :raise UserError: when it would leave its order, or join one that is confirmed
        """
        moving = self.filtered(lambda line: line.order_id.id != order_id)
        orders = moving.order_id | self.env["sale.order"].browse(order_id)
        if moving and (
            moving.filtered("reward_id") or "sale" in orders.mapped("state")
        ):
            raise UserError(
                self.env._(
                    "A line of a confirmed order, or a reward, does not move to another "
                    "order: its points stay behind. Take it off here and add it there."
                )
            )

    def unlink(self):
        before = self._with_rest_of_rewards()._get_confirmed_costs()
        orders = self.filtered(lambda line: not line.reward_id).order_id
        result = super(SaleOrderLine, booking(self)).unlink()
        self._follow_costs(before, {})
        orders._refresh_points()
        return result

    def _reset_loyalty(self, complete=False):
        return super(SaleOrderLine, booking(self))._reset_loyalty(complete)

    def _with_rest_of_rewards(self):
        """These, with the lines that core deletes together with them."""
        keys = {line._get_reward_key() for line in self if line.reward_id}
        return self | self.order_id.order_line.filtered(
            lambda line: line.reward_id and line._get_reward_key() in keys
        )

    def _get_reward_key(self):
        """Which lines are one reward, as core has it."""
        self.ensure_one()
        return (self.reward_id, self.coupon_id, self.reward_identifier_code)

    def _get_confirmed_costs(self):
        """What these cost on orders that are confirmed.

        :return: dict of order and card to points
        """
        costs = {}
        for line in self:
            if line.state == "sale" and line.coupon_id and line.points_cost:
                key = (line.order_id, line.coupon_id)
                costs[key] = costs.get(key, 0) + line.points_cost
        return costs

    @api.model
    def _follow_costs(self, before, after):
        """Write down what core took from cards, or gave back, without a line."""
        for order, card in before | after:
            change = after.get((order, card), 0) - before.get((order, card), 0)
            if change:
                order._customer_booking()._update_loyalty_history(card, change)

    def _refresh_points(self):
        lines = self.filtered(lambda line: line.state == "sale" and not line.reward_id)
        lines.order_id._refresh_points()
