from odoo import api, fields, models


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "customer.document.mixin"]

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
        for order in orders:
            draft = order.pop("customer_draft", None)
            uuid = order.get("customer_draft_uuid")
            if draft or uuid:
                order.update(self._customer_of_draft(draft, uuid, order))
        return super().sync_from_ui(orders)

    @api.model
    def _customer_of_draft(self, draft, uuid, order):
        """The customer who rides in the order; none, rather than stopping a paid sale.

        :return: values of the order
        """
        partners = self.env["res.partner"]
        partner = partners.browse()
        if isinstance(draft, dict):
            uuid = draft.get("uuid")
        if draft:
            partner, _refused, _error = partners._customer_receive_draft(draft)
        known = {}

        def look_up():
            known["uuid"] = partners._customer_parse_uuid(uuid)
            found = partners._customer_of_uuid(known["uuid"])
            found.check_access("read")
            known["partner"] = found

        partners._customer_attempt(look_up)
        values = {"customer_draft_uuid": known.get("uuid", False)}
        if order.get("partner_id"):
            return values
        if partner := partner or known.get("partner"):
            return {**values, "partner_id": partner.id}
        # core invoices to nobody by raising an error
        return {**values, "partner_id": False, "to_invoice": False}

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
