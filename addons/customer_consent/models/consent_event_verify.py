from collections import defaultdict
from itertools import groupby, islice
from operator import itemgetter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import chain

_BATCH = 5000  # rows
_SUBJECTS = 1000
_ANSWER = ("state", "since", "until", "asked_at", "wording_id", "channel", "sequence")


class ConsentEvent(models.Model):
    """Is the ledger whole? Each chain is walked, and compared with its anchors."""

    _inherit = "consent.event"

    @api.model
    def verify(self, subject_uuid=None):
        """Walk the chains and name what is broken.

        :param str subject_uuid: one chain; all by default
        :return: list of dict ``{"subject_uuid", "sequence", "problem"}``, the first broken
            link of each chain, empty when all is sound. Problems are ``missing`` (an event
            is not there), ``altered`` (its content is not what was sealed), ``unsealed``
            (without the secret, though there is one: see ``action_seal``),
            ``unknown_key`` (sealed with a secret that is not configured), ``tail`` (events
            at the end are not there, or not announced by the subject), ``subject`` (the
            subject is not there), ``anchor`` (the chain is not the one that was anchored),
            ``anchor_file`` (the file of anchors cannot be read),
            ``state`` (the current answers are not what the events say; see
            ``consent.state._rebuild``), ``note`` (a remark is not the one that was written)
            and ``wording`` (a published text is not the one that was agreed to)
        :raise AccessError: for users who are no customer managers
        """
        self.env["res.partner"]._check_customer_manager()
        self.env.flush_all()
        broken = []
        try:
            anchors = self._read_anchors()
        except OSError:
            anchors = {}
            broken.append({"subject_uuid": "", "sequence": 0, "problem": "anchor_file"})
        broken += self._verify_chains(subject_uuid, anchors)
        broken += self._verify_notes(subject_uuid)
        if subject_uuid is None:
            broken += self._verify_wordings()
        return broken

    @api.model
    def _verify_chains(self, subject_uuid, anchors):
        if subject_uuid:
            anchors = {u: a for u, a in anchors.items() if u == subject_uuid}
        secrets, seen = self._secrets(), set()
        chains = self._chains(subject_uuid)
        while batch := dict(islice(chains, _SUBJECTS)):
            seen |= anchors.keys() & batch.keys()
            heads, states = self._heads(batch), self._states(batch)
            for uuid, rows in batch.items():
                head = heads.get(uuid)
                if problem := self._verify_chain(
                    uuid, rows, secrets, head, anchors.get(uuid)
                ) or self._verify_states(uuid, rows, head, states.get(uuid, {})):
                    yield problem
        headless = {uuid for uuid in anchors if uuid not in seen}
        for uuid in sorted(headless | set(self._without_events("customer_subject"))):
            if subject_uuid in (None, uuid):
                yield {"subject_uuid": uuid, "sequence": 1, "problem": "missing"}
        for uuid in self._without_events("consent_state"):
            if subject_uuid in (None, uuid):
                yield {"subject_uuid": uuid, "sequence": 1, "problem": "state"}

    @api.model
    def _chains(self, subject_uuid):
        """Tuples of a subject's UUID and its events, in their order."""
        columns = [*chain.PAYLOAD[chain.VERSION], "previous_hash", "hash"]
        query = SQL(
            "SELECT %s FROM consent_event WHERE %s ORDER BY subject_uuid, sequence",
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL("subject_uuid = %s", subject_uuid) if subject_uuid else SQL("TRUE"),
        )
        # sorted by the database, and far too many to be held in memory
        # pylint: disable-next=bad-builtin-groupby
        for uuid, rows in groupby(self._rows(query), itemgetter("subject_uuid")):
            yield uuid, list(rows)

    @api.model
    def _heads(self, uuids):
        """:return: dict of UUID to the subject's row, which holds the end of the chain"""
        self.env.cr.execute(
            SQL(
                "SELECT uuid, partner_id, live, consent_sequence, consent_hash,"
                " consent_seal FROM customer_subject WHERE uuid = ANY(%s)",
                list(uuids),
            )
        )
        return {row["uuid"]: row for row in self.env.cr.dictfetchall()}

    @api.model
    def _states(self, uuids):
        """:return: dict of UUID to dict of id of purpose to what is kept as the answer"""
        self.env.cr.execute(
            SQL(
                "SELECT subject_uuid, purpose_id, partner_id, %s FROM consent_state"
                " WHERE subject_uuid = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, _ANSWER)),
                list(uuids),
            )
        )
        states = defaultdict(dict)
        for row in self.env.cr.dictfetchall():
            states[row["subject_uuid"]][row["purpose_id"]] = (
                row["partner_id"],
                *(row[name] for name in _ANSWER),
            )
        return states

    @api.model
    def _without_events(self, table):
        """UUIDs of what says that there are events, where there is none."""
        column = "uuid" if table == "customer_subject" else "subject_uuid"
        said = SQL("consent_sequence > 0") if column == "uuid" else SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %(uuid)s FROM %(table)s AS here WHERE %(said)s"
                " AND NOT EXISTS (SELECT FROM consent_event AS event"
                " WHERE event.subject_uuid = %(uuid)s) ORDER BY 1",
                uuid=SQL.identifier("here", column),
                table=SQL.identifier(table),
                said=said,
            )
        )
        return [uuid for (uuid,) in rows]

    @api.model
    def _verify_states(self, uuid, rows, head, kept):
        """Compare the current answers with the events that they come of."""
        made = {
            purpose_id: (head["partner_id"], *(answer[name] for name in _ANSWER))
            for purpose_id, answer in self.env["consent.state"]._folded(rows).items()
        }
        if kept == (made if head["live"] else {}):
            return None
        return {"subject_uuid": uuid, "sequence": len(rows), "problem": "state"}

    @api.model
    def _rows(self, query):
        """Rows as dict, read in batches by a cursor of the server."""
        cr = self.env.cr
        cr.execute(SQL("DECLARE consent_rows NO SCROLL CURSOR FOR %s", query))
        try:
            while True:
                cr.execute(SQL("FETCH %s FROM consent_rows", _BATCH))
                rows = cr.dictfetchall()
                if not rows:
                    return
                yield from rows
        finally:
            cr.execute("CLOSE consent_rows")

    @api.model
    def _verify_chain(self, uuid, rows, secrets, head, anchor):
        """:return: the first broken link of a chain, None for a sound one"""
        last, sealed = "", False
        for expected, row in enumerate(rows, start=1):
            problem = self._verify_link(row, expected, last, secrets, sealed)
            if not problem and anchor and anchor[0] == expected:
                problem = "" if anchor[1] == row["hash"] else "anchor"
            if problem:
                return {"subject_uuid": uuid, "sequence": expected, "problem": problem}
            last, sealed = row["hash"], sealed or bool(row["key_ref"])
        problem = self._verify_head(uuid, len(rows), last, secrets, head)
        if not problem and anchor and anchor[0] > len(rows):
            problem = "tail"
        if problem:
            return {"subject_uuid": uuid, "sequence": len(rows) + 1, "problem": problem}
        return None

    @api.model
    def _verify_link(self, row, expected, last, secrets, sealed):
        if row["sequence"] != expected:
            return "missing"
        if row["payload_version"] not in chain.PAYLOAD:
            return "altered"
        if sealed and not row["key_ref"]:
            return "unsealed"
        if (row["key_ref"] or "") not in secrets:
            return "unknown_key"
        made = chain.link(secrets[row["key_ref"] or ""], row, last)
        sound = (row["previous_hash"] or "") == last and row["hash"] == made
        return "" if sound else "altered"

    @api.model
    def _verify_head(self, uuid, sequence, last, secrets, head):
        if not head:
            return "subject"
        if (head["consent_sequence"], head["consent_hash"]) != (sequence, last):
            return "tail"
        sealing = [
            name
            for name, secret in secrets.items()
            if chain.head(secret, head) == head["consent_seal"]
        ]
        if not sealing:
            return "tail"
        # else a whole chain could be made anew without the secret
        return "unsealed" if self._secret() and sealing == [""] else ""

    @api.model
    def _verify_wordings(self):
        """Compare the published texts with what the events vouch for."""
        self.env.cr.execute(
            "SELECT DISTINCT wording_ref, wording_hash FROM consent_event"
            " WHERE wording_ref > 0"
        )
        agreed = defaultdict(set)
        for wording_id, text_hash in self.env.cr.fetchall():
            agreed[wording_id].add(text_hash)
        # sudo: of all companies
        wordings = self.env["consent.wording"].sudo()
        known = wordings.search([("published_at", "!=", False)])
        for wording in known:
            hashes = agreed.pop(wording.id, set()) | {wording.hash}
            if hashes != {wording._digest(wording.body, wording.notice)}:
                yield self._problem_of_wording(wording.id)
        for wording_id in sorted(agreed):
            yield self._problem_of_wording(wording_id)

    @api.model
    def _problem_of_wording(self, wording_id):
        return {
            "subject_uuid": "",
            "sequence": 0,
            "problem": "wording",
            "wording_id": wording_id,
        }

    @api.model
    def _verify_notes(self, subject_uuid):
        """Compare the remarks that were not erased with what their events vouch for."""
        query = SQL(
            "SELECT event.subject_uuid, event.sequence, event.note_hash, note.salt, note.body"
            " FROM consent_event_note AS note"
            " LEFT JOIN consent_event AS event ON event.id = note.event_ref WHERE %s",
            SQL("event.subject_uuid = %s", subject_uuid)
            if subject_uuid
            else SQL("TRUE"),
        )
        hash_note = self.env["customer.journal"]._hash_note
        for row in self._rows(query):
            if row["note_hash"] != hash_note(row["salt"], row["body"]):
                yield {
                    "subject_uuid": row["subject_uuid"] or "",
                    "sequence": row["sequence"] or 0,
                    "problem": "note",
                }

    # -- sealing ----------------------------------------------------------------------

    @api.model
    def action_seal(self):
        """Seal with the secret what was written before there was one.

        Done by hand and once, after a look at ``verify``: what is sealed here is taken
        for true from then on. Nothing in the ledger changes, only the ends of the chains.

        :raise AccessError: for users who are no administrators
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only an administrator seals what has no seal yet.")
            )
        if not self._secret():
            raise UserError(
                self.env._(
                    "There is no secret to seal with: set customer_consent_key in the "
                    "configuration file of the server, and restart it."
                )
            )
        unsealed = [r for r in self.verify() if r["problem"] == "unsealed"]
        # sudo: ends of chains are written by acts, never by users
        subjects = self.env["customer.subject"].sudo()
        for subject in subjects.search(
            [("uuid", "in", [row["subject_uuid"] for row in unsealed])]
        ):
            subject = subject._lock_consents(subject.uuid)
            subject._end_consents(subject.consent_sequence, subject.consent_hash)
        return True
