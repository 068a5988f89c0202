"""Points among many customers: what a tab, a night and a check of all balances take.

One shop with the suite and a card for each customer. The customer who is looked at has
been there for years, and of a hundred thousand others points become ready tonight. Beside
what is read stands core's own window for the same card. Medians and ratios are printed.
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
            with console.step(f"{options.cards} cards") as step:
                host.script(
                    HERE / "populate.py",
                    *arguments,
                    options.cards,
                    options.pending,
                    on_line=step.note,
                )
            console.say(f"\n{options.cards} cards, {options.pending} pending")
            host.script(HERE / "measure.py", *arguments, options.rounds)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cards", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--pending", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
