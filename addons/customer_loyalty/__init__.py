from . import controllers
from . import models
from . import wizards


def post_init_hook(env):
    """Take over the gift cards, and the cards with what they hold, that are there."""
    env["product.template"]._customer_type_exclusions_changed()
    env["loyalty.history"]._open_history()
    env["loyalty.card"]._open_balances()
