"""How long a till takes from its page to its first sale, with the suite and without.

Two shops on one machine, core's own and one with the suite, each with the same products
and as many customers. A real browser opens them in turn, A B A B …, each time with an
empty cache, then again with what the first opening left. Medians and ratios count: a
machine that slows down slows both.
"""

import argparse
import contextlib
import json
import subprocess
from pathlib import Path

from host import addons, browser, console, environment, places, postgres, source
from host.database import Host

HERE = Path(__file__).parent
SHOPS = ("core", "suite")


def main():
    options = _options()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    browser.ensure()
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "benchmark-data")
        try:
            for customers in options.customers:
                _measure(host, customers, options.rounds)
        finally:
            for shop in SHOPS:
                host.drop(f"bench_{shop}")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--customers", type=int, nargs="+", default=[1000, 100_000], metavar="N"
    )
    parser.add_argument("--rounds", type=int, default=9)
    return parser.parse_args()


def _measure(host, customers, rounds):
    tills = {shop: _shop(host, shop, customers) for shop in SHOPS}
    with contextlib.ExitStack() as stack:
        plan = {
            shop: f"{stack.enter_context(host.serving(f'bench_{shop}'))}/pos/ui/{till}"
            for shop, till in tills.items()
        }
        with console.step(f"{customers} customers, {rounds} rounds of each"):
            result = subprocess.run(
                [host.python, HERE / "rounds.py", json.dumps(plan), str(rounds)],
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode:
            raise console.Failure(result.stderr[-2000:])
        console.say(f"{customers} customers\n{result.stdout}")


def _shop(host, shop, customers):
    """A database with products, customers and an opened till; the till's id."""
    name = f"bench_{shop}"
    core = f"bench_core_base_{source.release(host.odoo).replace('.', '_')[:20]}"
    core = "".join(char for char in core.lower() if char.isalnum() or char == "_")
    if core not in host.server.databases("bench_core_base"):
        host.drop(f"{core}_new")
        host.server.create(f"{core}_new")
        host.run(
            "Installing core's modules",
            f"{core}_new",
            "-i",
            ",".join(addons.foreign_dependencies()),
            "--load-language=en_US",
        )
        host.rename(f"{core}_new", core)
    host.drop(name)
    host.copy(core, name)
    if shop == "suite":
        host.run("Installing the suite", name, "-i", "customer_suite")
    log = places.LOGS / f"{name}-populate.log"
    command = [
        host.python,
        HERE / "populate.py",
        host.configure(name),
        name,
        str(customers),
    ]
    lines = []
    with console.step(f"{name}: {customers} customers"):
        done = console.run(
            command,
            log,
            on_line=lines.append,
            cwd=host.folder,
            env=host.server.environment,
        )
    if not done:
        raise console.Failure(console.tail(log))
    return int(
        next(line for line in lines if line.startswith("till=")).partition("=")[2]
    )


if __name__ == "__main__":
    try:
        main()
    except console.Failure as failure:
        console.error(failure)
        raise SystemExit(1) from None
