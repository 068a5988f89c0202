"""Reading, writing and proving consents, among many customers with five purposes each.

One shop with the suite and a ledger of as many events as a shop of that size has. Beside
each figure stands what core has for it: a tracked field, whose former values are messages.
Both are asked in turn, in one run, on one database. Medians and ratios are printed.
"""

import argparse
from pathlib import Path

from host import console, environment, postgres, source, templates
from host.database import Host

HERE = Path(__file__).parent


def main():
    options = _options()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "test-data")
        with templates.copy_for_a_run(host, with_assets=False) as name:
            arguments = [host.configure(name), name]
            with console.step(f"{options.customers} customers") as step:
                host.script(
                    HERE / "populate.py",
                    *arguments,
                    options.customers,
                    on_line=step.note,
                )
            console.say(f"\n{options.customers} customers")
            host.script(HERE / "measure.py", *arguments, options.rounds)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, default=200_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
