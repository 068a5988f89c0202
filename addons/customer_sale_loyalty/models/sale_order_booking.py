from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.customer_loyalty.tools.booking import booking, may_book

_LOYALTY_FIELDS = frozenset(
    ("applied_coupon_ids", "code_enabled_rule_ids", "coupon_point_ids")
)


class SaleOrder(models.Model):
    """What core does with points it does for any salesperson; by hand nobody does it."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if not may_book(self.env):
            # read back: a default may come from the context or from the settings
            # sudo: who makes orders need not see what they give
            made = orders.sudo()
            if any(order[name] for order in made for name in _LOYALTY_FIELDS):
                self._refuse_loyalty_by_hand()
        return orders

    def write(self, vals):
        if not may_book(self.env) and not _LOYALTY_FIELDS.isdisjoint(vals):
            self._refuse_loyalty_by_hand()
        return super().write(vals)

    @api.model
    def _refuse_loyalty_by_hand(self):
        """:raise AccessError: always"""
        raise AccessError(
            self.env._(
                "Points and rewards of an order come from its programmes. Enter a code or "
                "choose a reward with the buttons of the order."
            )
        )

    def _customer_booking(self):
        """These orders for core's code that books their points.

        Without the defaults of the caller, which would get into what that code creates.
        """
        return booking(self)

    def _get_copiable_order_lines(self):
        """A copy gets its rewards from its own programmes."""
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line.reward_id)

    # -- core's ways in ----------------------------------------------------------------

    def action_confirm(self):
        return super(SaleOrder, self._customer_booking()).action_confirm()

    def _action_cancel(self):
        return super(SaleOrder, self._customer_booking())._action_cancel()

    def _update_programs_and_rewards(self):
        order = self._customer_booking()
        order._drop_foreign_cards()
        return super(SaleOrder, order)._update_programs_and_rewards()

    def _apply_program_reward(self, reward, coupon, **kwargs):
        order = self._customer_booking()
        return super(SaleOrder, order)._apply_program_reward(reward, coupon, **kwargs)

    def _try_apply_program(self, program, coupon=None):
        order = self._customer_booking()
        return super(SaleOrder, order)._try_apply_program(program, coupon)

    def _try_apply_code(self, code):
        return super(SaleOrder, self._customer_booking())._try_apply_code(code)

    def _drop_foreign_cards(self):
        """Leave out the points of somebody who had this quotation before."""
        for order in self.filtered(lambda order: order.state in ("draft", "sent")):
            foreign = order.applied_coupon_ids.filtered(order._is_foreign_card)
            if foreign:
                order.applied_coupon_ids -= foreign
            held = order.coupon_point_ids.coupon_id.filtered(order._is_foreign_card)
            entries = order.coupon_point_ids
            entries.filtered_domain([("coupon_id", "in", held.ids)]).unlink()

    def _is_foreign_card(self, card):
        """Whether ``card`` collects for somebody else than this customer.

        What a visitor of the web shop collected is theirs once they log in.
        """
        self.ensure_one()
        holder = card.partner_id
        return (
            card.program_id.is_nominative
            and bool(holder)
            and holder != self.partner_id
            and not holder.is_public
        )
