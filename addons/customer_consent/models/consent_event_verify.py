from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import chain

_BATCH = 5000


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
            ``state`` (the current answers are not what the events say; see
            ``consent.state._rebuild``) and ``wording`` (a published text is not the one
            that was agreed to)
        :raise AccessError: for users who are no customer managers
        """
        self.env["res.partner"]._check_customer_manager()
        self.env.flush_all()
        anchors = self._read_anchors()
        broken = list(self._verify_chains(subject_uuid, anchors))
        if subject_uuid is None:
            broken += self._verify_wordings()
        return broken

    @api.model
    def _verify_chains(self, subject_uuid, anchors):
        secrets = self._secrets()
        wanted = SQL("uuid = %s", subject_uuid) if subject_uuid else SQL("TRUE")
        heads = {
            row["uuid"]: row
            for row in self._rows(
                SQL(
                    "SELECT uuid, partner_id, live, consent_sequence, consent_hash,"
                    " consent_seal FROM customer_subject WHERE consent_sequence > 0 AND %s",
                    wanted,
                )
            )
        }
        if subject_uuid:
            anchors = {u: a for u, a in anchors.items() if u == subject_uuid}
        states = self._states(subject_uuid)
        for uuid, rows in self._chains(subject_uuid):
            head, kept = heads.pop(uuid, None), states.pop(uuid, {})
            if problem := self._verify_chain(
                uuid, rows, secrets, head, anchors.pop(uuid, None)
            ) or self._verify_states(uuid, rows, head, kept):
                yield problem
        for uuid in sorted(heads.keys() | anchors.keys()):
            yield {"subject_uuid": uuid, "sequence": 1, "problem": "missing"}
        for uuid in sorted(states.keys() - heads.keys() - anchors.keys()):
            yield {"subject_uuid": uuid, "sequence": 1, "problem": "state"}

    @api.model
    def _chains(self, subject_uuid):
        """Tuples of a subject's UUID and its events, in their order."""
        columns = [*chain.PAYLOAD[chain.VERSION], "previous_hash", "hash"]
        where = SQL("subject_uuid = %s", subject_uuid) if subject_uuid else SQL("TRUE")
        query = SQL(
            "SELECT %s FROM consent_event WHERE %s ORDER BY subject_uuid, sequence",
            SQL(", ").join(map(SQL.identifier, columns)),
            where,
        )
        uuid, rows = None, []
        for row in self._rows(query):
            if row["subject_uuid"] != uuid:
                if rows:
                    yield uuid, rows
                uuid, rows = row["subject_uuid"], []
            rows.append(row)
        if rows:
            yield uuid, rows

    @api.model
    def _states(self, subject_uuid):
        """:return: dict of UUID to dict of id of purpose to what is kept as the answer"""
        where = SQL("subject_uuid = %s", subject_uuid) if subject_uuid else SQL("TRUE")
        names = ("state", "since", "until", "asked_at", "sequence")
        query = SQL(
            "SELECT subject_uuid, purpose_id, %s FROM consent_state WHERE %s",
            SQL(", ").join(map(SQL.identifier, names)),
            where,
        )
        states = {}
        for row in self._rows(query):
            kept = states.setdefault(row["subject_uuid"], {})
            kept[row["purpose_id"]] = tuple(row[name] for name in names)
        return states

    @api.model
    def _verify_states(self, uuid, rows, head, kept):
        """Compare the current answers with the events that they come of."""
        made = {
            purpose_id: (
                answer["state"],
                answer["since"],
                answer["until"],
                answer["asked_at"],
                answer["sequence"],
            )
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
        end = (uuid, head["partner_id"], sequence, last)
        sealing = [
            name
            for name, secret in secrets.items()
            if chain.head(secret, *end) == head["consent_seal"]
        ]
        if not sealing:
            return "tail"
        # else a whole chain could be made anew without the secret
        return "unsealed" if self._secret() and sealing == [""] else ""

    @api.model
    def _verify_wordings(self):
        # sudo: of all companies
        wordings = self.env["consent.wording"].sudo()
        for wording in wordings.search([("published_at", "!=", False)]):
            if not wording._is_unchanged():
                yield {
                    "subject_uuid": "",
                    "sequence": 0,
                    "problem": "wording",
                    "wording_id": wording.id,
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
        secret = self._secret()
        if not secret:
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
            subject._end_consents(
                subject.consent_sequence, subject.consent_hash, secret
            )
        return True
