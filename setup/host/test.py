"""``setup/test``: everything that proves the suite, or the part that is asked for."""

import argparse
import contextlib
import difflib
import os
import signal
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from host import (
    addons,
    browser,
    console,
    environment,
    places,
    postgres,
    source,
    templates,
)
from host.database import Host

COMMANDS = ("static", "contract", "core", "fuzz")
WORKERS = 2
CONTRACT_TESTS = places.REPOSITORY / "tests"
NOT_TESTS = ("benchmarks", "fuzz")  # folders of tests/ with a command of their own
CORE_LIST = places.SETUP / "core-tests.txt"


@dataclass
class Plan:
    """What is to be run; paths are pytest's, with ``::`` parts."""

    static: bool = False
    contract: list = field(default_factory=list)
    modules: list = field(default_factory=list)
    apart: list = field(default_factory=list)
    core: bool = False
    fuzz: bool = False


@dataclass
class Tally:
    """The sum over all runs of pytest and all static checks."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: bool = False

    def add(self, ok):
        self.passed += ok
        self.failed += not ok

    def read(self, report, code):
        """Add up one run of pytest, from the report it wrote."""
        counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        with contextlib.suppress(OSError, ElementTree.ParseError):
            for suite in ElementTree.parse(report).getroot().iter("testsuite"):
                for name in counts:
                    counts[name] += int(suite.get(name, 0))
        failed = counts["failures"] + counts["errors"]
        self.skipped += counts["skipped"]
        self.failed += failed
        self.passed += max(0, counts["tests"] - failed - counts["skipped"])
        # Also a run that died, or selected nothing, has failed.
        self.broken |= code != 0
        if code and not failed:
            self.failed += 1


def main(arguments):
    options, extra = _options(arguments)
    plan = _plan(options.what)
    source.own()
    tally = Tally()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    if plan.static:
        _static(python, tally)
    extra += ["-k", options.k] if options.k else []
    if plan.contract:
        _contract(python, plan.contract, extra, tally)
    if plan.modules or plan.apart or plan.core or plan.fuzz:
        _with_odoo(python, odoo, plan, options, extra, tally)
    console.say(
        f"\n{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped"
    )
    return 1 if tally.failed or tally.broken else 0


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/test",
        description="Prove the suite: static checks, contract tests, and every module's tests with tours in Chromium.",
        epilog="Options that are not known here go to pytest (-x, -v, --lf, …).",
    )
    parser.add_argument(
        "what",
        nargs="*",
        help="static, contract, core (core's own tests with the suite installed), fuzz (long random tests),"
        " a module, a file, or a test as pytest names it (default: all but core and fuzz)",
    )
    parser.add_argument(
        "-k", metavar="EXPRESSION", help="only tests whose names match, as for pytest"
    )
    parser.add_argument(
        "-j",
        type=int,
        default=WORKERS,
        metavar="N",
        help="processes (default: %(default)s)",
    )
    parser.add_argument(
        "--database",
        metavar="NAME",
        help="run on this database of the test server and keep it",
    )
    options, extra = parser.parse_known_args(arguments)
    return options, extra


def _plan(selectors):
    """Sort what was asked for by the way it is run."""
    plan = Plan()
    if not selectors:
        plan.static, plan.contract, plan.modules = (
            True,
            _contract_paths(),
            _module_paths(),
        )
    for selector in selectors:
        if selector == "contract":
            plan.contract.append(str(CONTRACT_TESTS / "contract"))
        elif selector in COMMANDS:
            setattr(plan, selector, True)
        elif selector in addons.manifests():
            plan.modules.append(str(places.ADDONS / selector))
        else:
            _plan_path(plan, selector)
    plan.apart = [
        text
        for text in plan.modules
        if any(
            Path(text.partition("::")[0]).is_relative_to(folder)
            for folder in _folders_apart()
        )
    ]
    plan.modules = [text for text in plan.modules if text not in plan.apart]
    return plan


def _plan_path(plan, selector):
    name, separator, test = selector.partition("::")
    for folder in (Path.cwd(), places.REPOSITORY):
        path = (folder / name).resolve()
        if path.exists() and path.is_relative_to(CONTRACT_TESTS):
            plan.contract.append(f"{path}{separator}{test}")
            return
        if path.exists() and path.is_relative_to(places.ADDONS):
            plan.modules.append(f"{path}{separator}{test}")
            return
    known = [*COMMANDS, *addons.manifests()]
    near = difflib.get_close_matches(selector, known, 1)
    hint = (
        f"did you mean {near[0]}?"
        if near
        else f"known: {', '.join(known)}, a file, or file.py::Class::test."
    )
    raise console.Failure(f"nothing here is called {selector}: {hint}")


def _contract_paths():
    entries = sorted(CONTRACT_TESTS.iterdir()) if CONTRACT_TESTS.exists() else []
    return [
        str(path)
        for path in entries
        if path.is_dir() and path.name not in NOT_TESTS and any(path.rglob("test_*.py"))
    ]


def _folders_apart():
    return [places.ADDONS / name for name in addons.apart()]


def _module_paths():
    return [
        str(places.ADDONS / name)
        for name in addons.manifests()
        if (places.ADDONS / name / "tests").is_dir()
    ]


# --- static checks ----------------------------------------------------------------------------------------------


def _static(python, tally):
    folders = [
        path for path in (places.ADDONS, places.SETUP, CONTRACT_TESTS) if path.exists()
    ]
    rules = places.REPOSITORY / ".ruff.toml"
    checks = {
        "ruff check": [
            python,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--config",
            rules,
            *folders,
        ],
        "ruff format": [
            python,
            "-m",
            "ruff",
            "format",
            "--no-cache",
            "--check",
            "--config",
            rules,
            *folders,
        ],
    }
    modules = [places.ADDONS / name for name in addons.manifests()]
    if modules:
        pylint = [
            python,
            "-m",
            "pylint",
            "-j",
            str(WORKERS),
            f"--rcfile={places.REPOSITORY / '.pylintrc'}",
        ]
        checks["pylint-odoo"] = [*pylint, *modules]
    for title, command in checks.items():
        log = places.LOGS / f"{title.replace(' ', '-')}.log"
        with console.step(title):
            good = console.run(command, log, cwd=places.REPOSITORY)
        tally.add(good)
        if not good:
            console.say(f"FAILED {title}\n{console.tail(log, 60)}")


# --- pytest -----------------------------------------------------------------------------------------------------


def _contract(python, paths, extra, tally):
    """Tests that do not import Odoo: pytest-odoo must not either."""
    arguments = ["-p", "no:odoo", *extra, *paths]
    _pytest(python, "contract", arguments, _variables(), tally)


def _with_odoo(python, odoo, plan, options, extra, tally):
    browser.ensure()
    with postgres.serving(python) as server:
        host = Host(python, odoo, server, "test-data")
        if plan.modules or plan.core or plan.fuzz:
            with_assets = plan.core or _uses_browser(plan.modules)
            with _database(host, options, with_assets) as name:
                _on_database(host, name, plan, options, extra, tally)
        if plan.apart:
            with _database(
                host, options, _uses_browser(plan.apart), apart=True
            ) as name:
                arguments = [*_common(host, name), *extra, *plan.apart]
                _pytest(python, "modules apart", arguments, _with_server(host), tally)
    fuzz_folder = CONTRACT_TESTS / "fuzz"
    if plan.fuzz and fuzz_folder.exists():
        outside = [
            "-p",
            "no:odoo",
            "--hypothesis-profile=fuzz",
            *extra,
            str(fuzz_folder),
        ]
        _pytest(python, "fuzz-outside", outside, _variables(), tally)


def _on_database(host, name, plan, options, extra, tally):
    """Run what is tried with all addons of the suite together."""
    common, variables = _common(host, name), _with_server(host)
    spread = _spread(plan, options)
    if plan.modules:
        arguments = [*common, *spread, *extra, *plan.modules]
        _pytest(host.python, "modules", arguments, variables, tally)
    if plan.core:
        chosen, left_out = _core_tests(host.odoo)
        leaving = {**variables, "CUSTOMER_SUITE_LEFT_OUT": "\n".join(left_out)}
        core = ["-p", "customer_suite_core"]
        arguments = [*common, *spread, *core, *extra, *chosen]
        _pytest(host.python, "core", arguments, leaving, tally)
    if plan.fuzz:
        fuzz = ["-m", "fuzz", "--hypothesis-profile=fuzz", *extra]
        paths = [path for path in _module_paths() if Path(path) not in _folders_apart()]
        arguments = [*common, *fuzz, *paths]
        _pytest(host.python, "fuzz", arguments, variables, tally, may_be_empty=True)


def _common(host, name):
    return [
        f"--odoo-config={host.configure(name)}",
        f"--odoo-database={name}",
        "--odoo-http",
    ]


def _with_server(host):
    return {**_variables(), **host.server.clients()}


@contextlib.contextmanager
def _database(host, options, with_assets, apart=False):
    """The database of a run: a copy of the template, or one that the user keeps."""
    if not options.database:
        with templates.copy_for_a_run(host, with_assets, apart) as name:
            yield name
        return
    kept = f"{options.database}_apart" if apart else options.database
    if kept not in host.server.databases():
        with templates.copy_for_a_run(host, True, apart) as name:
            host.copy(name, kept)
    yield kept


def _uses_browser(paths):
    """Whether any of the tests can ask for compiled assets."""
    files = []
    for path in (Path(text.partition("::")[0]) for text in paths):
        files += path.glob("tests/*.py") if path.is_dir() else [path]
    return any("Http" in path.read_text(encoding="utf-8") for path in files)


def _spread(plan, options):
    """Options for several processes, when it is worth a copy of the database and a start of Odoo for each."""
    one_file = len(plan.modules) == 1 and plan.modules[0].partition("::")[0].endswith(
        ".py"
    )
    if options.j < 2 or options.database or (one_file and not plan.core):
        return []
    return ["-n", str(options.j), "--dist", "loadscope"]


def _core_tests(odoo):
    """Core's tests from the list, and those left out with a reason."""
    roots = [path for path in (odoo / "odoo/addons", odoo / "addons") if path.exists()]
    chosen, left_out = [], []
    for line in CORE_LIST.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        name = entry.lstrip("- ")
        found = [
            root / name for root in roots if (root / name.partition("::")[0]).exists()
        ]
        if name and not found:
            raise console.Failure(
                f"{CORE_LIST.name} names {name}, which this Odoo does not have."
            )
        if name:
            (left_out if entry.startswith("-") else chosen).append(str(found[0]))
    return chosen, left_out


def _variables():
    """What every run of pytest finds in its environment."""
    places.ARTEFACTS.mkdir(parents=True, exist_ok=True)
    variables = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTEST_DB_USE_ENV_VARS"
    }
    variables["PYTHONPATH"] = str(places.SETUP / "host/plugins")
    variables["CUSTOMER_SUITE_ARTEFACTS"] = str(places.ARTEFACTS)
    return variables


def _pytest(python, title, arguments, variables, tally, may_be_empty=False):
    report = places.LOGS / f"results-{title}-{os.getpid()}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    command = [
        python, "-m", "pytest", "-c", places.SETUP / "pytest.ini", f"--rootdir={places.REPOSITORY}",
        "-o", f"cache_dir={places.CACHE / 'pytest'}", f"--junitxml={report}", *arguments,
    ]  # fmt: skip
    console.say(f"\n--- {title} ---")
    # In our own group of processes, on our terminal: for a debugger, and so that Ctrl-C reaches it too.
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=places.REPOSITORY,
        env=variables,
        preexec_fn=console.die_with_parent,
    )
    try:
        code = process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()
        raise
    if code == 5 and may_be_empty:
        code = 0
    tally.read(report, code)
    report.unlink(missing_ok=True)
