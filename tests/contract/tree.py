"""The repository as the contract tests see it: files and manifests, without Odoo."""

import ast
import importlib.util
import os
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ADDONS = Path(os.environ.get("CUSTOMER_SUITE_ADDONS") or REPOSITORY / "addons")
MANIFESTS = {
    path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
    for path in sorted(ADDONS.glob("*/__manifest__.py"))
}
NAMES = list(MANIFESTS)


def odoo_folder():
    """The folder of the package ``odoo``, found without importing it."""
    folders = importlib.util.find_spec("odoo").submodule_search_locations
    # packages of addons add folders of their own to it
    return next(path for path in map(Path, folders) if (path / "release.py").is_file())


def python_files(addon, tests=False):
    """The Python files of an addon, those of its tests only when asked for."""
    for path in sorted((ADDONS / addon).rglob("*.py")):
        if tests or "tests" not in path.relative_to(ADDONS / addon).parts:
            yield path


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def tracked_files():
    """Every file of the repository that is or will be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (REPOSITORY / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def where(path, number):
    return f"{path.relative_to(path.parents[2])}:{number}"
