"""What blocked logins and logging in as a customer cost each request of the portal.

Four shops on one machine, each with a server of its own: core's, core's once more (its
ratio is the noise of the machine), one with the customer file, whose sessions a block
ends, and one with ``customer_impersonate`` as well. A customer with a session asks each of
them in turn for the same pages, A B C D A B C D …. Medians and ratios count: a machine
that slows down slows all.
"""

import argparse
import contextlib
import json
from pathlib import Path

from host import console, environment, places, postgres, source
from host.database import Host

HERE = Path(__file__).parent
CORE = "contacts,account,product,phone_validation,portal,sale,website"
SHOPS = {
    "core": "",
    "core again": "",
    "customer_base": "customer_base",
    "customer_impersonate": "customer_base,customer_impersonate",
}
PREFIX = "bench_access"


def main():
    options = _options()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "benchmark-data")
        names = {shop: f"{PREFIX}_{shop.replace(' ', '_')}" for shop in SHOPS}
        try:
            _build(host, names, options.orders)
            _measure(host, names, options.requests)
        finally:
            for name in (PREFIX, *names.values()):
                host.drop(name)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--requests",
        type=int,
        default=500,
        metavar="N",
        help="of each of the two pages, to each shop (default: %(default)s)",
    )
    parser.add_argument("--orders", type=int, default=20, metavar="N")
    return parser.parse_args()


def _build(host, names, orders):
    """One database of core's with a customer, and a copy of it for each shop."""
    host.drop(PREFIX)
    host.server.create(PREFIX)
    languages = "--load-language=en_US"
    host.run("Installing core's modules", PREFIX, "-i", CORE, languages)
    with console.step(f"A customer with {orders} orders"):
        host.script(
            HERE / "populate.py",
            host.configure(PREFIX),
            PREFIX,
            orders,
            on_line=lambda _line: None,
        )
    for shop, name in names.items():
        host.drop(name)
        host.copy(PREFIX, name)
        if modules := SHOPS[shop]:
            host.run(f"Installing {modules}", name, "-i", modules)


def _measure(host, names, requests):
    with contextlib.ExitStack() as stack:
        plan = {
            shop: stack.enter_context(host.serving(name))
            for shop, name in names.items()
        }
        plan_file = places.LOGS / "access-plan.json"
        plan_file.write_text(json.dumps(plan), encoding="utf-8")
        console.say(f"{requests} requests of each page to each shop")
        host.script(HERE / "measure.py", plan_file, requests)


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
