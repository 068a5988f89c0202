from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerPointsWizard(models.TransientModel):
    """Asks how much to add to a card or to take off, and why.

    It protects nothing: ``customer_adjust`` of the card decides.
    """

    _name = "customer.points.wizard"
    _description = "Add or take off Points"

    card_id = fields.Many2one("loyalty.card", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    program_id = fields.Many2one("loyalty.program", string="Programme", readonly=True)
    direction = fields.Selection(
        [("plus", "Add"), ("minus", "Take off")], required=True, default="plus"
    )
    amount = fields.Float(digits=(16, 2))
    reason = fields.Char(required=True, help="Read by colleagues and by the customer.")
    title = fields.Char(compute="_compute_texts")
    unit = fields.Char(compute="_compute_texts")
    balance_text = fields.Char(string="Present balance", compute="_compute_texts")
    new_text = fields.Char(string="New balance", compute="_compute_texts")
    is_below_zero = fields.Boolean(compute="_compute_texts")

    @api.depends("card_id", "partner_id", "program_id", "direction", "amount")
    def _compute_texts(self):
        for wizard in self:
            # ids can be counted through: only those of whoever asks
            for record in (wizard.card_id, wizard.partner_id, wizard.program_id):
                record.check_access("read")
            # sudo: a colleague of the shop reads balances; what may change is decided by
            # the card
            card = wizard.sudo()._get_card_or_new()
            new = card.points + wizard._get_delta()
            wizard.title = " · ".join(
                filter(None, (card.partner_id.display_name, card.program_id.name))
            )
            wizard.unit = card.point_name
            wizard.balance_text = card._format_points(card.points).strip()
            wizard.new_text = card._format_points(new).strip()
            wizard.is_below_zero = new < 0

    def _get_card_or_new(self):
        """The card, or what it would be for a customer who has none in the programme."""
        self.ensure_one()
        return self.card_id or self.env["loyalty.card"].new(
            {"program_id": self.program_id.id, "partner_id": self.partner_id.id}
        )

    def _get_delta(self):
        return -self.amount if self.direction == "minus" else self.amount

    def action_apply(self):
        """Change the balance.

        :return: action that closes the window
        :raise: as ``loyalty.card.customer_adjust``; UserError for an amount below zero
        """
        self.ensure_one()
        if self.amount < 0:
            raise UserError(
                self.env._(
                    "Give the amount without a sign, and choose above whether it is "
                    "added or taken off."
                )
            )
        card = self.card_id or self.partner_id._open_loyalty_card(self.program_id)
        card.customer_adjust(self._get_delta(), self.reason)
        return {"type": "ir.actions.act_window_close"}
