from . import controllers
from . import models
from . import report
from . import wizards


def uninstall_hook(env):
    """Take the ledger's guard away with the ledger; its anchors stay, under another name."""
    env["consent.event"]._drop_guard()
    env["consent.event"]._retire_anchors()
