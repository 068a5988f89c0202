from odoo import api, fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "customer.document.mixin"]

    _customer_document_kind = "order"
    _customer_message_kind = "sale"

    customer_block_text = fields.Char(related="partner_id.customer_block_text")
    customer_type_id = fields.Many2one(
        related="partner_id.customer_type_id",
        groups="base.group_user",
        help="The type that makes the price, from today's point of view.",
    )
    customer_type_expired = fields.Boolean(
        related="partner_id.customer_type_expired", groups="base.group_user"
    )
    customer_note = fields.Text(
        related="partner_id.customer_note",
        help="What the seller should know of the customer.",
    )
    customer_points_text = fields.Char(
        string="Points",
        compute="_compute_customer_points_text",
        groups="base.group_user",
        help="What the customer has to spend.",
    )

    @api.depends("partner_id")
    def _compute_customer_points_text(self):
        for order in self:
            order.customer_points_text = order.partner_id._customer_points_text()

    def _compute_fiscal_position_id(self):
        """An order is a sale: the taxes of the customer's type count."""
        return super(
            SaleOrder, self.with_context(customer_type_sale=True)
        )._compute_fiscal_position_id()

    def _customer_channel(self):
        return self.env._("Sales")

    # -- block --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._customer_check_sale()
        return orders

    def write(self, vals):
        before = self.browse()
        if vals.get("state") == "sale":
            before = self.filtered(lambda order: order.state != "sale")
        result = super().write(vals)
        before._customer_check_sale()
        return result

    def _customer_check_sale(self):
        """Make no sale to a blocked customer, by a button, an import or whatever way.

        What the customer has paid already is a sale, and flagged.

        :raise UserError: as ``_customer_refuse_blocked``
        """
        for order in self:
            if order._customer_has_paid():
                order._customer_flag_block()
            else:
                order._customer_refuse_blocked(
                    self.env.ref("customer_sale.sale_order_allow_blocked_action")
                )

    def action_confirm_blocked(self):
        """Confirm the order although its customer is blocked, on the record.

        :return: as ``action_confirm``
        :raise AccessError: for users who are no customer managers
        """
        self.ensure_one()
        self.check_access("write")
        self.partner_id._customer_override_block(self._customer_block_key())
        return self.action_confirm()

    def _customer_has_paid(self):
        """Whether money came in that was asked for: core says so of a free order, too."""
        self.ensure_one()
        # with pos_sale, a till may have taken the money; sudo: whoever asks
        lines = (
            self.sudo()["pos_order_line_ids"] if "pos_order_line_ids" in self else []
        )
        if any(line.order_id.state in ("paid", "done") for line in lines):
            return True
        return self.amount_paid > 0 and self._is_confirmation_amount_reached()

    def _has_to_be_paid(self):
        """No payment is asked in the portal for what could not be confirmed then."""
        return super()._has_to_be_paid() and not self._customer_forbidding_blocks()

    # -- messages -------------------------------------------------------------------------

    @api.model
    def _customer_message_states(self):
        """A quotation is one whether or not it was sent: one message fits both."""
        states = dict(super()._customer_message_states())
        return [(key, states[key]) for key in ("draft", "sale", "cancel")]

    def _customer_message_state(self):
        return "draft" if self.state == "sent" else self.state

    @api.model
    def _customer_message_fields(self):
        return [
            *super()._customer_message_fields(),
            "date_order",
            "validity_date",
            "commitment_date",
            "amount_total",
            "client_order_ref",
        ]
