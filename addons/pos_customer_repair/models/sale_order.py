from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _customer_forbidding_blocks(self, at=None):
        """What a colleague allowed for the repair is allowed for its order."""
        blocks = super()._customer_forbidding_blocks(at)
        if not blocks:
            return blocks
        # sudo: cashiers have no right to repairs
        for repair in self.sudo().repair_order_ids:
            same = repair.partner_id == self.sudo().partner_id  # sudo: as in the mixin
            if same and not repair._customer_forbidding_blocks(at):
                return blocks.browse()
        return blocks

    def _get_update_prices_lines(self):
        """Agreed is agreed, whatever the pricelist says of labour."""
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.customer_price_agreed)
