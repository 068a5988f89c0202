"""Where things are, and the locks that keep two runs from breaking each other."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from host import console

REPOSITORY = Path(__file__).resolve().parents[2]
SETUP = REPOSITORY / "setup"
# A packager or a test may keep the addons elsewhere.
ADDONS = Path(
    os.environ.get("CUSTOMER_SUITE_ADDONS") or REPOSITORY / "addons"
).resolve()
LANGUAGES = ("fr_FR", "pl_PL", "nl_NL")


def _cache():
    chosen = os.environ.get("CUSTOMER_SUITE_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    parent = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(parent).expanduser().resolve() / "customer-suite"


CACHE = _cache()
LOGS = CACHE / "logs"
ARTEFACTS = Path(
    os.environ.get("CUSTOMER_SUITE_ARTEFACTS") or CACHE / "artefacts"
).resolve()


def digest(*parts):
    """A short, stable key for a name of a folder or a database."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def open_lock(name):
    path = CACHE / "locks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return open(path, "a+", encoding="utf-8")


@contextlib.contextmanager
def lock(name, waiting=None):
    """Hold a lock that the system releases when the process ends, however it ends.

    :param waiting: what to say when another process holds it
    """
    with open_lock(name) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                console.say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle


def try_lock(name):
    """The open handle of a lock that is held from now on, or None when another process has it."""
    handle = open_lock(name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


@contextlib.contextmanager
def workshop(name):
    """An empty folder to work in; whatever an earlier, killed run left there is removed.

    The caller renames what it made to its final place: a folder with a final name is always complete.
    """
    folder = CACHE / "work" / name
    remove(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def need_disk(megabytes, purpose):
    """Refuse to begin what cannot end well."""
    megabytes = int(os.environ.get("CUSTOMER_SUITE_DISK_MB") or megabytes)
    CACHE.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(CACHE).free // 2**20
    if free < megabytes:
        raise console.Failure(
            f"{purpose} needs {megabytes} MB of disk and {CACHE} has {free} MB left:"
            " free some space, or set CUSTOMER_SUITE_CACHE to a folder on a larger disk."
        )
