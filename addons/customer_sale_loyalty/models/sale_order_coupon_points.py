from odoo import api, fields, models

from odoo.addons.customer_loyalty.tools.booking import may_book


class SaleOrderCouponPoints(models.Model):
    """What an order gives to a card: computed by its programmes, never typed.

    Who may book has all rights here: core computes these for salespeople who may only
    read them. When they change on a confirmed order, the card follows.
    """

    _inherit = "sale.order.coupon.points"

    # for the pending points of a card
    coupon_id = fields.Many2one(index=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_points_booking()
        # sudo: see above
        entries = super(SaleOrderCouponPoints, self.sudo()).create(vals_list)
        for entry in entries:
            entry._book_change(entry.points)
        return entries.with_env(self.env)

    def write(self, vals):
        self._check_points_booking()
        entries = self.sudo()  # sudo: see above
        before = {entry: entry.points for entry in entries if "points" in vals}
        result = super(SaleOrderCouponPoints, entries).write(vals)
        for entry, points in before.items():
            entry._book_change(entry.points - points)
        return result

    def unlink(self):
        self._check_points_booking()
        entries = self.sudo()  # sudo: see above
        for entry in entries:
            entry._book_change(-entry.points)
        return super(SaleOrderCouponPoints, entries).unlink()

    def _check_points_booking(self):
        """:raise AccessError: unless the code that runs books points"""
        if not may_book(self.env):
            self.env["sale.order"]._refuse_loyalty_by_hand()

    def _book_change(self, delta):
        """Let the card follow a confirmed order; before that, nothing is on the card."""
        self.ensure_one()
        if delta and self.order_id.state == "sale":
            self.order_id._book_earned_change(self.coupon_id, delta)
