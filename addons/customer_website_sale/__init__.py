from . import controllers
from . import models


def post_init_hook(env):
    """Take the price lists of types from the website that core tied them to."""
    env["customer.type"]._sync_all_pricelists()
