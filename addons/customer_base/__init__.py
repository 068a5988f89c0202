from . import controllers
from . import models
from . import report
from . import wizards


def post_init_hook(env):
    """Make customers of the partners whom earlier sales made customers."""
    env["res.partner"]._customer_adopt_existing()
    env["customer.search.index"]._note_past_sales("account.move")


def uninstall_hook(env):
    """Take the search's triggers and tables away: they would outlive the module."""
    env["customer.search.index"]._drop()
