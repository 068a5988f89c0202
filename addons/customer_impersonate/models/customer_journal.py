from odoo import fields, models


class CustomerJournal(models.Model):
    _inherit = "customer.journal"

    event = fields.Selection(
        selection_add=[("impersonated", "Logged in as the customer")],
        ondelete={"impersonated": lambda rows: None},
    )
