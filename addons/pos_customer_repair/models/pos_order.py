from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _process_saved_order(self, draft):
        """Quotations of repairs become orders with the money that a till takes for them."""
        order_id = super()._process_saved_order(draft)
        if self.state in ("paid", "done"):
            # sudo: core confirms what was paid, too, but in the name of the cashier
            repairs = self.sudo().lines.sale_order_origin_id.repair_order_ids
            repairs.filtered(
                lambda repair: repair.company_id == self.company_id
            )._customer_confirm_order()
        return order_id
