from odoo import api, models


class AccountMove(models.Model):
    """An invoice of an order that a colleague placed says so as well."""

    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves.filtered(lambda move: move.is_sale_document()):
            # sudo: whoever invoices need not see orders
            orders = move.sudo().line_ids.sale_line_ids.order_id
            # one invoice of several orders names nobody who did not place them all
            if len({order.on_behalf_user_id for order in orders}) == 1:
                move._customer_place(orders.on_behalf_user_id)
        return moves
