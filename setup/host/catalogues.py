"""Files of translations, made from a database with the addons installed.

``inside.py`` loads this file by its path, in the environment's Python: nothing of ``host`` can be imported here.
"""

import functools
import io
from pathlib import Path

import polib

import odoo.release
from odoo.tools.misc import file_open
from odoo.tools.translate import trans_export

# The plural forms that gettext gives these languages.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


def write(env, addons, target, *modules):
    """Write a template and the translations of each module into a folder.

    :param addons: where the modules are, with the translations so far
    :param target: where the files go, one folder for each module
    """
    for module in modules:
        template = _template(env, module)
        here, there = Path(addons) / module / "i18n", Path(target) / module
        there.mkdir(parents=True)
        _save(template, there / f"{module}.pot")
        for language in PLURALS:
            merged = _merged(template, here / f"{language}.po")
            _save(merged, there / f"{language}.po", language)


def _template(env, module):
    """The texts of one module, with those that the list of apps shows."""
    buffer = io.BytesIO()
    trans_export(None, [module], buffer, "po", env)
    catalogue = polib.pofile(buffer.getvalue().decode())
    record = env.ref(f"base.module_{module}").with_context(lang="en_US")
    for field in ("shortdesc", "summary"):
        place = (f"model:ir.module.module,{field}:base.module_{module}", "")
        _add(catalogue, module, record[field], place)
    category = record.category_id
    place = f"model:ir.module.category,name:{category.get_external_id()[category.id]}"
    if place not in _core():
        _add(catalogue, module, category.name, (place, ""))
    catalogue.sort(key=lambda entry: entry.msgid)
    return catalogue


@functools.cache
def _core():
    """What core itself translates of the list of apps."""
    with file_open("base/i18n/base.pot") as handle:
        return {line.removeprefix("#: ").rstrip() for line in handle}


def _add(catalogue, module, text, place):
    entry = catalogue.find(text)
    if entry is None:
        entry = polib.POEntry(msgid=text, comment=f"module: {module}")
        catalogue.append(entry)
    entry.occurrences = sorted({*entry.occurrences, place})


def _merged(template, path):
    """The texts of the template, each with the translation that the file has for it."""
    known = {}
    if path.exists():
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    catalogue = polib.POFile()
    for entry in template:
        catalogue.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.get(entry.msgid, ""),
                comment=entry.comment,
                occurrences=entry.occurrences,
                flags=entry.flags,
            )
        )
    return catalogue


def _save(catalogue, path, language=""):
    # Neither dates nor names of a host: the same texts make the same file.
    catalogue.header = f"Translation of {path.parent.name}."
    catalogue.metadata = {
        "Project-Id-Version": f"Odoo Server {odoo.release.series}",
        "Report-Msgid-Bugs-To": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, ""),
    }
    path.write_text(f"{catalogue}\n", encoding="utf-8")
