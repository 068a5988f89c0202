from odoo import fields, models


class ResCompany(models.Model):
    """How colleagues of the company may act as its customers."""

    _inherit = "res.company"

    customer_impersonate_minutes = fields.Integer(
        string="Longest time as a customer",
        default=60,
        help="Minutes for which a colleague may act as a customer, at most.",
    )
    customer_impersonate_keep_sessions = fields.Boolean(
        string="Customers stay logged in",
        help="The customer and the colleague may use the account at once. Otherwise the "
        "customer is logged out when a colleague begins, and logs the colleague out.",
    )
    customer_impersonate_permission = fields.Boolean(
        string="Only with the customer's permission",
        help="The customer allows help in the portal, for 24 hours.",
    )
    customer_impersonate_notify = fields.Boolean(
        string="Tell customers by e-mail",
        help="The customer gets an e-mail when a colleague begins to act in their name.",
    )

    _customer_impersonate_minutes_range = models.Constraint(
        "CHECK (customer_impersonate_minutes BETWEEN 1 AND 480)",
        "Choose between 1 and 480 minutes.",
    )
