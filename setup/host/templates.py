"""Databases for tests: layers of templates that are kept, and a copy for each run.

The lower layer has core's modules only and hardly ever changes; the upper adds ours and is made anew when a file
that goes into the database changes. Addons that the suite leaves out have a third, for their own tests only. What goes
to the browser is compiled again when that changes.
"""

import contextlib
import os
import secrets

from host import addons, places, source

BASE, SUITE, APART = "suite_base_", "suite_full_", "suite_apart_"
RUN = "suite_run_"
UNFINISHED = "_unfinished"
KEEP = 3  # of each layer: other branches and checkouts share the cache
# What tests ask for and no view names, so that nothing else compiles it beforehand.
TEST_BUNDLES = (
    "web.assets_tests",
    "point_of_sale._assets_pos",
    "point_of_sale.assets_prod",
)


@contextlib.contextmanager
def copy_for_a_run(host, with_assets, apart=False):
    """The name of a fresh database with everything installed, dropped at the end.

    :param apart: with the addons, too, that the suite leaves out
    """
    with places.lock(
        "templates", "Waiting for another run that prepares the template database …"
    ):
        _sweep(host)
        template = _suite(host, _base(host))
        if apart:
            template = _apart(host, template)
        if with_assets:
            _assets(host, template)
        name = f"{RUN}{os.getpid()}_{secrets.token_hex(3)}"
        held = places.try_lock(f"run-{name}")
        host.copy(template, name)
    try:
        yield name
    finally:
        _drop_run(host, name)
        held.close()


def _sweep(host):
    """Drop what killed runs left: a run that lives holds its lock."""
    names = {database.partition("-")[0] for database in host.server.databases(RUN)}
    for name in names:
        held = places.try_lock(f"run-{name}")
        if held:
            _drop_run(host, name)
            held.close()


def _drop_run(host, name):
    # Workers of pytest have copies of their own, with a suffix.
    for database in host.server.databases(name):
        host.drop(database)
    places.remove(host.filestore(name))
    (host.folder / f"{name}.conf").unlink(missing_ok=True)
    (places.CACHE / "locks" / f"run-{name}").unlink(missing_ok=True)


def _base(host):
    modules = addons.foreign_dependencies()
    key = places.digest(
        host.odoo, source.release(host.odoo), *modules, *places.LANGUAGES
    )

    def install(name):
        host.server.create(name)
        languages = f"--load-language={','.join(places.LANGUAGES)}"
        host.run(
            "Template: installing core's modules (once)",
            name,
            "-i",
            ",".join(modules or ["base"]),
            languages,
        )

    return _template(host, BASE, key, install)


def _suite(host, base):
    return _more(host, SUITE, base, "Template: installing the suite", addons.together())


def _apart(host, suite):
    return _more(
        host, APART, suite, "Template: installing what stands apart", addons.apart()
    )


def _more(host, prefix, lower, title, modules):
    """The template with some of our addons on top of a lower one."""
    prints = addons.fingerprints(host.odoo)
    kept = (f"{name}={prints[name]}" for name in ("base", *modules))

    def install(name):
        host.copy(lower, name)
        host.run(title, name, "-i", ",".join(modules))

    return _template(host, prefix, places.digest(lower, *kept), install)


def _template(host, prefix, key, install):
    """The database of one layer; a final name means that it is complete."""
    name = prefix + key
    if name not in host.server.databases(prefix):
        unfinished = name + UNFINISHED
        host.drop(unfinished)
        places.need_disk(800, "A template database")
        install(unfinished)
        host.rename(unfinished, name)
        (host.folder / f"{unfinished}.conf").unlink(missing_ok=True)
    _stamp(host, name).touch()
    _drop_old(host, prefix)
    return name


def _stamp(host, name):
    """A file beside the database that tells when it was used last and for which assets."""
    folder = host.folder / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _drop_old(host, prefix):
    def used(name):
        return _stamp(host, name).stat().st_mtime if _stamp(host, name).exists() else 0

    for name in sorted(host.server.databases(prefix), key=used, reverse=True)[KEEP:]:
        host.drop(name)
        _stamp(host, name).unlink(missing_ok=True)


def _assets(host, template):
    stamp, current = _stamp(host, template), addons.static_fingerprint()
    if stamp.read_text(encoding="utf-8") != current:
        host.inside("Template: compiling the assets", template, "assets", *TEST_BUNDLES)
        stamp.write_text(current, encoding="utf-8")
