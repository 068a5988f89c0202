from . import models


def uninstall_hook(env):
    """Take the ledger's guard away with the ledger."""
    env["consent.event"]._drop_guard()
