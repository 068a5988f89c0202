from . import models


def post_init_hook(env):
    """Leave the gift cards that are there already out of the discounts of types."""
    env["product.template"]._customer_type_exclusions_changed()
