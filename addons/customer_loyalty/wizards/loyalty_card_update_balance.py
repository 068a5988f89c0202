from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class LoyaltyCardUpdateBalance(models.TransientModel):
    """Core's window for a new balance, which is an adjustment like any other."""

    _inherit = "loyalty.card.update.balance"

    seen_balance = fields.Float(help="The balance when the window was opened.")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if card_id := defaults.get("card_id"):
            card = self.env["loyalty.card"].browse(card_id)
            defaults["seen_balance"] = card.points
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("card_id"):  # without a window nobody has seen another balance
                card = self.env["loyalty.card"].browse(vals["card_id"])
                vals.setdefault("seen_balance", card.points)
        return super().create(vals_list)

    def action_update_card_point(self):
        """Book the difference to what the operator saw.

        :raise UserError: when the balance changed meanwhile
        """
        self.ensure_one()
        card = self.card_id
        if float_compare(card.points, self.seen_balance, precision_digits=2):
            raise UserError(
                self.env._(
                    "The balance has changed to %s since you opened this window. Close it "
                    "and look again.",
                    card._format_points(card.points).strip(),
                )
            )
        card.customer_adjust(self.new_balance - card.points, self.description)
