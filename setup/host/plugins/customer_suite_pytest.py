"""Loaded into every run of pytest by ``setup/test``."""

import contextlib
import os

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


def pytest_collection_modifyitems(config, items):
    """Leave out the tests of core that are listed with a reason: ``path.py::Class::test`` or ``path.py::Class``."""
    left_out = [
        entry.partition("::")
        for entry in os.environ.get("CUSTOMER_SUITE_LEFT_OUT", "").splitlines()
    ]

    def is_left_out(item):
        name = f"::{item.nodeid.partition('::')[2]}::"
        return any(
            str(item.path) == path and f"::{test}::" in name
            for path, _, test in left_out
        )

    dropped = [item for item in items if is_left_out(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if not is_left_out(item)]
