from . import models


def uninstall_hook(env):
    """Give cashiers core's right to write cards again: without this module it needs it."""
    env.ref("pos_loyalty.access_coupon_pos_user").perm_write = True
