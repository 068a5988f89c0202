from odoo import api, models
from odoo.fields import Domain


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "customer.document.mixin"]

    _customer_date_field = "invoice_date"
    _customer_document_kind = "invoice"
    _customer_message_kind = "invoice"

    def _compute_fiscal_position_id(self):
        sales = self.filtered(
            lambda move: move.move_type in ("out_invoice", "out_receipt")
        )
        super(
            AccountMove, sales.with_context(customer_type_sale=True)
        )._compute_fiscal_position_id()
        return super(AccountMove, self - sales)._compute_fiscal_position_id()

    def _is_customer_document(self):
        return self.is_sale_document(include_receipts=True)

    @api.model
    def _customer_sale_domain(self):
        return Domain("move_type", "in", self.get_sale_types(include_receipts=True))

    @api.model
    def _customer_message_label(self):
        return self.env._("Invoice")

    @api.model
    def _customer_message_domain(self):
        return self._customer_sale_domain()

    @api.model
    def _customer_message_fields(self):
        return [
            *super()._customer_message_fields(),
            "invoice_date",
            "invoice_date_due",
            "amount_total",
            "amount_residual",
            "payment_reference",
            "invoice_user_id.name",
        ]

    def _customer_document_row(self):
        return {
            **super()._customer_document_row(),
            **self._customer_document_status("status_in_payment"),
            # a credit note goes the other way
            "amount": self.amount_total_in_currency_signed,
        }

    def _customer_channel(self):
        return dict(self._fields["move_type"]._description_selection(self.env))[
            self.move_type
        ]
