"""What goes wrong on a user's machine gets one clear line, and a re-run mends it. Real processes, no doubles."""

import os
import signal
import socket
import subprocess
import sys
import textwrap

import pytest
import tree

SETUP = tree.REPOSITORY / "setup"
HOLD = """
import time
from host import places
held = {}
print("held", flush=True)
time.sleep(600)
"""
NOWHERE = "http://127.0.0.1:9"  # the port of "discard", where nobody listens


@pytest.fixture
def machine(tmp_path):
    """The environment of a user with an empty cache and nothing of their own."""
    ours = ("CUSTOMER_SUITE_", "PG", "PIP_", "ODOO_", "PYTHON")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(ours)
    }
    return {**clean, "CUSTOMER_SUITE_CACHE": str(tmp_path / "cache")}


def command(machine, name, *arguments):
    return subprocess.run(
        [str(SETUP / name), *arguments],
        env=machine,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def refused(done, *words):
    """The run failed with a line that has these words, not with a traceback."""
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr
    first = done.stderr.splitlines()[0]
    assert first.startswith("error: ")
    for word in words:
        assert word in first
    return done


def python(machine, code):
    """A process of its own in which the package of setup can be imported."""
    start = f"import sys; sys.path.insert(0, {str(SETUP)!r})\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + textwrap.dedent(code)],
        env=machine,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_busy_port(machine):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        done = refused(
            command(machine, "start", "--port", port), port, "in use", "--port"
        )
    assert len(done.stderr.splitlines()) == 1


def test_no_python(machine, tmp_path):
    """A Python that is too old is passed over; without another one, it is said what to install."""
    programs = tmp_path / "programs"
    programs.mkdir()
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    (programs / "dirname").symlink_to("/usr/bin/dirname")
    for name in ("start", "test"):
        done = command({**machine, "PATH": str(programs)}, name)
        refused(done, "Python 3.10")
        assert len(done.stderr.splitlines()) == 1


def test_no_disk(machine):
    done = command(
        {**machine, "CUSTOMER_SUITE_DISK_MB": "1000000000"},
        "start",
        "--port",
        free_port(),
    )
    refused(done, "needs 1000000000 MB", "CUSTOMER_SUITE_CACHE")


def test_cache_that_cannot_be_written(machine):
    done = command(
        {**machine, "CUSTOMER_SUITE_CACHE": "/proc/nothing"},
        "start",
        "--port",
        free_port(),
    )
    refused(done)


def test_no_package_index(machine, tmp_path):
    offline = {
        **machine,
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": f"{NOWHERE}/simple",
    }
    offline |= {"PIP_CACHE_DIR": str(tmp_path / "pip")}
    done = refused(
        command(offline, "start", "--port", free_port()), "Python packages", "network"
    )
    assert "✗ Installing the Python packages" in done.stdout


def test_no_package_archive(machine, tmp_path):
    """apt's sources cannot be reached: as without a network."""
    lists = tmp_path / "lists"
    (lists / "partial").mkdir(parents=True)
    sources = tmp_path / "sources.list"
    sources.write_text(f"deb {NOWHERE}/debian stable main\n", encoding="utf-8")
    configuration = tmp_path / "apt.conf"
    configuration.write_text(
        f'Dir::State::Lists "{lists}";\nDir::Etc::SourceList "{sources}";\nDir::Etc::SourceParts "/dev/null";\n',
        encoding="utf-8",
    )
    code = """
        from pathlib import Path
        from host import console, source
        try:
            source.find(Path(sys.executable))
        except console.Failure as failure:
            print(failure)
    """
    process = python({**machine, "APT_CONFIG": str(configuration)}, code)
    said, _ = process.communicate(timeout=120)
    assert "the package archive cannot be reached" in said


def test_wrong_odoo(machine, tmp_path):
    done = command(
        {**machine, "ODOO_PATH": str(tmp_path)}, "start", "--port", free_port()
    )
    refused(done, "ODOO_PATH", "odoo/release.py")


def test_other_odoo(machine, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text(
        "version_info = (18, 0, 0, FINAL, 0, '')\n", encoding="utf-8"
    )
    done = command({**machine, "ODOO_PATH": str(tmp_path)}, "test", "static")
    refused(done, "Odoo 18.0", "19.0")


def test_another_start_is_at_work(machine):
    holder = python(machine, HOLD.format("places.try_lock('shop-shop')"))
    try:
        holder.stdout.readline()
        refused(
            command(machine, "start", "--port", free_port()),
            "another ./setup/start",
            "shop",
            "--database",
        )
    finally:
        holder.kill()
        holder.wait()


def test_unknown_selector(machine):
    refused(command(machine, "test", "contrat"), "contrat", "did you mean contract?")
    refused(
        command(machine, "test", "no_such_thing_at_all"),
        "no_such_thing_at_all",
        "known:",
    )


def test_bad_options(machine):
    assert "--database" in command(machine, "start", "--database", "a; b").stderr
    assert "--port" in command(machine, "start", "--port", "0").stderr


def test_a_killed_run_leaves_nothing_in_the_way(machine):
    """Its half-made files are removed by the next run, and its lock is free."""
    code = """
        import time
        from host import places
        with places.lock("step"), places.workshop("step") as folder:
            (folder / "half").touch()
            print("working", flush=True)
            time.sleep(600)
    """
    killed = python(machine, code)
    killed.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    again = """
        from host import places
        with places.lock("step", "waiting"), places.workshop("step") as folder:
            print(sorted(folder.iterdir()))
    """
    said, complaint = python(machine, again).communicate(timeout=60)
    assert (said.strip(), complaint) == ("[]", "")


def test_an_environment_that_was_not_finished_is_made_anew(machine, tmp_path):
    """Only the file that is written last makes a folder count."""
    code = """
        from host import console, environment, places
        console.run = lambda command, log, **options: log.parent.mkdir(parents=True, exist_ok=True) or False
        try:
            environment.create("requirements.txt")
        except console.Failure as failure:
            print(failure)
        print([path.name for path in places.CACHE.glob("python-*/complete")])
    """
    said, _ = python(machine, code).communicate(timeout=60)
    assert "could not make a virtual environment" in said
    assert said.strip().endswith("[]")


def test_two_runs_wait_for_each_other(machine):
    first = python(machine, HOLD.format("places.try_lock('x')"))
    first.stdout.readline()
    second = python(
        machine,
        "from host import places\nwith places.lock('x', 'waiting'): print('mine')",
    )
    assert second.stdout.readline() == "waiting\n"
    first.kill()
    first.wait()
    assert second.communicate(timeout=60)[0] == "mine\n"


def test_a_child_does_not_outlive_a_killed_parent(machine):
    code = """
        import time
        from host import console
        child = console.spawn(["sleep", "600"])
        print(child.pid, flush=True)
        time.sleep(600)
    """
    parent = python(machine, code)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(100):
        state = f"/proc/{child}/stat"
        if (
            not os.path.exists(state)
            or open(state, encoding="utf-8").read().split()[2] == "Z"
        ):
            return
        signal.sigtimedwait([], 0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child is still there")
