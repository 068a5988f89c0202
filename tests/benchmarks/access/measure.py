"""Ask shops for pages in turn: ``measure.py PLAN.json REQUESTS``; prints a table."""

import json
import re
import statistics
import sys
import time
from pathlib import Path

import requests

PAGES = ("/my", "/my/orders")
LOGIN = PASSWORD = "bench.customer"
WARM_UP = 30


def customer(address):
    """A customer's browser: one connection, and the cookies of a session."""
    browser = requests.Session()
    page = browser.get(f"{address}/web/login").text
    token = re.search(r'csrf_token: "(\w+)"', page)[1]
    values = {"csrf_token": token, "login": LOGIN, "password": PASSWORD}
    answer = browser.post(f"{address}/web/login", data=values)
    assert answer.url.endswith("/my"), answer.url
    return browser


def timed(browser, url):
    """:return: milliseconds of a page that shows the customer's own"""
    start = time.perf_counter()
    answer = browser.get(url)
    spent = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200 and answer.url == url, answer.url
    return spent


def ask(plan, page, count):
    """Ask all shops in turn, each round beginning with another one."""
    browsers = {shop: customer(address) for shop, address in plan.items()}
    times = {shop: [] for shop in plan}
    shops = list(plan)
    for number in range(WARM_UP + count):
        first = number % len(shops)
        for shop in shops[first:] + shops[:first]:
            spent = timed(browsers[shop], plan[shop] + page)
            if number >= WARM_UP:
                times[shop].append(spent)
    return times


def show(page, times):
    base = next(iter(times.values()))
    for shop, own in times.items():
        p95 = sorted(own)[int(0.95 * len(own))]
        pairs = statistics.median(b / a for a, b in zip(base, own, strict=True))
        middle = statistics.median(own)
        ratio = middle / statistics.median(base)
        print(
            f"{page:<12}{shop:<22}{middle:>8.2f}{p95:>8.2f}{ratio:>8.3f}{pairs:>8.3f}"
        )


def main(plan, count):
    plan = json.loads(Path(plan).read_text(encoding="utf-8"))
    print(f"{'ms':<12}{'':<22}{'median':>8}{'p95':>8}{'ratio':>8}{'pairs':>8}")
    for page in PAGES:
        show(page, ask(plan, page, int(count)))


if __name__ == "__main__":
    main(*sys.argv[1:])
