import psycopg2
from psycopg2.errors import InsufficientPrivilege

from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from ..tools import chain
from .common import SECRET, ConsentCase, ConsentSetup


@tagged("post_install", "-at_install")
class TestAttackOverRpc(ConsentSetup, CustomerHttpCase):
    """An administrator with every right changes no event over the wire."""

    def test_administrator(self):
        ana = self.env["res.partner"].create({"name": "Ana", "is_customer": True})
        ana.consent_set("t_news", False, "backend", note="Angry")
        event = self.chain_of(ana)
        before = event.read(chain.PAYLOAD[1])
        groups = "base.group_system,base.group_erp_manager,customer_base.group_customer_manager"
        new_test_user(self.env, "t_admin", groups=groups, password=PASSWORD)
        self.authenticate("t_admin", PASSWORD)
        values = {"state": "granted", "event": "granted", "subject_uuid": "x"}
        for model, method, args in (
            ("consent.event", "write", ([event.id], {"state": "granted"})),
            ("consent.event", "web_save", ([event.id], {"state": "granted"}, {})),
            ("consent.event", "unlink", ([event.id],)),
            ("consent.event", "create", ([values],)),
            ("consent.event", "copy", ([event.id],)),
            ("consent.event", "load", (["state"], [["granted"]])),
            ("consent.event", "name_create", ("granted",)),
            ("consent.event", "_append", (ana.customer_uuid, [values])),
            ("consent.event", "_drop_guard", ()),
            ("consent.event", "_secrets", ()),
            ("consent.event", "export_data", ([event.id], ["key_ref"])),
            ("consent.state", "create", ([{"state": "granted"}],)),
            ("consent.state", "_rebuild", (ana.customer_uuid,)),
            ("customer.subject", "create", ([{"uuid": "x", "partner_id": 1}],)),
            ("consent.verification", "create", ([{"state": "ok"}],)),
            ("res.partner", "_consent_set", ([ana.id], "t_news", True, "portal")),
        ):
            result, error = self.rpc(method, *args, model=model)
            if method in ("export_data", "load"):
                continue  # reads, or answers with messages; what it left is seen below
            self.assertTrue(error, (model, method, result))
        state = self.states.search([("partner_id", "=", ana.id)])
        subject = self.env["customer.subject"].search([("partner_id", "=", ana.id)])
        note = self.env["consent.event.note"].search([("event_ref", "=", event.id)])
        for record, vals in (
            (state, {"state": "granted"}),
            (subject, {"consent_sequence": 0}),
            (subject, {"uuid": "other"}),
            (note, {"body": "Friendly"}),
        ):
            for method, args in (
                ("write", (record.ids, vals)),
                ("unlink", (record.ids,)),
            ):
                _result, error = self.rpc(method, *args, model=record._name)
                self.assertTrue(error, (record._name, method))
        self.assertEqual(self.chain_of(ana).read(chain.PAYLOAD[1]), before)
        self.assertFalse(self.events.verify(ana.customer_uuid))
        self.assertEqual(self.answer(ana), "refused")


