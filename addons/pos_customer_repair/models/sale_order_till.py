from odoo import api, models
from odoo.fields import Domain

# no client can put it into a context: only what a till asks for reads by it
_AT_TILL = object()


def at_till(records):
    """``records`` as a till reads them, unchanged for users who sell at none."""
    if not records.env.user.has_group("point_of_sale.group_pos_user"):
        return records
    return records.with_context(customer_at_till=_AT_TILL)


class CustomerTillOrderMixin(models.AbstractModel):
    """Orders of repairs for cashiers who have no right to sale orders.

    Core's till reads a sale order as the user who sells. Here that user may have what the
    till itself asks for, of orders of repairs in the companies that are open; everything
    else about sale orders stays as refused as core refuses it.
    """

    _name = "customer.till.order.mixin"
    _description = "Orders of repairs at the till"

    # what leads to the sale order
    _customer_order_field = "id"

    @api.model
    def _is_customer_at_till(self):
        return self.env.context.get("customer_at_till") is _AT_TILL

    @api.model
    def _customer_till_domain(self):
        # sudo: cashiers have no right to repairs
        repairs = self.env["repair.order"].sudo()
        query = repairs._search(
            [
                ("company_id", "in", self.env.companies.ids),
                ("sale_order_id", "!=", False),
            ]
        )
        return Domain(
            self._customer_order_field, "in", query.subselect("sale_order_id")
        )

    def _check_access(self, operation):
        refusal = super()._check_access(operation)
        if not refusal or operation != "read" or not self._is_customer_at_till():
            return refusal
        refused, make_error = refusal
        # sudo: the domain says what is allowed
        allowed = self.sudo().search(
            Domain("id", "in", refused.ids) & self._customer_till_domain()
        )
        refused -= self.browse(allowed.ids)
        return (refused, make_error) if refused else None

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if self._is_customer_at_till() and not (bypass_access or self.env.su):
            readable = self._customer_till_domain()
            model = self.with_context(customer_at_till=None)
            if model.has_access("read"):
                readable |= self.env["ir.rule"]._compute_domain(self._name, "read")
            domain, bypass_access = Domain(domain) & readable, True
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def read(self, fields=None, load="_classic_read"):
        """The till reads again, by the names of its own fields, what it has loaded."""
        of_till = self._load_pos_data_fields(self.env["pos.config"])
        if fields and set(fields) <= set(of_till):
            self = at_till(self)
        return super().read(fields, load=load)

    @api.model
    def _load_pos_data_search_read(self, data, config):
        model = at_till(self)
        return super(CustomerTillOrderMixin, model)._load_pos_data_search_read(
            data, config
        )


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["customer.till.order.mixin", "sale.order"]

    def load_sale_order_from_pos(self, config_id):
        return super(SaleOrder, at_till(self)).load_sale_order_from_pos(config_id)


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["customer.till.order.mixin", "sale.order.line"]

    _customer_order_field = "order_id"

    def read_converted(self):
        return super(SaleOrderLine, at_till(self)).read_converted()


class PosOrder(models.Model):
    """Where core reads the sale orders that are settled, as the user who sells."""

    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        return super(PosOrder, at_till(self)).sync_from_ui(orders)

    def _prepare_invoice_vals(self):
        return super(PosOrder, at_till(self))._prepare_invoice_vals()


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model
    def _create_picking_from_pos_order_lines(
        self, location_dest_id, lines, picking_type, partner=False
    ):
        """At once or at the end of a session: core asks what the workshop has moved."""
        return super()._create_picking_from_pos_order_lines(
            location_dest_id, at_till(lines), picking_type, partner
        )
