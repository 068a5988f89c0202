from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    customer_price_agreed = fields.Boolean(
        string="Price agreed at the till",
        readonly=True,
        copy=False,
        help="Agreed with the customer who brought the repair: new prices leave it alone.",
    )
