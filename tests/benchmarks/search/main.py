"""Searching, scanning and opening cards among many customers, core's way and ours.

One shop with the suite, filled with people as unequal as real ones. The same twenty
queries are asked of core's own method of the till and of ours, in turn, in one run; then
a real browser types them. Medians, 95th percentiles and ratios are printed.
"""

import argparse
from pathlib import Path

from host import (
    browser,
    console,
    environment,
    postgres,
    source,
    templates,
)
from host.database import Host

HERE = Path(__file__).parent


def main():
    options = _options()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    browser.ensure()
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "test-data")
        with templates.copy_for_a_run(host, with_assets=options.browser) as name:
            till = _fill(host, name, options.customers)
            console.say(f"\n{options.customers} customers")
            host.script(HERE / "measure.py", host.configure(name), name, options.rounds)
            if options.browser:
                with host.serving(name) as address:
                    host.script(HERE / "keys.py", address, till, options.rounds)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    return parser.parse_args()


def _fill(host, name, customers):
    """Fill the shop; the id of its till."""
    with console.step(f"{customers} customers") as step:

        def show(line):
            if line.startswith("progress: "):
                step.note(line.removeprefix("progress: "))

        lines = host.script(
            HERE / "populate.py", host.configure(name), name, customers, on_line=show
        )
    return next(line for line in lines if line.startswith("till=")).partition("=")[2]


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
