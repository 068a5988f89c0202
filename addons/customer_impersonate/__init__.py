from . import controllers
from . import models
from . import wizards


def uninstall_hook(env):
    """End the sessions that act: without the module nothing would end them."""
    begun = env["customer.impersonation"].search([("started_at", "!=", False)])
    accounts = env["res.users"].browse(set(begun.mapped("account_ref")))
    accounts.exists()._customer_end_sessions()