@tagged("post_install", "-at_install")
class TestAttackOnTheLedger(ConsentCase):
    """By SQL, by core's merge, by deleting who is named: refused, or named by verify()."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls.options(customer_consent_key=SECRET))
        for granted in (True, False, True, False):
            cls.ana.consent_set("t_news", granted, "backend")
        cls.uuid = cls.ana.customer_uuid
        cls.env.flush_all()

    def problems(self):
        self.env.invalidate_all()
        return [
            (row["sequence"], row["problem"]) for row in self.events.verify(self.uuid)
        ]

    def unguarded(self, query, *args):
        """As one who rules the database, and switches the guard off."""
        self.env.flush_all()
        with self.events._unguarded():
            self.env.cr.execute(SQL(query, *args))

    def test_the_role_of_odoo(self):
        for query in (
            "UPDATE consent_event SET state = 'granted'",
            "UPDATE consent_event SET note_hash = NULL WHERE sequence = 2",
            "DELETE FROM consent_event",
            "TRUNCATE consent_event",
            "TRUNCATE consent_event CASCADE",
            "INSERT INTO consent_event SELECT * FROM consent_event"
            " ON CONFLICT (id) DO UPDATE SET state = 'granted'",
        ):
            with (
                self.subTest(query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(InsufficientPrivilege),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)
        self.assertFalse(self.problems())

    def test_a_fork_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            columns = SQL(", ").join(
                SQL.identifier(name)
                for name in (*chain.PAYLOAD[1], "previous_hash", "hash")
            )
            self.env.cr.execute(
                SQL(
                    "INSERT INTO consent_event (%(columns)s) SELECT %(columns)s"
                    " FROM consent_event WHERE subject_uuid = %(uuid)s AND sequence = 2",
                    columns=columns,
                    uuid=self.uuid,
                )
            )

    def test_every_column_is_in_the_payload(self):
        stored = {name for name, field in self.events._fields.items() if field.store}
        apart = {"id", "previous_hash", "hash"}
        self.assertEqual(stored - apart, set(chain.PAYLOAD[chain.VERSION]))

    def test_every_column_is_sealed(self):
        event = self.chain_of(self.ana)[1]
        changed = {
            "payload_version": 9,
            "subject_uuid": None,  # another chain: see below
            "sequence": None,
            "at": "2001-01-01",
            "recorded_at": "2001-01-01",
            "until": "2001-01-01",
        }
        for name in chain.PAYLOAD[1]:
            value = changed.get(
                name, 7 if event._fields[name].type == "integer" else "x"
            )
            if value is None:
                continue
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.unguarded(
                    "UPDATE consent_event SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    event.id,
                )
                self.assertIn(self.problems(), ([(2, "altered")], [(2, "unknown_key")]))
                savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(self.problems())

    def test_deleted_events(self):
        for sequence, expected in (
            (1, [(1, "missing")]),
            (2, [(2, "missing")]),
            (4, [(4, "tail")]),
        ):
            with self.subTest(sequence), self.env.cr.savepoint() as savepoint:
                self.unguarded(
                    "DELETE FROM consent_event WHERE subject_uuid = %s AND sequence = %s",
                    self.uuid,
                    sequence,
                )
                self.assertEqual(self.problems(), expected)
                savepoint.rollback()

    def test_last_event_deleted_and_the_end_set_back(self):
        before = self.chain_of(self.ana)[2]
        self.unguarded(
            "DELETE FROM consent_event WHERE subject_uuid = %s AND sequence = 4",
            self.uuid,
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_subject SET consent_sequence = 3, consent_hash = %s"
                " WHERE uuid = %s",
                before.hash,
                self.uuid,
            )
        )
        self.assertEqual(self.problems(), [(4, "tail")], "its seal is not to be made")

    def test_rewritten_with_plain_hashes(self):
        """The whole chain made anew, as somebody would who reads this very source."""
        self.unguarded(
            "UPDATE consent_event SET state = 'granted', event = 'granted', key_ref = NULL"
            " WHERE subject_uuid = %s",
            self.uuid,
        )
        self.env.invalidate_all()
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM consent_event WHERE subject_uuid = %s ORDER BY sequence",
                SQL(", ").join(map(SQL.identifier, chain.PAYLOAD[1])),
                self.uuid,
            )
        )
        last = ""
        for row in self.env.cr.dictfetchall():
            made = chain.link(b"", row, last)
            self.unguarded(
                "UPDATE consent_event SET previous_hash = %s, hash = %s"
                " WHERE subject_uuid = %s AND sequence = %s",
                last,
                made,
                self.uuid,
                row["sequence"],
            )
            last = made
        self.env.cr.execute(
            SQL(
                "UPDATE customer_subject SET consent_hash = %s, consent_seal = %s"
                " WHERE uuid = %s",
                last,
                chain.head(
                    b"",
                    {
                        "uuid": self.uuid,
                        "partner_id": self.ana.id,
                        "live": True,
                        "consent_sequence": 4,
                        "consent_hash": last,
                    },
                ),
                self.uuid,
            )
        )
        self.assertEqual(self.problems(), [(5, "unsealed")])

    def test_all_gone_is_seen_by_the_anchors(self):
        self.events._write_anchors()
        self.assertFalse(self.problems())
        self.unguarded("DELETE FROM consent_event WHERE subject_uuid = %s", self.uuid)
        self.env.cr.execute(SQL("DELETE FROM consent_state"))
        self.env.cr.execute(
            SQL("DELETE FROM customer_subject WHERE uuid = %s", self.uuid)
        )
        self.assertEqual(self.problems(), [(1, "missing")])

    def test_an_older_state_of_the_chain_is_seen_by_the_anchors(self):
        self.env.cr.execute(
            SQL("SELECT * FROM customer_subject WHERE uuid = %s", self.uuid)
        )
        [then] = self.env.cr.dictfetchall()
        self.ana.consent_set("t_news", True, "backend")
        self.env.flush_all()
        self.events._write_anchors()
        # as by a backup of that day: events and end fit, seal and all
        self.unguarded(
            "DELETE FROM consent_event WHERE subject_uuid = %s AND sequence = 5",
            self.uuid,
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_subject SET consent_sequence = %s, consent_hash = %s,"
                " consent_seal = %s WHERE uuid = %s",
                then["consent_sequence"],
                then["consent_hash"],
                then["consent_seal"],
                self.uuid,
            )
        )
        self.assertEqual(self.problems(), [(5, "tail")])

    def test_chains_of_two_customers_exchanged(self):
        bo = self.new_customer("Bo")
        bo.consent_set("t_news", True, "backend")
        self.env.flush_all()
        subjects = self.subject_of(self.ana), self.subject_of(bo)
        for subject, partner_id in zip(subjects, (-1, self.ana.id), strict=True):
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_subject SET partner_id = %s WHERE id = %s",
                    partner_id,
                    subject.id,
                )
            )
        self.assertEqual(self.problems(), [(5, "tail")])

    def test_current_answer_changed_in_the_database(self):
        self.env.cr.execute(
            SQL(
                "UPDATE consent_state SET state = 'granted' WHERE subject_uuid = %s",
                self.uuid,
            )
        )
        self.assertEqual(self.problems(), [(4, "state")])
        self.env["consent.verification"]._verify()
        self.assertEqual(self.answer(self.ana), "withdrawn", "the ledger counts")
        self.assertFalse(self.problems())

    def test_current_answer_out_of_nothing(self):
        bo = self.new_customer("Bo")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "INSERT INTO consent_state (subject_uuid, partner_id, purpose_id, company_id,"
                " state, since, sequence) VALUES (%s, %s, %s, %s, 'granted', now(), 1)",
                bo.customer_uuid,
                bo.id,
                self.news.id,
                self.company.id,
            )
        )
        [found] = self.events.verify(bo.customer_uuid)
        self.assertEqual(found["problem"], "state")
        self.env["consent.verification"]._verify()
        self.assertEqual(self.answer(bo), "unanswered")

    def test_moved_to_another_customer(self):
        bo = self.new_customer("Bo")
        bo.consent_set("t_news", False, "backend")
        self.unguarded(
            "DELETE FROM consent_event WHERE subject_uuid = %s", bo.customer_uuid
        )
        self.unguarded(
            "UPDATE consent_event SET subject_uuid = %s WHERE subject_uuid = %s"
            " AND sequence = 1",
            bo.customer_uuid,
            self.uuid,
        )
        self.assertEqual(self.problems(), [(1, "missing")])
        [theirs] = self.events.verify(bo.customer_uuid)
        self.assertEqual(theirs["problem"], "altered")

    def test_a_wording_changed_in_the_database(self):
        """Also with its hash made anew, and also taken away."""
        forged = self.wording._digest("Everything", self.wording.notice)
        for changed in (
            {"body": "Everything"},
            {"body": "Everything", "hash": forged},
            {"published_at": None},
        ):
            with self.subTest(changed), self.env.cr.savepoint() as savepoint:
                for column, value in changed.items():
                    self.env.cr.execute(
                        SQL(
                            "UPDATE consent_wording SET %s = %s WHERE id = %s",
                            SQL.identifier(column),
                            value,
                            self.wording.id,
                        )
                    )
                self.env.invalidate_all()
                found = [r for r in self.events.verify() if r["problem"] == "wording"]
                self.assertEqual([r["wording_id"] for r in found], [self.wording.id])
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_remark_changed_in_the_database(self):
        self.ana.consent_set("t_news", False, "backend", note="Angry")
        self.env.flush_all()
        self.assertFalse(self.problems())
        self.env.cr.execute("UPDATE consent_event_note SET body = 'Friendly'")
        self.assertEqual(self.problems(), [(5, "note")])

    def test_a_customer_put_aside_in_the_database(self):
        """So that nobody is left who refused, and a new subject is asked anew."""
        self.env.cr.execute(
            SQL("UPDATE customer_subject SET live = false WHERE uuid = %s", self.uuid)
        )
        self.env.cr.execute(
            SQL("DELETE FROM consent_state WHERE subject_uuid = %s", self.uuid)
        )
        self.assertEqual(self.problems(), [(5, "tail")])

    def test_an_answer_given_to_another_in_the_database(self):
        bo = self.new_customer("Bo")
        self.env.flush_all()
        for column, value in (("partner_id", bo.id), ("channel", "portal")):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    SQL(
                        "UPDATE consent_state SET %s = %s WHERE subject_uuid = %s",
                        SQL.identifier(column),
                        value,
                        self.uuid,
                    )
                )
                self.assertEqual(self.problems(), [(4, "state")])
                savepoint.rollback()
            self.env.invalidate_all()

    def test_archive_delete_and_merge(self):
        count = len(self.chain_of(self.ana))
        self.ana.action_archive()
        self.assertEqual(len(self.chain_of(self.ana)), count)
        bo = self.new_customer("Bo")
        bo.consent_set("t_news", True, "backend")
        kept, before = bo.customer_uuid, self.chain_of(bo).read(chain.PAYLOAD[1])
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.ana | bo).ids, self.ana)
        theirs = self.events.search([("subject_uuid", "=", kept)])
        self.assertEqual(theirs.read(chain.PAYLOAD[1]), before)
        self.assertFalse(self.problems())
        self.ana.unlink()
        rows = self.events.search([("subject_uuid", "=", self.uuid)])
        self.assertEqual(len(rows), count + 1, "and the one of the merge")
        self.assertFalse(self.problems())
        self.assertFalse(self.events.verify(kept))

    def test_operator_deleted(self):
        operator = self.new_user("t_op", "customer_base.group_customer_user")
        operator_id = operator.id
        self.ana.with_user(operator).consent_set("t_news", True, "backend")
        self.env.flush_all()
        operator.unlink()
        event = self.chain_of(self.ana)[-1]
        self.assertEqual(event.user_ref, operator_id)
        self.assertFalse(event.user_id)
        self.assertEqual(self.ana.consent_history()[0]["operator"], "")
        self.assertFalse(self.problems())
