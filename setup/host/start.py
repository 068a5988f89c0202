"""``setup/start``: a shop on this machine, from nothing to a till."""

import argparse
import contextlib
import http.client
import json
import re
import socket
import sys
import time

from host import addons, console, environment, places, postgres, source
from host.database import Host

PRINTS = "customer_suite.source"  # parameter with the fingerprints of the addons at the last update
UNFINISHED = (
    "_unfinished"  # a database under this name was left by a run that was stopped
)
HELLO = """
The shop is open at  http://127.0.0.1:{port}
            login    admin
            password admin

Try first: the app Customers; then Point of Sale, open the till and look for Customers in its menu.
Ctrl-C stops it; the data is kept for the next ./setup/start. Log: {log}
"""


def main(arguments):
    options = _options(arguments)
    _check_port(options.port)
    source.own()
    held = places.try_lock(f"shop-{options.database}")
    if not held:
        raise console.Failure(
            f"another ./setup/start is at work on the database {options.database}:"
            " stop it, or choose another with --database and --port."
        )
    python = environment.create("requirements.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    with held, postgres.serving(python) as server:
        host = Host(python, odoo, server, "data")
        _prepare(host, options)
        _serve(host, options)
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/start",
        description="Fetch Odoo 19, install the customer suite in a shop with demo data, and serve it on this machine.",
        epilog="ODOO_PATH names an Odoo 19 you have; PGHOST, PGPORT, PGUSER, PGPASSWORD a PostgreSQL you have;"
        f" CUSTOMER_SUITE_CACHE the folder for everything else (now {places.CACHE}).",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8069,
        help="port on 127.0.0.1 (default: %(default)s)",
    )
    parser.add_argument(
        "--database", default="shop", help="name of the database (default: %(default)s)"
    )
    parser.add_argument(
        "--reset",
        action="store_true",
        help="drop that database with its files and begin anew",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before --reset")
    parser.add_argument(
        "--no-demo", action="store_true", help="no customers, no till: an empty shop"
    )
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", options.database):
        parser.error(
            "--database: small letters, digits and underscores, beginning with a letter"
        )
    if not 1 <= options.port <= 65535:
        parser.error("--port: a number from 1 to 65535")
    return options


def _check_port(port):
    with socket.socket() as probe:
        # As the server does: a port that was just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise console.Failure(
                f"port {port} is for root only: choose one above 1023 with --port."
            ) from None
        except OSError:
            raise console.Failure(
                f"port {port} is in use: stop what uses it, or choose another with --port."
            ) from None


def _prepare(host, options):
    """Leave the database complete and up to date, whatever an earlier run did or did not do."""
    name = options.database
    host.drop(name + UNFINISHED)
    if options.reset and host.server.databases(name) and _confirmed(options):
        host.drop(name)
    if name in host.server.databases():
        _update(host, name)
    else:
        _install(host, name)
    demo = places.SETUP / "demo" / "shop.py"
    if (
        not options.no_demo
        and demo.exists()
        and not _parameter(host, name, "customer_suite.demo_built")
    ):
        host.inside("Building the demo shop", name, "demo", demo)


def _confirmed(options):
    if options.yes:
        return True
    if not sys.stdin.isatty():
        raise console.Failure(
            "--reset drops a database: add --yes when nobody is there to ask."
        )
    answer = input(
        f"Drop the database {options.database} with everything in it? [y/N] "
    )
    if answer.strip().lower() not in ("y", "yes"):
        raise console.Failure("nothing was dropped.")
    return True


def _install(host, name):
    """Make the database under another name: one with its final name is complete."""
    modules = addons.of_a_shop()
    if not modules:
        raise console.Failure(f"there is no addon in {places.ADDONS}.")
    places.need_disk(500, "A new database")
    new = name + UNFINISHED
    host.server.create(new)
    languages = f"--load-language={','.join(places.LANGUAGES)}"
    host.run(
        "Installing the suite (a few minutes, once)",
        new,
        "-i",
        ",".join(modules),
        languages,
    )
    _remember(host, new, addons.fingerprints(host.odoo))
    host.rename(new, name)
    (host.folder / f"{new}.conf").unlink(missing_ok=True)


def _update(host, name):
    """Update what changed since the last run."""
    stored = _parameter(host, name, PRINTS)
    if not stored:
        raise console.Failure(
            f"the database {name} was not made by ./setup/start: choose another with --database."
        )
    before, now = json.loads(stored), addons.fingerprints(host.odoo)
    if before == now:
        return
    # A new addon comes with the suite, whose manifest names it; or as a bridge, by itself.
    new = [module for module in addons.of_a_shop() if module not in before]
    changed = [
        module
        for module, value in now.items()
        if module in before and before[module] != value
    ]
    wanted = [
        *(("-i", ",".join(new)) if new else ()),
        *(("-u", ",".join(changed)) if changed else ()),
    ]
    if wanted:
        host.run(f"Updating {', '.join(changed + new)}", name, *wanted)
    _remember(host, name, now)


def _parameter(host, name, key):
    """A parameter of a database, or None; also when the database is not Odoo's."""
    try:
        rows = host.server.sql(
            f"SELECT value FROM ir_config_parameter WHERE key = '{key}'", name
        )
    except console.Failure:
        return None
    return rows[0][0] if rows else None


def _remember(host, name, prints):
    host.server.sql(
        f"INSERT INTO ir_config_parameter (key, value) VALUES ('{PRINTS}', '{json.dumps(prints)}')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        name,
    )


def _serve(host, options):
    """Run the server until it is told to stop; then stop it, and nothing else."""
    log = places.LOGS / f"server-{options.database}.log"
    command = host.command(options.database, http_port=options.port)
    with open(log, "w", encoding="utf-8") as sink:
        process = console.spawn(
            command,
            stdout=sink,
            stderr=sink,
            cwd=host.folder,
            env=host.server.environment,
        )
    try:
        with console.step("Opening the shop"):
            while not _answers(options.port):
                if process.poll() is not None:
                    raise console.Failure(
                        f"Odoo did not start; its log is {log} and ends with\n{console.tail(log)}"
                    )
                time.sleep(0.3)
        console.say(HELLO.format(port=options.port, log=log))
        process.wait()
        raise console.Failure(
            f"Odoo ended by itself; its log is {log} and ends with\n{console.tail(log)}"
        )
    finally:
        console.stop(process)


def _answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with (
        contextlib.closing(connection),
        contextlib.suppress(OSError, http.client.HTTPException),
    ):
        connection.request("GET", "/web/login")
        return connection.getresponse().status == 200
    return False
