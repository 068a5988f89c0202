"""Packages of the distribution, fetched and unpacked into a folder: no root, nothing installed on the machine."""

import shutil

from host import console, places

ADVICE = "Install Odoo 19 yourself and set ODOO_PATH to the folder that holds its package `odoo`, then run this again."


class Archive:
    """A private apt beside the machine's own; mirrors are read from the machine's configuration, never written here."""

    def __init__(self, folder):
        self.folder = folder
        self.log = places.LOGS / "apt.log"
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise console.Failure(
                f"this machine has no apt to fetch Odoo with. {ADVICE}"
            )
        (folder / "lists/partial").mkdir(parents=True)
        (folder / "cache/archives/partial").mkdir(parents=True)

    def options(self, own_sources=False):
        settings = {
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Retries": 1,
            "Acquire::http::Timeout": 20,
            "Acquire::Languages": "none",
            "APT::Update::Error-Mode": "any",
            # The work folder may be out of reach for apt's own user.
            "APT::Sandbox::User": "root",
        }
        if not own_sources:
            settings["Dir::Etc::SourceList"] = self.folder / "sources.list"
            settings["Dir::Etc::SourceParts"] = "/dev/null"
        return [
            part
            for name, value in settings.items()
            for part in ("-o", f"{name}={value}")
        ]

    def call(self, program, *arguments, own_sources=False, cwd=None):
        """The lines printed by an apt program, or None when it failed."""
        lines = []
        command = [program, *self.options(own_sources), *arguments]
        done = console.run(
            command, self.log, on_line=lines.append, cwd=cwd or self.folder
        )
        return lines if done else None

    def own(self):
        """The machine's main repository, as the beginning of a source line: options, address, release."""
        found = self._targets(["apt-get"])
        if not found:
            # A machine whose package lists were never fetched (a fresh container) names no repository.
            self._update(own_sources=True)
            found = self._targets(["apt-get", *self.options(own_sources=True)])
        for address, release, key in found:
            # Security, updates and backports are no complete archive.
            if "security" not in address and "-" not in release:
                return (
                    f"[signed-by={key}] " if key.startswith("/") else ""
                ) + address, release
        raise console.Failure(
            f"apt on this machine has no package source to fetch Odoo from. {ADVICE}"
        )

    def _targets(self, command):
        lines = []
        form = "$(REPO_URI)|$(RELEASE)|$(SIGNED_BY)"
        console.run(
            [*command, "indextargets", "--format", form, "Created-By: Packages"],
            self.log,
            on_line=lines.append,
        )
        return [line.split("|") for line in lines if line.count("|") == 2]

    def open(self, repository, release=None, components="main"):
        """Read the lists of one repository, in another release of it if asked."""
        address, own_release = repository
        source = f"deb {address} {release or own_release} {components}\n"
        (self.folder / "sources.list").write_text(source, encoding="utf-8")
        self._update()

    def _update(self, own_sources=False):
        if self.call("apt-get", "update", own_sources=own_sources) is None:
            raise console.Failure(
                "the package archive cannot be reached: no network, or apt's sources are wrong?"
                f" Mend it and run this again. What apt said is in {self.log}\n{console.tail(self.log, 4)}"
            )

    def version(self, package):
        lines = self.call("apt-cache", "show", package) or []
        return next(
            (line.split()[1] for line in lines if line.startswith("Version:")), None
        )

    def unpack(self, packages, root):
        """Download packages and unpack them into a folder."""
        folder = self.folder / "packages"
        folder.mkdir()
        if self.call("apt-get", "download", *packages, cwd=folder) is None:
            raise console.Failure(
                f"a download from the package archive failed: run this again; what apt said is in {self.log}"
                f"\n{console.tail(self.log, 4)}"
            )
        root.mkdir()
        for package in sorted(folder.glob("*.deb")):
            if not console.run(["dpkg-deb", "-x", package, root], self.log):
                raise console.Failure(
                    f"a package could not be unpacked (disk full?)\n{console.tail(self.log, 4)}"
                )
            package.unlink()
