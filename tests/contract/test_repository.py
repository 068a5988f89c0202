"""What lies where, and nothing that belongs to one machine only."""

import ast
import re

import pytest
import tree

ALLOWED = {
    "LICENSE",
    "README.md",
    "addons",
    "docker-compose.yml",
    "odoo.conf.example",
    "setup",
    "tests",
}
# Written in two parts, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        (
            "/ro" + "ot/",
            "/ho" + r"me/\w",
            "/wo" + "rk/",
            "deb." + "debian",
            "archive." + "ubuntu",
            "py" + r"pi\.org",
        )
    )
)
TEXT = {
    "",
    ".cfg",
    ".conf",
    ".css",
    ".csv",
    ".example",
    ".ini",
    ".js",
    ".json",
    ".md",
    ".po",
    ".pot",
    ".py",
    ".scss",
}
TEXT |= {".sh", ".toml", ".txt", ".xml", ".yaml", ".yml"}


def test_top_level():
    present = {
        path.relative_to(tree.REPOSITORY).parts[0] for path in tree.tracked_files()
    }
    assert {name for name in present if not name.startswith(".")} - ALLOWED == set()


def test_nothing_of_one_machine():
    """No path of somebody's machine and no address of a mirror: both are read from the machine at hand."""
    found = []
    for path in tree.tracked_files():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [
                f"{path.relative_to(tree.REPOSITORY)}: {match[0]}"
                for match in FOREIGN.finditer(text)
            ]
    assert found == []


@pytest.mark.parametrize(
    "path",
    sorted((tree.REPOSITORY / "setup/host").rglob("*.py")),
    ids=lambda path: path.name,
)
def test_setup_runs_on_the_oldest_python(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 10))


@pytest.mark.parametrize("name", ["start", "test"])
def test_commands_are_executable(name):
    path = tree.REPOSITORY / "setup" / name
    assert path.stat().st_mode & 0o111
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-addons.txt", "requirements-test.txt"]
)
def test_requirements_are_pinned(name):
    for line in (
        (tree.REPOSITORY / "setup" / name).read_text(encoding="utf-8").splitlines()
    ):
        if line and not line.startswith(("#", "-r ")):
            assert re.fullmatch(
                r"[\w.-]+==[\w.]+(; python_version [<>=]+ \"3\.\d+\")?", line
            ), line


def test_hooks_use_the_versions_of_the_tests():
    hooks = (tree.REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    pinned = (
        (tree.REPOSITORY / "setup/requirements-test.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    wanted = re.findall(r"\[([\w-]+==[\w.]+)\]", hooks)
    assert wanted
    assert set(wanted) - set(pinned) == set()
