from odoo import fields, models


class CustomerJournal(models.Model):
    _inherit = "customer.journal"

    event = fields.Selection(
        selection_add=[
            ("help_allowed", "Help in the account allowed"),
            ("help_withdrawn", "Help in the account withdrawn"),
        ],
        ondelete={
            "help_allowed": lambda rows: None,
            "help_withdrawn": lambda rows: None,
        },
    )
