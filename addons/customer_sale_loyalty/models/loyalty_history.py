from odoo import models


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    def _take_back_less(self, points):
        """Let this line take back up to ``points`` less, what is missing first.

        :return: how many
        """
        self.ensure_one()
        if points <= 0:
            return 0
        missing = min(points, self.shortfall)
        taken = min(points - missing, self.used)
        card = self.card_id
        card._lock_points()
        card.points = round(card.points + taken, 4)
        self.write(
            {
                "shortfall": round(self.shortfall - missing, 4),
                "used": round(self.used - taken, 4),
            }
        )
        return missing + taken
