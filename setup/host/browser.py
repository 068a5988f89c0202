"""Chromium for tours and tests of the browser's code: the distribution's package."""

import os
import shutil
import subprocess

from host import console, places

# The names under which Odoo's test runner looks for one.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
COMMAND = "apt-get install chromium"


def ensure():
    """Install Chromium when there is no browser and it is permitted."""
    if any(map(shutil.which, NAMES)):
        return
    prefix = _permission()
    log = places.LOGS / "chromium.log"
    with places.lock("chromium"), console.step("Installing Chromium (once)"):
        install = [
            *prefix,
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=120",
            "install",
            "-y",
            "--no-install-recommends",
            "chromium",
        ]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if not console.run(install, log, env=quiet):
            # Most often the lists are missing or old.
            console.run([*prefix, "apt-get", "update"], log, env=quiet)
            console.run(install, log, env=quiet)
    if not any(map(shutil.which, NAMES)):
        raise console.Failure(
            f"Chromium could not be installed; apt's words are in {log}. Install it: {COMMAND}"
        )


def _permission():
    """What goes before a command that needs root."""
    if not shutil.which("apt-get"):
        raise console.Failure(
            "the tests need Chromium: install it with the tools of your distribution."
        )
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(
            ["sudo", "-n", "true"], capture_output=True, check=False
        )
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    raise console.Failure(
        f"the tests need Chromium, which only root may install here: sudo {COMMAND}"
    )
