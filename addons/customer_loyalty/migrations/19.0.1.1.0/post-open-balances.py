from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Cards were not guarded before: each gets the line that explains its balance."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["loyalty.history"]._open_history()
    env["loyalty.card"]._open_balances()
