from . import models
from . import wizards


def post_init_hook(env):
    """Leave the tips of the tills that are there already out of the discounts."""
    env["product.template"]._customer_type_exclusions_changed()
