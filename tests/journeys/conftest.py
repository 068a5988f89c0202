"""A shop as a newcomer gets it, served on this machine, and a real browser to walk in.

The shop is made the way ``./setup/start`` makes it: a database with the suite, filled by
``setup/demo/shop.py``, which imports the customers through the import that users have.
"""

import csv
import datetime
import os
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "setup"))

from access import Prefork, Shop  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402

from host import browser as chromium  # noqa: E402
from host import environment, places, postgres, source, templates  # noqa: E402
from host.database import Host  # noqa: E402

TILL = {"width": 1366, "height": 800}
# The first visitor waits until the assets are compiled.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def shop():
    """Address of a running demo shop; yours, where ``CUSTOMER_SUITE_SHOP`` names one."""
    if address := os.environ.get("CUSTOMER_SUITE_SHOP"):
        yield address
        return
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    chromium.ensure()
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "test-data")
        with templates.copy_for_a_run(host, with_assets=True) as name:
            host.inside("Building the demo shop", name, "demo", DEMO)
            with host.serving(name) as address:
                yield address


@pytest.fixture(scope="session")
def access_shop():
    """A shop with colleagues and customers of all kinds, served by several processes."""
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    chromium.ensure()
    with postgres.serving(python) as server:
        host = Prefork(python, odoo, server, "test-data")
        with templates.copy_for_a_run(host, with_assets=True) as name:
            host.inside("People of the shop", name, "script", ACCESS, "build")
            with host.serving(name) as address:
                yield Shop(host, name, address)


ACCESS = Path(__file__).with_name("access_shop.py")
DEMO = REPOSITORY / "setup" / "demo" / "shop.py"
CUSTOMERS = DEMO.with_name("customers.csv")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        yield instance
        instance.close()


@pytest.fixture
def visitor(browser, shop):
    """Log somebody in: ``visitor("sam")`` gives a page with their session."""
    contexts = []

    def log_in(login, **options):
        context = browser.new_context(**{"viewport": TILL, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{shop}/web/login?redirect=/robots.txt")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url("**/robots.txt")
        return page

    yield log_in
    for context in contexts:
        context.close()


def call(page, model, method, *args, **kwargs):
    """Call a public method as whoever is logged in on ``page``.

    :return: its answer
    :raise RuntimeError: with the message of the server
    """
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    url = f"{urljoin(page.url, '/')}web/dataset/call_kw/{model}/{method}"
    answer = page.request.post(url, data={"jsonrpc": "2.0", "params": params}).json()
    if "error" in answer:
        raise RuntimeError(answer["error"]["data"]["message"])
    return answer.get("result")  # nothing at all for None


def open_till(page, shop):
    [config] = call(page, "pos.config", "search", [["name", "=", "Shop"]])
    page.goto(f"{shop}/pos/ui/{config}")
    page.locator(".open-register-btn").click(timeout=PATIENCE)
    expect(page.locator(".product-screen")).to_be_visible(timeout=PATIENCE)


@pytest.fixture(scope="session")
def student():
    """A student of the demo file whose proof is still valid."""
    today = datetime.date.today().isoformat()
    with open(CUSTOMERS, encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    names = Counter(row["Name"] for row in rows)
    return next(
        row
        for row in rows
        if row["Customer Type"] in ("Student", "STUDENT")
        and row["Type valid until"] > today
        and row["Email"]
        and names[row["Name"]] == 1
    )


@pytest.fixture
def picture():
    """Keep a picture of what was just asserted: ``picture(page, "till")``."""
    folder = Path(os.environ.get("CUSTOMER_SUITE_ARTEFACTS", places.ARTEFACTS))
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name):
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{name}.png")

    return take
