import math

from odoo import fields, models

_PAST = ("paid", "done")


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    # a merge of customers, and of their cards, asks for it
    coupon_id = fields.Many2one(index="btree_not_null")

    def _counts_for_loyalty(self):
        """Whether the line may earn points, as the till counts.

        What comes back never does, nor what a quotation or an order on account that is
        settled has earned before.
        """
        self.ensure_one()
        settled = ("sale_order_origin_id", "settled_order_id", "settled_invoice_id")
        return not self.refunded_orderline_id and not any(
            self[name] for name in settled if name in self._fields
        )

    def _get_value(self, name="price_subtotal_incl"):
        """The total ``name`` of this line with the sign of what is sold.

        In a return the till turns the signs of all totals of lines, those of what is sold
        along with it too (``orderSign`` of core's ``pos_order_accounting.js``).
        """
        self.ensure_one()
        return math.copysign(self[name], self.qty * self.price_unit)

    def _get_returned_part(self, more=0.0):
        """The part of this line, 0 to 1, that has come back by paid returns.

        :param float more: quantity that is about to come back
        """
        self.ensure_one()
        returned = more - sum(
            line.qty
            for line in self.refund_orderline_ids
            if line.order_id.state in _PAST
        )
        return min(max(returned / self.qty, 0), 1) if self.qty else 0

    def _get_returned_share(self, more=None):
        """The part of these lines of a sale that has come back, by what they are worth.

        By quantity when they are worth nothing.

        :param more: dict of line id to quantity that is about to come back
        """
        more = more or {}
        weights = [abs(line.price_subtotal_incl) for line in self]
        if not any(weights):
            weights = [abs(line.qty) for line in self]
        returned = sum(
            weight * line._get_returned_part(more.get(line.id, 0))
            for line, weight in zip(self, weights, strict=True)
        )
        total = sum(weights)
        return returned / total if total else 0

    def _get_value_returned(self):
        """What this line of a return gives back: at most what it was sold for.

        A discount that comes back gives at least what it took.
        """
        self.ensure_one()
        sold, value = self.refunded_orderline_id, -self._get_value()
        if not sold.qty:
            return min(value, 0)
        returned = sum(
            -line.qty
            for line in sold.refund_orderline_ids
            if line.order_id.state in _PAST
        )
        left = max(min(sold.qty - returned - self.qty, -self.qty), 0)
        return min(value, sold._get_value() * left / sold.qty)
