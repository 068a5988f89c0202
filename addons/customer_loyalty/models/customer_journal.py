from odoo import fields, models


class CustomerJournal(models.Model):
    _inherit = "customer.journal"

    event = fields.Selection(
        selection_add=[("points_adjusted", "Points adjusted")],
        # rows stay, whatever module is there to name them
        ondelete={"points_adjusted": lambda rows: None},
    )
