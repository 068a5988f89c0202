"""Every sentence is there in French, Polish and Dutch, with the same placeholders."""

import re

import polib
import pytest
import tree

LANGUAGES = ("fr", "pl", "nl")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}|%%")


def has_texts(name):
    """Whether an addon shows anything to anyone."""
    folder = tree.ADDONS / name
    return any(
        (folder / sub).is_dir()
        for sub in ("models", "views", "wizards", "static/src", "data", "controllers")
    )


with_texts = pytest.mark.parametrize(
    "name", [name for name in tree.NAMES if has_texts(name)]
)


def entries(path):
    """The texts of a file of translations: original → entry."""
    assert path.is_file(), f"{path.name} is missing"
    return {
        entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete
    }


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


@with_texts
def test_template(name):
    assert entries(tree.ADDONS / name / "i18n" / f"{name}.pot")


@with_texts
@pytest.mark.parametrize("language", LANGUAGES)
def test_language(name, language):
    folder = tree.ADDONS / name / "i18n"
    wanted = entries(folder / f"{name}.pot")
    there = entries(folder / f"{language}.po")
    missing = [
        text for text in wanted if text not in there or not there[text].translated()
    ]
    assert missing == [], f"{len(missing)} texts without a translation"
    different = [
        text
        for text in wanted
        if placeholders(text) != placeholders(there[text].msgstr)
    ]
    assert different == [], "placeholders differ"
