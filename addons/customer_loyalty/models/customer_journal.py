from odoo import fields, models


class CustomerJournal(models.Model):
    _inherit = "customer.journal"

    event = fields.Selection(
        selection_add=[
            ("points_adjusted", "Points adjusted"),
            ("points_corrected", "History of points corrected"),
            ("points_expired", "Points expired"),
            ("card_reassigned", "Holder of a card changed"),
        ],
        # rows stay, whatever module is there to name them
        ondelete={
            "points_adjusted": lambda rows: None,
            "points_corrected": lambda rows: None,
            "points_expired": lambda rows: None,
            "card_reassigned": lambda rows: None,
        },
    )
