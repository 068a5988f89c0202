from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _customer_channel(self):
        if self.website_id:
            return self.env._("Web shop")
        return super()._customer_channel()
