"""Odoo's databases: configuration, installation, and files that travel with a copy."""

import contextlib
import os
import secrets
import shutil
import socket
import time
import urllib.request

from host import console, places, source


class Host:
    """An Odoo, a Python that runs it and a PostgreSQL server, with one folder for data."""

    def __init__(self, python, odoo, server, folder):
        self.python = python
        self.odoo = odoo
        self.server = server
        self.folder = places.CACHE / folder

    def configure(self, name, **options):
        """Write a configuration for one database; the path of the file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        values = {
            "addons_path": ",".join(map(str, source.addons_paths(self.odoo))),
            "admin_passwd": secrets.token_urlsafe(24),
            "customer_consent_key": self._kept_secret("consent.key"),
            "data_dir": self.folder,
            "db_name": name,
            "dbfilter": f"^{name}$",
            "http_interface": "127.0.0.1",
            "list_db": False,
            "max_cron_threads": 1,
            "proxy_mode": False,
            "screenshots": places.ARTEFACTS,
            "server_wide_modules": "base,rpc,web",
            **self.server.odoo_options(),
            **options,
        }
        path = self.folder / f"{name}.conf"
        # Only its owner may read it: it holds passwords.
        with open(path, "w", encoding="utf-8", opener=_private) as handle:
            handle.write(
                "[options]\n"
                + "".join(f"{key} = {value}\n" for key, value in values.items())
            )
        return path

    def _kept_secret(self, name):
        """A random text of this machine, the same each time: what it sealed stays sealed."""
        path = self.folder / name
        with (
            contextlib.suppress(FileExistsError),
            open(path, "x", opener=_private) as handle,
        ):
            handle.write(secrets.token_hex(32))
        return path.read_text(encoding="ascii")

    def command(self, name, *arguments, **options):
        """The command line of an Odoo on a database."""
        return [
            self.python,
            "-m",
            "odoo",
            "server",
            "-c",
            self.configure(name, **options),
            *arguments,
        ]

    def run(self, title, name, *arguments):
        """Run Odoo once on a database, showing which module it is at."""
        log = places.LOGS / f"{name}.log"
        with console.step(title) as step:

            def show(line):
                if "Loading module " in line:
                    step.hint(line.partition("Loading module ")[2])

            command = self.command(name, "--no-http", "--stop-after-init", *arguments)
            # Never in a folder of addons: `calendar` and others would shadow the standard library.
            done = console.run(
                command, log, on_line=show, cwd=self.folder, env=self.server.environment
            )
            # Odoo ends well also after an error while it loads modules.
            if not done or _failed(log):
                raise console.Failure(
                    f"{title}: Odoo failed; its log is {log} and ends with\n{console.tail(log)}"
                )

    def inside(self, title, name, *arguments):
        """Run one of the tasks of ``inside.py`` in an Odoo environment, with its own progress lines."""
        log = places.LOGS / f"{name}-{arguments[0]}.log"
        marker = "progress: "
        with console.step(title) as step:

            def show(line):
                if line.startswith(marker):
                    step.note(line[len(marker) :])

            command = [
                self.python,
                places.SETUP / "host/inside.py",
                self.configure(name),
                name,
                *arguments,
            ]
            done = console.run(
                command, log, on_line=show, cwd=self.folder, env=self.server.environment
            )
            if not done:
                raise console.Failure(
                    f"{title}: it failed; the log is {log} and ends with\n{console.tail(log)}"
                )

    def script(self, path, *arguments, on_line=console.say):
        """Run a script of Python against the server, each of its lines to ``on_line``.

        :return: its lines
        :raise console.Failure: with its last lines
        """
        lines = []

        def keep(line):
            lines.append(line)
            on_line(line)

        log = places.LOGS / f"{path.parent.name}-{path.name}.log"
        if not console.run(
            [self.python, path, *arguments],
            log,
            on_line=keep,
            cwd=self.folder,
            env=self.server.environment,
        ):
            raise console.Failure("\n".join([*lines[-40:], f"{path.name} failed"]))
        return lines

    @contextlib.contextmanager
    def serving(self, name):
        """The address of an Odoo that serves a database, for as long as it is needed."""
        port, websocket = _free_ports(2)
        log = places.LOGS / f"serving-{name}.log"
        command = self.command(
            name, http_port=port, gevent_port=websocket, max_cron_threads=0
        )
        with open(log, "w", encoding="utf-8") as sink:
            process = console.spawn(
                command,
                stdout=sink,
                stderr=sink,
                cwd=self.folder,
                env=self.server.environment,
            )
            try:
                _wait_for(f"http://127.0.0.1:{port}/web/login", process, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                console.stop(process)

    def filestore(self, name):
        return self.folder / "filestore" / name

    def copy(self, template, name):
        """A copy of a database with its files; they never change once written, so links will do."""
        places.remove(self.filestore(name))
        if self.filestore(template).exists():
            shutil.copytree(
                self.filestore(template), self.filestore(name), copy_function=os.link
            )
        self.server.create(name, template)

    def rename(self, name, new):
        """Give a finished database its final name: the files first, the database says that all is done."""
        places.remove(self.filestore(new))
        self.filestore(name).parent.mkdir(parents=True, exist_ok=True)
        if self.filestore(name).exists():
            self.filestore(name).rename(self.filestore(new))
        self.server.rename(name, new)

    def drop(self, name):
        self.server.drop(name)
        places.remove(self.filestore(name))
        (self.folder / f"{name}.conf").unlink(missing_ok=True)


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _free_ports(count):
    """Ports that are free now, each another one."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in sockets:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in sockets]


def _wait_for(url, process, log):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(url, timeout=60),
        ):
            return
        time.sleep(0.3)
    raise console.Failure(f"Odoo did not start; its log ends with\n{console.tail(log)}")


def _failed(log):
    text = log.read_text(encoding="utf-8", errors="replace")
    return " CRITICAL " in text or "Failed to load registry" in text
