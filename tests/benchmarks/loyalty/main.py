"""Points among many customers: what a tab, a night and a check of all balances take.

One shop with the suite and a card for each customer. The customer who is looked at has
been there for years, and of a hundred thousand others points become ready tonight. Beside
what is read stands core's own window for the same card. Medians and ratios are printed.
"""

import argparse
from pathlib import Path

from host import console, environment, places, postgres, source, templates
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
                _run(
                    host,
                    "populate.py",
                    [*arguments, options.cards, options.pending],
                    step.note,
                )
            console.say(f"\n{options.cards} cards, {options.pending} pending")
            _run(host, "measure.py", [*arguments, options.rounds], console.say)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cards", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--pending", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


def _run(host, script, arguments, on_line):
    """Run one of the scripts beside this one."""
    lines = []

    def keep(line):
        lines.append(line)
        on_line(line)

    log = places.LOGS / f"benchmark-{script}.log"
    command = [host.python, HERE / script, *arguments]
    if not console.run(
        command, log, on_line=keep, cwd=host.folder, env=host.server.environment
    ):
        raise console.Failure("\n".join([*lines[-40:], f"{script} failed"]))


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
