from odoo import fields, models


class SaleOrder(models.Model):
    """The quotation of a repair goes with the repair to another customer."""

    _inherit = "sale.order"

    customer_prices_stale = fields.Boolean(
        string="Prices of the former customer",
        readonly=True,
        copy=False,
        help="The quotation got another customer, and its prices were not updated since.",
    )

    def _customer_reassign_order_refusal(self, partner):
        """Why this order must keep its customer, "" when nothing speaks against it."""
        self.ensure_one()
        order = {"order": self.name}
        if not partner:
            return self.env._(
                "The quotation “%(order)s” needs a customer. Choose one.", **order
            )
        if self.invoice_ids.filtered(lambda move: move.state != "cancel"):
            return self.env._(
                "“%(order)s” is invoiced, and an invoice keeps its customer. Credit the "
                "invoice, and make a new repair for the right customer.",
                **order,
            )
        if self.picking_ids.filtered(lambda picking: picking.state == "done"):
            return self.env._(
                "“%(order)s” is delivered in part to its customer. Make a new repair for "
                "the right one.",
                **order,
            )
        if self._is_paid_in_part():
            return self.env._(
                "“%(order)s” is paid in part by its customer. Pay it back, and make a new "
                "repair for the right one.",
                **order,
            )
        if self.state == "sale":
            return self.env._(
                "“%(order)s” is confirmed by its customer. Cancel the order, set it back "
                "to quotation, and change the customer then.",
                **order,
            )
        if self.signature:
            return self.env._(
                "“%(order)s” is signed by its customer. Cancel the quotation, set it back "
                "to quotation, and change the customer then.",
                **order,
            )
        return ""

    def _is_paid_in_part(self):
        """Whether there is money of the customer for this order, by whatever way."""
        self.ensure_one()
        if self.transaction_ids.filtered(lambda t: t.state in ("authorized", "done")):
            return True
        # with pos_sale, a till may have taken the whole of it or a deposit
        lines = self["pos_order_line_ids"] if "pos_order_line_ids" in self else []
        return any(line.order_id.state in ("paid", "done") for line in lines) or any(
            line.is_downpayment for line in self.order_line
        )

    def _customer_reassign_order(self, old, new):
        """Give these quotations to ``new``, and no key to them to ``old`` any more."""
        # to the new customer nothing was sent
        self.filtered(lambda order: order.state == "sent").action_draft()
        for order in self:
            prices = order.pricelist_id, order.fiscal_position_id
            # the link by which the former customer opens it leads nowhere now
            order.write({"partner_id": new.id, "access_token": False})
            # core leaves the list of one that is cancelled
            order.pricelist_id = order.partner_id.property_product_pricelist
            if order.order_line and prices != (
                order.pricelist_id,
                order.fiscal_position_id,
            ):
                order.customer_prices_stale = True
        self.message_unsubscribe(old.ids)

    def action_customer_update_prices(self):
        """Take the prices and the taxes of the present customer.

        :raise AccessError: for users who may not change the order
        """
        self.ensure_one()
        self.check_access("write")
        self._recompute_taxes()
        self.action_update_prices()
        return True

    def _recompute_prices(self):
        result = super()._recompute_prices()
        self.filtered("customer_prices_stale").customer_prices_stale = False
        return result
