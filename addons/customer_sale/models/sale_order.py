from odoo import api, fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "customer.document.mixin"]

    _customer_document_kind = "order"
    _customer_message_kind = "sale"

    customer_block_text = fields.Char(related="partner_id.customer_block_text")

    def _compute_fiscal_position_id(self):
        """An order is a sale: the taxes of the customer's type count."""
        return super(
            SaleOrder, self.with_context(customer_type_sale=True)
        )._compute_fiscal_position_id()

    def _customer_channel(self):
        return self.env._("Sales")

    # -- block --------------------------------------------------------------------------

    def action_confirm(self):
        """Confirm nothing for a blocked customer, however the order came to be.

        What the customer has paid already is confirmed, and flagged.
        """
        for order in self:
            if order._customer_has_paid():
                order._customer_flag_block()
            else:
                action = self.env.ref("customer_sale.sale_order_allow_blocked_action")
                order._customer_refuse_blocked(action)
        return super().action_confirm()

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
            "name",
            "date_order",
            "validity_date",
            "commitment_date",
            "amount_total",
            "client_order_ref",
        ]
