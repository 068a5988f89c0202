"""Where Odoo 19 comes from: a folder of the user's, or the distribution's package unpacked into the cache."""

import os
import re
import shutil
from pathlib import Path

from host import console, environment, places
from host.archive import ADVICE, Archive

# Beside Odoo: what the package only links to.
PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-glyphicons-halflings",
    "fonts-ocr-b",
)
# Left out of the package as non-free; a bundle that names it fails without the file. Only blurring a camera needs it.
STUBS = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


def find(python):
    """The folder that holds the package ``odoo``, fetched when there is none.

    :param python: the environment's interpreter (its packages hold fonts that Odoo's package links to)
    """
    chosen = own()
    if chosen:
        return chosen
    with places.lock("source", "Waiting for another run that fetches Odoo …"):
        complete = sorted(
            places.CACHE.glob("odoo-*/usr"), key=lambda path: path.stat().st_mtime
        )
        root = complete[-1].parent if complete else _fetch(python)
    return root / "usr/lib/python3/dist-packages"


def own():
    """The user's own Odoo, or None; a wrong one is told before anything is fetched."""
    chosen = os.environ.get("ODOO_PATH")
    return _checked(Path(chosen).expanduser().resolve()) if chosen else None


def release(odoo):
    """The version of Odoo in a folder, as text, or None."""
    try:
        text = (odoo / "odoo/release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    match = re.search(r"^version_info = \((\d+), *(\d+)", text, re.MULTILINE)
    return match and f"{match[1]}.{match[2]}"


def _checked(folder):
    found = release(folder)
    if found is None:
        raise console.Failure(
            f"ODOO_PATH is {folder}, where there is no odoo/release.py: name the folder above it."
        )
    if found != "19.0":
        raise console.Failure(
            f"ODOO_PATH holds Odoo {found}; the suite is for Odoo 19.0."
        )
    return folder


def addons_paths(odoo):
    """Folders of addons besides the package's own, ours first (a checkout keeps core's beside the package)."""
    return [
        path
        for path in (places.ADDONS, odoo / "addons")
        if any(path.glob("*/__manifest__.py"))
    ]


def _fetch(python):
    places.need_disk(3000, "Fetching Odoo")
    with console.step("Fetching Odoo 19 (130 MB)"), places.workshop("source") as work:
        archive = Archive(work)
        release_name, components = _suite()
        archive.open(archive.own(), release_name, components)
        version = archive.version("odoo-19")
        if not version:
            raise console.Failure(
                f"the package archive of this distribution has no odoo-19. {ADVICE}"
            )
        archive.unpack(PACKAGES, work / "root")
        _mend(work / "root", environment.library(python))
        final = places.CACHE / f"odoo-{version}"
        places.remove(final)
        (work / "root").rename(final)
    return final


def _suite():
    """The release of the machine's archive that has Odoo 19: where it arrives first."""
    words = ""
    with open("/etc/os-release", encoding="utf-8") as handle:
        words = " ".join(
            line for line in handle if line.startswith(("ID=", "ID_LIKE="))
        )
    if "ubuntu" in words:
        return "devel", "main universe"
    return "sid", "main"


def _mend(root, packages):
    """Replace links to what is not there: one missing file breaks a whole bundle of assets."""
    share = [root / "usr/share", packages / "xstatic"]
    odoo = root / "usr/lib/python3/dist-packages/odoo"
    for path in odoo.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()
            # The same file elsewhere, else the same font in another format, else nothing in it.
            names = (path.name, f"{path.stem}.*", f"{path.stem}-Regular.*")
            found = (
                match
                for name in names
                for folder in share
                for match in sorted(folder.rglob(name))
            )
            source = next((match for match in found if match.is_file()), None)
            if source:
                shutil.copyfile(source, path)
            else:
                path.touch()
    for name in STUBS:
        stub = odoo / "addons" / name
        if not stub.exists():
            stub.parent.mkdir(parents=True, exist_ok=True)
            stub.write_text(
                "// Not free software, hence not part of this package.\n",
                encoding="utf-8",
            )
