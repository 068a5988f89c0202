"""From a key press to rows on the screen: ``keys.py URL TILL ROUNDS``; prints a line.

A cashier types words letter by letter into the search of the Customers screen of a real
browser; each key counts until the rows of the server for what stands there are shown.
"""

import statistics
import sys

from playwright.sync_api import sync_playwright

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]
WORDS = ("jansen", "wisniewska", "voorstraat", "werilin", "jan ams")
PAUSE = 180  # ms between two keys, as fingers do
# Resolves with the milliseconds from the key to the paint of the rows that answer it.
PRESS = """([key]) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("No rows answered the key within 10 s.")), 10000);
    const input = document.querySelector(".customers-search input");
    const list = document.querySelector(".customers-list");
    const value = input.value + key;
    const start = performance.now();
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, data: key }));
    const look = () =>
        list.dataset.answered === value
            ? requestAnimationFrame(() => resolve(performance.now() - start))
            : requestAnimationFrame(look);
    look();
})"""


def main(url, till, rounds):
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM
        )
        page = browser.new_context(viewport={"width": 1366, "height": 800}).new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{url}/web/login?redirect=/robots.txt")
        page.fill("input[name=login]", "cashier")
        page.fill("input[name=password]", "cashier")
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url("**/robots.txt")
        page.goto(f"{url}/pos/ui/{till}/customers")
        page.wait_for_selector(".customers-list .customer-row")
        for _round in range(int(rounds)):
            for word in WORDS:
                page.fill(".customers-search input", "")
                page.wait_for_timeout(500)
                for key in word:
                    times.append(page.evaluate(PRESS, [key]))
                    page.wait_for_timeout(PAUSE)
        browser.close()
    times.sort()
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    print(
        f"{'key press to rows, browser':<28}{statistics.median(times):>10.1f}"
        f"{p95:>10.1f}{times[-1]:>10.1f}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
