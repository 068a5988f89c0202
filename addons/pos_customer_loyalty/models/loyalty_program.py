from odoo import api, fields, models
from odoo.fields import Domain


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _takes_order(self, order, partner=None):
        """Whether ``order`` may earn here: by company, till, day, price list and customer.

        As the till chooses programmes, by the day it was sold.

        :param partner: the customer, if not that of the order
        """
        self.ensure_one()
        day = fields.Date.context_today(order, order.date_order)
        return bool(
            self.active
            and self.pos_ok
            and not self._is_used_up(order)
            and self.currency_id == order.currency_id
            and (not self.company_id or self.company_id in order.company_id.parent_ids)
            and (not self.pos_config_ids or order.config_id in self.pos_config_ids)
            and (not self.pricelist_ids or order.pricelist_id in self.pricelist_ids)
            and (not self.date_from or self.date_from <= day)
            and (not self.date_to or self.date_to >= day)
            and self._takes_customer(partner or order.partner_id, order.company_id)
        )

    def _is_used_up(self, order):
        """Whether other orders have used the programme as often as it may be."""
        self.ensure_one()
        if not self.limit_usage:
            return False
        self.env.flush_all()  # core counts in SQL
        self.invalidate_recordset(["total_order_count", "pos_order_count"])
        own = self in order.lines.reward_id.program_id
        return self.total_order_count - own >= self.max_usage

    @api.model
    def _get_customer_points_programs(self, order, partner=None):
        """Programmes whose points ``order`` gives to its customer by itself.

        A top-up of an eWallet is money that somebody paid for, never points that an
        order gives by itself.
        """
        programs = self.search(
            Domain(self._check_company_domain(order.company_id))
            & Domain("pos_ok", "=", True)
            & Domain("program_type", "!=", "ewallet")
            & Domain("trigger", "=", "auto")
        )
        return programs.filtered(
            lambda program: (
                program.is_nominative and program._takes_order(order, partner)
            )
        )

    def _get_customer_points(self, order, codes=False):
        """Points that the till gives for ``order``.

        :param bool codes: with those of rules that need a code: the most there can be
        """
        self.ensure_one()
        lines = order._get_loyalty_lines()
        if not any(line.qty > 0 and not line.is_reward_line for line in lines):
            return 0
        points = sum(
            rule._get_customer_points(lines)
            for rule in self.rule_ids
            if rule.mode == "auto"
        )
        if codes:
            points += sum(
                max(rule._get_customer_points(lines), 0)
                for rule in self.rule_ids
                if rule.mode == "with_code"
            )
        return max(points - self._get_free_points(order, lines), 0)

    def _get_free_points(self, order, lines):
        """Points of products that this programme itself gives away: the till's correction."""
        free = lines.filtered(
            lambda line: (
                line.is_reward_line
                and line.reward_id.reward_type == "product"
                and line.reward_id.program_id == self
            )
        )
        if not free:
            return 0
        goods = order.lines.filtered(
            lambda line: not line.is_reward_line and not line.refunded_orderline_id
        )
        if not all(rule._is_met_by(order, goods) for rule in self.rule_ids):
            return 0
        return sum(rule._get_free_points(free) for rule in self.rule_ids)

    def _get_earning_lines(self, order):
        """Lines of the sale ``order`` that earned here, by the rules as they are now."""
        self.ensure_one()
        goods = order.lines.filtered(lambda line: not line.is_reward_line)
        heads = goods.filtered(lambda line: not line.combo_parent_id)
        earning = heads.browse()
        for rule in self.rule_ids:
            earning |= rule._filter_taken(heads)
        # the rules have changed since: whatever was sold
        return (earning | earning.combo_line_ids) or goods

    def _format_points(self, points):
        self.ensure_one()
        card = self.env["loyalty.card"].new({"program_id": self.id})
        return card._format_points(points)
