"""The virtual environment: pinned packages, with Odoo on its path."""

import os
import subprocess
import sys
import zipfile

from host import console, places
from host.archive import Archive

COMPLETE = "complete"
ADDONS = places.SETUP / "requirements-addons.txt"


def create(requirements):
    """The interpreter of an environment with the packages of one requirements file, made when it is not there yet.

    An environment cannot be renamed (its scripts name it), so a file written last says that it is complete.
    """
    files = [places.SETUP / "requirements.txt", ADDONS, places.SETUP / requirements]
    texts = [path.read_text(encoding="utf-8") for path in files]
    # Two hosts side by side need two environments: each has its own Odoo on the path.
    key = places.digest(sys.version, os.environ.get("ODOO_PATH", ""), *texts)
    folder = (
        places.CACHE / f"python-{files[-1].stem.replace('requirements', 'run')}-{key}"
    )
    python = folder / "bin" / "python"
    with places.lock(
        "environment", "Waiting for another run that installs Python packages …"
    ):
        if not (folder / COMPLETE).exists():
            places.need_disk(1000, "Installing the Python packages")
            _build(folder, python, files[-1])
    return python


def _build(folder, python, requirements):
    places.remove(folder)
    log = places.LOGS / "pip.log"
    with console.step("Installing the Python packages"):
        if not _make(folder, log):
            raise console.Failure(
                f"could not make a virtual environment; see {log}\n{console.tail(log, 5)}"
            )
        # No long retries: without a network the answer should come at once.
        pip = [
            python,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--retries",
            "1",
            "--timeout",
            "20",
        ]
        good = console.run([*pip, "-r", requirements], log)
        # Others' addons ask pip for Odoo itself, which is here and not in the package index.
        if not good or not console.run([*pip, "--no-deps", "-r", ADDONS], log):
            raise console.Failure(
                f"the Python packages could not be installed: no network, or no package index within reach?"
                f" Run this again; all of pip's words are in {log}\n{console.tail(log, 4)}"
            )
        (folder / COMPLETE).touch()


def _make(folder, log):
    """An environment with pip in it, also where the distribution ships Python without ``ensurepip``."""
    probe = subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"],
        capture_output=True,
        check=False,
    )
    if probe.returncode == 0:
        return console.run([sys.executable, "-m", "venv", folder], log)
    if not console.run([sys.executable, "-m", "venv", "--without-pip", folder], log):
        return False
    with places.workshop("pip") as work:
        archive = Archive(work)
        archive.open(archive.own())
        archive.unpack(["python3-pip-whl"], work / "root")
        wheel = next((work / "root/usr/share/python-wheels").glob("pip-*.whl"))
        library = next((folder / "lib").glob("python3*")) / "site-packages"
        # A wheel is an archive of what stands in site-packages: nothing more is needed for ``python -m pip``.
        with zipfile.ZipFile(wheel) as archive_file:
            archive_file.extractall(library)
    return True


def library(python):
    """The folder of an environment's packages."""
    return next((python.parent.parent / "lib").glob("python3*")) / "site-packages"


def link(python, odoo):
    """Put Odoo on the path of the environment: at its end, so that pinned packages win over the system's."""
    path = library(python) / "odoo-host.pth"
    if not path.exists() or path.read_text(encoding="utf-8") != f"{odoo}\n":
        new = path.with_suffix(".new")
        new.write_text(f"{odoo}\n", encoding="utf-8")
        new.rename(path)
