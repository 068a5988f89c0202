from odoo import models


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "customer.document.mixin"]

    # no day of a sale of its own: the planned one may lie ahead
    _customer_date_field = "create_date"

    def write(self, vals):
        result = super().write(vals)
        if "picking_id" in vals and "partner_id" not in vals:
            # core takes the customer from the return that brought the product
            self._customer_from_document()
        return result
