import os
import re
from contextlib import suppress
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import SQL, config

_LINE = re.compile(
    r"\S+ (?P<uuid>[0-9a-f-]{36}) (?P<sequence>[0-9]{1,9}) (?P<last>[0-9a-f]{64})"
)


class ConsentEvent(models.Model):
    """Anchors: the ends of the chains, written to a file outside the database once a day.

    Who rules the database can switch the guard off; without the secret they can seal
    nothing anew, and with a former end of a chain, taken from a backup, they stand against
    the anchors.
    """

    _inherit = "consent.event"

    @api.model
    def _anchor_path(self):
        """The file of the anchors: ``customer_consent_anchors`` of the configuration,
        by default one for each database beside the filestores."""
        folder = config.get("customer_consent_anchors") or os.path.join(
            config["data_dir"], "consent_anchors"
        )
        return Path(folder) / f"{self.env.cr.dbname}.log"

    @api.model
    def _read_anchors(self):
        """The latest anchor of each chain; a line that is none is passed over.

        :return: dict of UUID to tuple of sequence and hash
        :raise OSError: when there is a file that cannot be read
        """
        anchors = {}
        with suppress(FileNotFoundError):
            with self._anchor_path().open(encoding="ascii", errors="replace") as lines:
                for line in lines:
                    if anchor := _LINE.fullmatch(line.strip()):  # else it was cut off
                        anchors[anchor["uuid"]] = (
                            int(anchor["sequence"]),
                            anchor["last"],
                        )
        return anchors

    @api.model
    def _write_anchors(self, broken=()):
        """Add the ends that moved since the last time; of broken chains none.

        :return: how many were added
        :raise OSError: when the file cannot be written
        """
        anchors = self._read_anchors()
        skipped = {row["subject_uuid"] for row in broken}
        path = self._anchor_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        now, added = fields.Datetime.now().isoformat(), 0
        with path.open("a", encoding="ascii") as lines:
            lines.write("\n")  # the last one may have been cut off
            for row in self._rows(
                SQL(
                    "SELECT uuid, consent_sequence, consent_hash FROM customer_subject"
                    " WHERE consent_sequence > 0 ORDER BY uuid"
                )
            ):
                end = (row["consent_sequence"], row["consent_hash"])
                if row["uuid"] in skipped or anchors.get(row["uuid"]) == end:
                    continue
                lines.write(f"{now} {row['uuid']} {end[0]} {end[1]}\n")
                added += 1
            lines.flush()
            os.fsync(lines.fileno())
        return added

    @api.model
    def _retire_anchors(self):
        """Put the file away under the name of the day: it speaks of this ledger, and not
        of one that begins anew."""
        path = self._anchor_path()
        day = fields.Datetime.now().strftime("%Y%m%d-%H%M%S")

        @self.env.cr.postcommit.add  # a removal that fails keeps them
        def rename():
            if path.exists():
                path.rename(path.with_suffix(f".{day}.log"))
