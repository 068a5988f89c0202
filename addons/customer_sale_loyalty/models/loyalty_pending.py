from odoo import models


class LoyaltyPending(models.Model):
    _inherit = "loyalty.pending"

    def _earn_less(self, points):
        """The order of these earns ``points`` less than it did.

        Of those that are on a card already, only what a return took before counts here.

        :return: by how many points less these are
        """
        left = points
        for row in self:
            released = row.state == "released"
            less = min(left, row.taken_back if released else row.points)
            row.points -= less
            row.taken_back -= less if released else 0
            row.taken_back = min(row.taken_back, row.points)
            if not released and row.points <= row.taken_back:
                row.state = "cancelled"
            left -= less
        return points - left

    def _wait_again(self, points):
        """Let ``points`` that returns took before they existed wait again.

        :return: how many do
        """
        left = points
        for row in self.filtered(lambda row: row.state != "released"):
            back = min(left, row.taken_back)
            if back > 0:
                row.write({"taken_back": row.taken_back - back, "state": "waiting"})
                left -= back
        return points - left
