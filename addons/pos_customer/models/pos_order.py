from odoo import api, fields, models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "customer.document.mixin"]

    _customer_document_kind = "order"
    _customer_message_kind = "pos"

    customer_draft_uuid = fields.Char(
        string="UUID of the till's customer",
        size=36,
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The customer was made at a till without a connection. By it an order finds "
        "its customer who could not be made when it came.",
    )

    @api.model
    def sync_from_ui(self, orders):
        """Make the customers of tills without a connection before their orders."""
        # copies: a call that collides with another is run again with what the till sent
        return super().sync_from_ui(
            [self._prepare_customer_of_draft(dict(order)) for order in orders]
        )

    @api.model
    def _prepare_customer_of_draft(self, order):
        """Put the customer who rides in ``order`` in their place.

        Nobody, rather than stopping a paid sale.

        :return: the order as core takes it
        """
        draft = order.pop("customer_draft", None)
        uuid = order.get("customer_draft_uuid")
        if self.env.su:
            # a kiosk hands on, with all rights, what a visitor sent; a till has a user
            return {**order, "customer_draft_uuid": False}
        if not (draft or uuid):
            return order
        partner = self.env["res.partner"].browse()
        if isinstance(draft, dict):
            partner, _refused, _error = partner._customer_receive_draft(draft)
            uuid = draft.get("uuid")
        order["customer_draft_uuid"] = False
        try:
            order["customer_draft_uuid"] = uuid = partner._customer_parse_uuid(uuid)
            partner = partner or partner._customer_of_uuid(uuid)
            partner.check_access("read")
        except UserError:
            partner = partner.browse()  # nobody yet, or nobody any more
        if not order.get("partner_id"):
            order["partner_id"] = partner.id
            # core invoices to nobody by raising an error
            order["to_invoice"] = bool(partner and order.get("to_invoice"))
        return order

    @api.model
    def _process_order(self, order, existing_order):
        """Find the customer of an order that comes from a till which was not told.

        Core drops a customer who is no longer there, and the invoice with them.
        """
        if partner_id := order.get("partner_id"):
            order["partner_id"] = self.env["customer.redirect"]._resolve(partner_id)
        return super()._process_order(order, existing_order)

    def _customer_card_row(self):
        """One line of the customer's card, as ``customer_card.schema.json``."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.pos_reference or self.name,
            "at": fields.Datetime.to_string(self.date_order),
            "total": self.amount_total,
            "currency": self.currency_id.name,
            "kind": "return" if self.is_refund else "sale",
        }

    def _customer_document_row(self):
        row = super()._customer_document_row()
        return {
            **row,
            "name": self.pos_reference or self.name,
            # as they were given for the receipt
            "email": self.email or row["email"],
            "phone": self.mobile or row["phone"],
        }

    def _customer_channel(self):
        # sudo: a till that is closed to the user has a name all the same
        return self.sudo().config_id.name
