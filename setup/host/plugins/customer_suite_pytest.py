"""Loaded into every run of pytest by ``setup/test``."""

import contextlib

import pytest

with contextlib.suppress(ImportError):
    from hypothesis import settings

    # No deadline: a busy machine must not fail a test.
    settings.register_profile("suite", max_examples=50, deadline=None, derandomize=True)
    settings.register_profile("fuzz", max_examples=2000, deadline=None)
    settings.load_profile("suite")

# Odoo skips browser tests in silence when something is missing: a run that proves nothing must not look green.
MISSING = ("chrome", "chromium", "websocket", "httpcase", "browser")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return
    reason = str(report.longrepr[2])
    if any(word in reason.lower() for word in MISSING):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} was not run, which counts as a failure here: {reason}"
        )
