from odoo import api, models
from odoo.exceptions import UserError

_PAID = ("paid", "done", "invoiced")


class RepairOrder(models.Model):
    """Deposits on repairs, and repairs that are collected and paid at a till.

    Both are core's: the till settles the sale order of the repair, or takes a down
    payment on it. What is refused here is refused before anything is paid.
    """

    _inherit = "repair.order"

    def customer_repair_deposit(self, config_id):
        """Make the order of this repair ready for a down payment at the till.

        :param int config_id: the till
        :return: id of the ``sale.order``
        :raise AccessError: for users who do not sell at the till
        :raise UserError: for a blocked customer, and where no price is agreed
        """
        repair = self._customer_repair_at(config_id)
        if repair.state in ("done", "cancel"):
            raise UserError(
                self.env._(
                    "%(repair)s is repaired or cancelled: no deposit is taken any more.",
                    repair=repair.name,
                )
            )
        if not repair.sale_order_id:
            raise UserError(
                self.env._(
                    "No price is agreed for %(repair)s. Make its quotation first, then "
                    "take the deposit.",
                    repair=repair.name,
                )
            )
        order = repair._customer_order_to_pay(config_id)
        if not order.amount_unpaid:
            raise UserError(
                self.env._(
                    "The agreed price of %(repair)s is paid: no more deposit is taken.",
                    repair=repair.name,
                )
            )
        return order.id

    def customer_repair_collect(self, config_id):
        """Make the order of this finished repair ready to be paid at the till.

        :param int config_id: the till
        :return: id of the ``sale.order``
        :raise AccessError: for users who do not sell at the till
        :raise UserError: for a blocked customer, a repair that is not finished, and one
            that is paid
        """
        repair = self._customer_repair_at(config_id)
        if repair.state != "done":
            raise UserError(
                self.env._(
                    "%(repair)s is not repaired yet. It can be collected when the "
                    "workshop has marked it as repaired.",
                    repair=repair.name,
                )
            )
        if not repair.sale_order_id:
            repair.action_create_sale_order()
        order = repair._customer_order_to_pay(config_id)
        # the work is done: labour is charged whatever its invoicing policy
        for line in order.order_line:
            if line.product_id.type == "service" and not line.is_downpayment:
                line.qty_delivered = line.product_uom_qty
        return order.id

    @api.model
    def customer_repairs_paid(self, order_ids, config_id):
        """Which repairs of sale orders in a till were paid meanwhile, at another one.

        :param list order_ids: of ``sale.order``
        :param int config_id: the till that is about to be paid
        :return: list of the numbers of the repairs
        :raise AccessError: for users who do not sell at the till
        """
        config = self._check_customer_till(config_id)
        if not isinstance(order_ids, list) or not all(
            isinstance(order_id, int) and 0 < order_id < 2**31 for order_id in order_ids
        ):
            raise UserError(self.env._("Sale orders are given by a list of ids."))
        # sudo: a cashier has no right to repairs; told is only what is paid already
        repairs = self.sudo().search(
            [
                ("sale_order_id", "in", order_ids),
                ("company_id", "=", config.company_id.id),
            ]
        )
        return [repair.name for repair in repairs if repair._customer_is_paid()]

    def _customer_order_to_pay(self, config_id):
        """The confirmed order of this repair; a cashier may not confirm it in the till."""
        self.ensure_one()
        self._check_customer_blocks(self.partner_id, self._customer_forbidding_blocks())
        order = self.sale_order_id
        self._check_customer_order(order, self._check_customer_till(config_id))
        if order.state in ("draft", "sent"):
            order.action_confirm()
        return order

    def _check_customer_order(self, order, config):
        """:raise UserError: when there is nothing that this till can be paid for"""
        problem = None
        if order.state == "cancel":
            problem = self.env._(
                "The order of %(repair)s is cancelled. Set it to quotation again, then "
                "collect the repair.",
                repair=self.name,
            )
        elif order.currency_id != config.currency_id:
            problem = self.env._(
                "The order of %(repair)s is in another currency than this till.",
                repair=self.name,
            )
        elif self._customer_is_paid():
            problem = self.env._("%(repair)s is paid already.", repair=self.name)
        elif not order.amount_unpaid and not self._customer_deposits():
            problem = self.env._(
                "Nothing is to be paid for %(repair)s: it can be handed over. Where "
                "something is, add its parts to the repair or its labour to the quotation.",
                repair=self.name,
            )
        if problem:
            raise UserError(problem)

    def _customer_is_paid(self):
        """Whether the parts and the labour were paid: a deposit is none of them."""
        self.ensure_one()
        lines = self.sale_order_id.order_line
        sold = lines.filtered(lambda line: not line.is_downpayment)
        at_tills = sold.pos_order_line_ids.filtered(
            lambda line: line.qty > 0 and line.order_id.state in _PAID
        )
        if at_tills - at_tills.refund_orderline_ids.refunded_orderline_id:
            return True
        order = self.sale_order_id
        settled = order.amount_total and not order.amount_unpaid
        return bool(settled and not self._customer_deposits())

    def _customer_deposits(self):
        """Down payments taken at tills, which are deducted when the repair is collected."""
        lines = self.sale_order_id.order_line.filtered("is_downpayment")
        return lines.pos_order_line_ids.filtered(lambda line: line.qty > 0)

    # -- on the customer's card -----------------------------------------------------------

    def _customer_card_row(self):
        """Add ``till``, what can be done at one, for those who sell there."""
        row = super()._customer_card_row()
        if self.env.user.has_group("point_of_sale.group_pos_user"):
            # sudo: cashiers have no right to orders in the back office
            row["till"] = self.sudo()._customer_till_row()
        return row

    def _customer_till_row(self):
        self.ensure_one()
        order = self.sale_order_id
        paid = self._customer_is_paid()
        is_open = self.state not in ("done", "cancel") and not paid
        return {
            "uuid": self._customer_uuid(),
            "item": self._customer_item_text(),
            "date": self._customer_promised(),
            "due": order.amount_unpaid if order else False,
            "currency": (order or self.company_id).currency_id.name,
            "paid": paid,
            "collect": self.state == "done" and not paid,
            "deposit": is_open and bool(order.amount_unpaid),
        }
