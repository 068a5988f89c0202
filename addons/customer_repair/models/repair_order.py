from odoo import api, fields, models


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "customer.document.mixin"]

    # no day of a sale of its own: the planned one may lie ahead
    _customer_date_field = "create_date"
    _customer_document_kind = "repair"
    _customer_message_kind = "repair"

    customer_block_text = fields.Char(related="partner_id.customer_block_text")
    customer_note = fields.Text(related="partner_id.customer_note")
    customer_type_label = fields.Char(
        string="Customer type", compute="_compute_customer_type_label"
    )
    customer_points_text = fields.Char(
        string="Points",
        compute="_compute_customer_points_text",
        groups="base.group_user",
        help="What the customer has to spend.",
    )

    @api.depends("partner_id")
    def _compute_customer_points_text(self):
        for repair in self:
            repair.customer_points_text = repair.partner_id._customer_points_text()

    customer_item_name = fields.Char(
        string="What is repaired", compute="_compute_customer_item_name"
    )

    @api.depends("product_id")
    @api.depends_context("lang")
    def _compute_customer_item_name(self):
        """In the words of a message to the customer."""
        for repair in self:
            repair.customer_item_name = repair.product_id.name or ""

    @api.depends("partner_id")
    @api.depends_context("lang")
    def _compute_customer_type_label(self):
        for repair in self:
            partner = repair.partner_id
            company = repair.company_id or self.env.company
            types = partner._get_effective_customer_types(company)
            # sudo: the type of another company's customer has a name all the same
            label = partner.is_customer and types[partner].sudo().label
            repair.customer_type_label = label

    def write(self, vals):
        result = super().write(vals)
        if "picking_id" in vals and "partner_id" not in vals:
            # core takes the customer from the return that brought the product
            self._customer_from_document()
        return result

    def _customer_channel(self):
        return self.product_id.display_name or self.customer_item_name

    def _customer_document_row(self):
        row = super()._customer_document_row()
        # sudo: a repair has no price of its own; who reads it may know that of its order
        if order := self.sudo().sale_order_id:
            row |= {
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
            }
        return row

    def _customer_card_row(self):
        """One line of the customer's card, as ``customer_card.schema.json``."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "product": self.product_id.display_name or "",
            "serial": self.lot_id.name or "",
            "at": fields.Datetime.to_string(self.create_date),
            "planned": fields.Datetime.to_string(self.schedule_date),
            "state": self.state,
            "state_label": states[self.state],
        }

    @api.model
    def _customer_message_fields(self):
        return [
            *super()._customer_message_fields(),
            "name",
            "state",
            "customer_item_name",
            "product_id.name",
            "lot_id.name",
            "schedule_date",
        ]
