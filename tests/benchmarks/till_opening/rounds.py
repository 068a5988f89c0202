"""Open tills in turn in a real browser: ``rounds.py '{"core": url, …}' ROUNDS``."""

import json
import statistics
import sys
import time
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]
WARM_UP = 1
FIRST_PRODUCT = "article.product:has-text('Product 1')"
OPEN_REGISTER = ".open-register-btn"
FIRST_LINE = ".order-container .orderline"


def login(browser, url):
    """The cookies of a user who is logged in."""
    parts = urlsplit(url)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{parts.scheme}://{parts.netloc}/web/login?redirect=/robots.txt")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url("**/robots.txt")
    state = context.storage_state()
    context.close()
    return state


def sell(page, url):
    """Seconds from asking for the page to the first line of an order."""
    begin = time.perf_counter()
    page.goto(url, wait_until="commit")
    door = page.locator(f"{OPEN_REGISTER}, {FIRST_PRODUCT}").first
    door.wait_for(timeout=120_000)
    # a till that was left open comes back where it was, without its door
    if page.locator(OPEN_REGISTER).is_visible():
        page.locator(OPEN_REGISTER).click()
    page.locator(FIRST_PRODUCT).first.click(timeout=60_000)
    page.locator(FIRST_LINE).first.wait_for(timeout=60_000)
    return time.perf_counter() - begin


def one_round(browser, state, url):
    context = browser.new_context(
        storage_state=state, viewport={"width": 1366, "height": 800}
    )
    page = context.new_page()
    cold = sell(page, url)
    page.goto("about:blank")
    warm = sell(page, url)
    context.close()
    return {"first opening": cold, "opening again": warm}


def table(times):
    shops = list(times)
    kinds = times[shops[0]][0]
    for kind in kinds:
        medians = {
            shop: statistics.median(row[kind] for row in times[shop]) for shop in shops
        }
        ratios = [
            b[kind] / a[kind]
            for a, b in zip(times["core"], times["suite"], strict=True)
        ]
        print(
            f"{kind:15} "
            + "  ".join(f"{shop} {value:6.2f} s" for shop, value in medians.items())
            + f"  ratio of pairs: median {statistics.median(ratios):.3f}"
            + f" (min {min(ratios):.3f}, max {max(ratios):.3f})"
        )


def main(plan, rounds):
    plan = json.loads(plan)
    times = {shop: [] for shop in plan}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM
        )
        states = {shop: login(browser, url) for shop, url in plan.items()}
        for number in range(WARM_UP + int(rounds)):
            for shop, url in plan.items():
                measured = one_round(browser, states[shop], url)
                if number >= WARM_UP:
                    times[shop].append(measured)
        browser.close()
    table(times)


if __name__ == "__main__":
    main(*sys.argv[1:])
