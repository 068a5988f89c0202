"""What our addons say of themselves, and fingerprints that tell when something has changed."""

import ast
import hashlib

from host import places, source

SUITE = "customer_suite"
SOURCES = {".py", ".xml", ".csv", ".po", ".pot"}


def manifests():
    """Our installable addons: name → manifest."""
    found = {}
    for path in sorted(places.ADDONS.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def of_a_shop():
    """What a shop installs: the suite, which pulls in the rest, and what stands apart."""
    ours = manifests()
    return (
        [SUITE, *apart()]
        if SUITE in ours
        else [name for name in ours if not name.startswith("test_")]
    )


def apart():
    """Our addons that the suite leaves out: they bring in others, of another licence."""
    ours = manifests()
    suite = set(ours.get(SUITE, {}).get("depends", ours))
    return [
        name
        for name, manifest in ours.items()
        if name not in suite | {SUITE} and SUITE not in manifest.get("depends", [])
    ]


def together():
    """All the others, which are installed with each other."""
    return [name for name in manifests() if name not in apart()]


def foreign_dependencies():
    """What our addons need that is not ours, those apart left out."""
    ours = manifests()
    needed = {other for name in together() for other in ours[name].get("depends", [])}
    return sorted(needed - set(ours))


def fingerprint(folder, static=False):
    """A hash of an addon: of what is loaded into the database, or of what the browser gets (``static``)."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if (
            relative.parts[0] == "tests"
            or "__pycache__" in relative.parts
            or not path.is_file()
        ):
            continue
        in_static = relative.parts[0] == "static"
        if in_static if static else (not in_static and path.suffix in SOURCES):
            total.update(f"{relative}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def fingerprints(odoo):
    """Addon → fingerprint, and Odoo's version under ``base``."""
    prints = {name: fingerprint(places.ADDONS / name) for name in manifests()}
    return {"base": places.digest(odoo, source.release(odoo)), **prints}


def static_fingerprint():
    return places.digest(
        *(fingerprint(places.ADDONS / name, static=True) for name in manifests())
    )
