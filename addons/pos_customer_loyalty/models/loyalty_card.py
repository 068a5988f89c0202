from odoo import api, models
from odoo.exceptions import ValidationError


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def get_gift_card_status(self, gift_code, config_id):
        """A code of another programme than those of this till cannot be sold at it."""
        if not isinstance(gift_code, str):
            raise ValidationError(self.env._("Enter the code of the gift card."))
        config = self.env["pos.config"].browse(config_id).exists()
        config.check_access("read")
        status = super().get_gift_card_status(gift_code, config_id)
        card = self.search([("code", "=", gift_code)], limit=1)
        if card and card.program_id not in config._get_program_ids():
            return {"status": False, "data": {"loyalty.card": []}}
        return status

    def _is_sold(self):
        """Whether a sale gave this card, or was paid with it: it is nobody's to sell."""
        self.ensure_one()
        return bool(self.source_pos_order_id) or any(
            self.history_ids.mapped("order_id")
        )

    def _use_gift_card(self, order, earned, cost):
        """Fill a gift card that exists, or pay ``order`` with it."""
        self.ensure_one()
        is_sold = self._is_sold()
        if not is_sold and earned == self.points:
            earned = 0  # it was filled before it was sold
        if not self.partner_id and order.partner_id:
            self.partner_id = order.partner_id
            self._book("transferred", description=self.env._("The card has a holder"))
        if not is_sold:
            self.source_pos_order_id = order
        if earned:
            self._book("earned", issued=earned, document=order)
        if cost:
            self._book("spent", used=cost, document=order)
        if not (earned or cost or is_sold):
            # what was on it was put there before: now a sale goes with it
            self._book("earned", document=order)
