"""``setup/translations``: the texts of our addons, and their translations, as the code has them now."""

import argparse
import re

from host import (
    addons,
    console,
    environment,
    places,
    postgres,
    source,
    templates,
)
from host.database import Host

CATALOGUES = places.SETUP / "host/catalogues.py"


def main(arguments):
    options = _options(arguments)
    source.own()
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    environment.link(python, odoo)
    modules = [name for name in addons.manifests() if not name.startswith("test_")]
    with postgres.serving(python) as server, places.workshop("translations") as work:
        host = Host(python, odoo, server, "test-data")
        with templates.copy_for_a_run(host, False, apart=True) as name:
            host.inside(
                "Exporting the texts", name, "translations", CATALOGUES,
                places.ADDONS, work, *modules,
            )  # fmt: skip
        files = sorted(path for path in work.glob("*/*") if path.is_file())
        changed = [path for path in files if _text(path) != _text(_own(path))]
        for path in changed:
            _show(path)
            if not options.check:
                _own(path).parent.mkdir(exist_ok=True)
                _own(path).write_text(_text(path), encoding="utf-8")
    if options.check and changed:
        console.say(
            "Not up to date: run ./setup/translations and translate what is new."
        )
        return 1
    console.say("Up to date." if not changed else f"{len(changed)} files written.")
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/translations",
        description="Export the texts of every addon to i18n/<addon>.pot and bring the .po files up to date:"
        " new texts come in untranslated, those that are gone go.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail when something would change",
    )
    return parser.parse_args(arguments)


def _own(path):
    """The file of the addon that a fresh one stands for."""
    return places.ADDONS / path.parent.name / "i18n" / path.name


def _text(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _show(path):
    """Say which texts come and go."""
    old, new = _messages(_text(_own(path))), _messages(_text(path))
    lines = [f"+ {text}" for text in sorted(new - old)]
    lines += [f"- {text}" for text in sorted(old - new)]
    console.say("\n  ".join([f"{path.parent.name}/{path.name}", *lines]))


def _messages(text):
    """The originals in a file of translations; their lines are wrapped there."""
    found = re.findall(r'^msgid ((?:".*"\n)+)', text, re.MULTILINE)
    return {message.replace('"\n"', "").strip() for message in found}
