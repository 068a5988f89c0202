from odoo import api, fields, models
from odoo.fields import Domain


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    @api.model
    def _get_customer_points_programs(self, order):
        """Programmes whose points ``order`` gives to its customer, by the day it was sold.

        As the till chooses them. A top-up of an eWallet is money that somebody paid for,
        never points that an order gives by itself.
        """
        day = fields.Date.context_today(order, order.date_order)
        programs = self.search(
            Domain(self._check_company_domain(order.company_id))
            & Domain("pos_ok", "=", True)
            & Domain("program_type", "!=", "ewallet")
            & Domain("pos_config_ids", "in", [False, *order.config_id.ids])
            & Domain("pricelist_ids", "in", [False, *order.pricelist_id.ids])
            & (Domain("date_from", "=", False) | Domain("date_from", "<=", day))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
            & Domain("currency_id", "=", order.currency_id.id)
        )
        return programs.filtered(
            lambda program: (
                program.is_nominative
                and program.trigger == "auto"
                and not (
                    program.limit_usage
                    and program.total_order_count >= program.max_usage
                )
            )
        )

    def _get_customer_points(self, order):
        """Points that the till would have given for ``order`` to a customer."""
        self.ensure_one()
        lines = order.lines.filtered(lambda line: not line.combo_parent_id)
        rules = self.rule_ids.filtered(lambda rule: rule.mode == "auto")
        return sum(rule._get_customer_points(lines) for rule in rules)

    def _format_points(self, points):
        self.ensure_one()
        card = self.env["loyalty.card"].new({"program_id": self.id})
        return card._format_points(points)
