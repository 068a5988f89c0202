from odoo import api, models
from odoo.exceptions import UserError

_PAID = ("paid", "done")


class RepairOrder(models.Model):
    """Deposits on repairs, and repairs that are collected and paid at a till.

    Both are core's: the till settles the sale order of the repair, or takes a down
    payment on it. What is refused here is refused before anything is paid.
    """

    _inherit = "repair.order"

    def customer_repair_deposit(self, config_id):
        """By which order a down payment on this repair is taken at the till.

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
        if not repair._customer_due():
            raise UserError(
                self.env._(
                    "The agreed price of %(repair)s is paid: no more deposit is taken.",
                    repair=repair.name,
                )
            )
        return order.id

    def customer_repair_collect(self, config_id):
        """By which order this finished repair is paid at the till.

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
        repair._check_customer_others_finished()
        order = repair._customer_order_to_pay(config_id)
        if order.state == "sale":
            repair._customer_deliver_labour()
        return order.id

    def _check_customer_others_finished(self):
        """:raise UserError: while others of the same order, paid with it, are at work"""
        others = self.sale_order_id.repair_order_ids.filtered(
            lambda repair: repair.state not in ("done", "cancel")
        )
        if others:
            raise UserError(
                self.env._(
                    "%(repair)s is on one order with %(others)s, and they are paid "
                    "together. Collect them when all are repaired.",
                    repair=self.name,
                    others=", ".join(others.mapped("name")),
                )
            )

    def _customer_deliver_labour(self):
        """Once all is repaired, labour is charged whatever its invoicing policy.

        An order that was there before its repairs has other services, too: they are
        delivered by themselves.
        """
        order = self.sale_order_id
        if any(
            repair.state not in ("done", "cancel") for repair in order.repair_order_ids
        ):
            return
        services = order.order_line.filtered(
            lambda line: line.product_id.type == "service" and not line.is_downpayment
        )
        own = order.repair_order_ids.sale_order_line_id
        for line in services & own if own else services:
            line.qty_delivered = line.product_uom_qty

    @api.model
    def customer_repairs_paid(self, order_ids, config_id):
        """Which repairs of sale orders in a till were paid or invoiced meanwhile.

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
        # sudo: a cashier has no right to repairs; told is only what is charged already
        repairs = self.sudo().search(
            [
                ("sale_order_id", "in", order_ids),
                ("company_id", "=", config.company_id.id),
            ]
        )
        return [
            repair.name
            for repair in repairs
            if repair._customer_is_paid() or repair._customer_is_begun()
        ]

    def _customer_order_to_pay(self, config_id):
        """The order of this repair; a quotation stays one until it is paid for."""
        self.ensure_one()
        self._check_customer_blocks(self.partner_id, self._customer_forbidding_blocks())
        order = self.sale_order_id
        self._check_customer_order(order, self._check_customer_till(config_id))
        return order

    def _customer_confirm_order(self):
        """Money came in at a till: the quotation becomes an order."""
        for repair in self:
            if repair.sale_order_id.state in ("draft", "sent"):
                repair.sale_order_id.action_confirm()
                repair._customer_deliver_labour()

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
        elif invoices := self._customer_open_invoices():
            problem = self.env._(
                "%(repair)s is invoiced: pay the invoice %(invoices)s in the back office.",
                repair=self.name,
                invoices=", ".join(invoices.mapped("display_name")),
            )
        elif self._customer_is_paid():
            problem = self.env._("%(repair)s is paid already.", repair=self.name)
        elif self._customer_is_begun():
            problem = self.env._(
                "Something of %(repair)s was paid, invoiced or refunded already. Settle "
                "the rest of %(order)s in the back office.",
                repair=self.name,
                order=order.name,
            )
        elif not self._customer_due() and not self._customer_deposits():
            problem = self.env._(
                "Nothing is to be paid for %(repair)s: it can be handed over. Where "
                "something is, add its parts to the repair or its labour to the quotation.",
                repair=self.name,
            )
        if problem:
            raise UserError(problem)

    # -- what is paid ---------------------------------------------------------------------

    def _customer_sold_lines(self):
        """Parts and labour: a deposit is none of them."""
        return self.sale_order_id.order_line.filtered(
            lambda line: not line.is_downpayment and line.product_uom_qty > 0
        )

    def _customer_is_paid(self):
        """Whether each of the parts and the labour was paid."""
        self.ensure_one()
        if self._customer_open_invoices():
            return False
        sold = self._customer_sold_lines()
        if sold and all(self._customer_is_charged(line) for line in sold):
            return True
        # by a link, or on an invoice of its deposit
        is_settled = self.sale_order_id.amount_total and not self._customer_due()
        return bool(is_settled and not self._customer_deposits())

    def _customer_is_charged(self, line):
        """Whether all of ``line`` was paid or invoiced, and nothing of it given back."""
        refunds = line.pos_order_line_ids.refund_orderline_ids.filtered(
            lambda refund: refund.order_id.state in _PAID
        )
        # core counts refunds that know of the order; those of tills do not
        returned = sum((refunds - line.pos_order_line_ids).mapped("qty"))
        quantity = line.qty_invoiced + line._convert_qty(line, returned, "p2s")
        return line.product_uom_id.compare(quantity, line.product_uom_qty) >= 0

    def _customer_is_begun(self):
        """Whether anything was charged: core's till would charge parts once more."""
        return any(line.qty_invoiced > 0 for line in self._customer_sold_lines())

    def _customer_open_invoices(self):
        """Invoices that wait for their payment: core counts them as paid."""
        return self.sale_order_id.invoice_ids.filtered(
            lambda invoice: (
                invoice.move_type == "out_invoice"
                and invoice.state != "cancel"
                and invoice.payment_state not in ("paid", "in_payment", "reversed")
            )
        )

    def _customer_due(self):
        """What is still to be paid for the order.

        Core's ``amount_unpaid`` takes off whatever else was on a ticket, tickets that are
        not paid, and invoices that nobody has paid.
        """
        self.ensure_one()
        order = self.sale_order_id
        due = order.amount_total - sum(
            self._customer_till_lines().mapped("price_subtotal_incl")
        )
        # what was paid by a link may be on an invoice as well
        due -= max(order.amount_paid, self._customer_paid_on_invoices())
        return max(order.currency_id.round(due), 0)

    def _customer_till_lines(self):
        """What was sold of the order at tills, and what came back."""
        order = self.sale_order_id
        lines = order.pos_order_line_ids | order.order_line.pos_order_line_ids
        lines |= lines.refund_orderline_ids
        return lines.filtered(lambda line: line.order_id.state in _PAID)

    def _customer_paid_on_invoices(self):
        """Invoices and credit notes that were made in the back office."""
        return sum(
            -invoice.direction_sign
            * (
                invoice.amount_total
                if invoice.payment_state == "in_payment"
                else invoice.amount_total - invoice.amount_residual
            )
            for invoice in self.sale_order_id.invoice_ids
            if invoice.state == "posted"
        )

    def _customer_deposits(self):
        """Down payments taken at tills, which are deducted when the repair is collected."""
        return self._customer_till_lines().filtered(
            lambda line: line.sale_order_line_id.is_downpayment and line.qty > 0
        )

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
        due = self._customer_due() if order else False
        may_pay = not (
            paid or self._customer_is_begun() or self._customer_open_invoices()
        )
        return {
            "uuid": self._customer_uuid(),
            "item": self._customer_item_text(),
            "date": self._customer_promised(),
            "due": due,
            "currency": (order or self.company_id).currency_id.name,
            "paid": paid,
            "collect": self.state == "done" and may_pay,
            "deposit": self.state not in ("done", "cancel") and may_pay and bool(due),
        }
