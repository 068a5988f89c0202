import json

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.customer_base.models.customer_journal import ActingEmployee

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestJournal(CustomerCase):
    """Rows that stay as they are and say nothing about the person."""

    def rows(self, uuid):
        return self.env["customer.journal"].search([("subject_uuid", "=", uuid)])

    def test_row_of_a_deletion(self):
        customer = self.new_customer(
            "Very Secret", email="secret@example.com", customer_code="T-SECRET"
        )
        uuid, partner_id = customer.customer_uuid, customer.id
        customer.with_user(self.manager).unlink()
        row = self.rows(uuid)
        self.assertEqual(row.mapped("event"), ["deleted"])
        self.assertEqual(row.user_ref, self.manager.id)
        self.assertEqual(row.user_id, self.manager)
        self.assertEqual(row.channel, "backend")
        self.assertEqual(row.company_ref, self.manager.company_id.id)
        self.assertFalse(row.partner_id)
        subject = self.env["customer.subject"].search([("uuid", "=", uuid)])
        self.assertFalse(subject.live)
        self.assertEqual(subject.partner_id, partner_id)
        self.env.flush_all()
        self.cr.execute(
            "SELECT to_jsonb(j)::text FROM customer_journal j WHERE id = %s", [row.id]
        )
        stored = self.cr.fetchone()[0].lower()
        for personal in ("secret", "example.com"):
            self.assertNotIn(personal, stored)

    def test_refused_act_leaves_no_row(self):
        customer = self.new_customer()
        uuid = customer.customer_uuid
        with self.refused(AccessError):
            customer.with_user(self.user).unlink()
        self.assertFalse(self.rows(uuid))
        self.assertTrue(self.subject_of(customer).live)

    def test_append_only(self):
        journal = self.env["customer.journal"]
        row = journal._log(self.new_customer().customer_uuid, "deleted")
        for env in (self.env, self.env(user=self.manager), self.env(su=True)):
            with self.refused(AccessError):
                row.with_env(env).write({"reason": "other"})
            with self.refused(AccessError):
                row.with_env(env).unlink()
        with self.refused(AccessError):
            journal.with_user(self.manager).create({"event": "deleted"})
        with self.refused(AccessError):
            journal.with_user(self.user).search([])

    def test_partner_of_a_row(self):
        company = self.new_company()
        customer = self.new_customer()
        row = self.env["customer.journal"]._log(customer.customer_uuid, "deleted")
        self.assertEqual(row.partner_id, customer)
        customer.company_id = company
        self.manager.company_ids = self.company
        self.env.invalidate_all()
        self.assertFalse(row.with_user(self.manager).partner_id)

    def test_rows_of_another_company(self):
        company = self.new_company()
        row = (
            self.env["customer.journal"]
            .with_company(company)
            ._log(self.new_customer().customer_uuid, "deleted", note="free words")
        )
        seen = self.env["customer.journal"].with_user(self.manager).search([])
        self.assertNotIn(row, seen)
        notes = self.env["customer.journal.note"].with_user(self.manager).search([])
        self.assertNotIn(row.id, notes.mapped("journal_ref"))

    def test_note_apart_and_committed_to(self):
        journal = self.env["customer.journal"]
        uuid = self.new_customer().customer_uuid
        row = journal._log(uuid, "deleted", reason="typo", note="Typed «Jean» twice")
        note = self.env["customer.journal.note"].search([("journal_ref", "=", row.id)])
        self.assertEqual(note.body, "Typed «Jean» twice")
        self.assertEqual(row.note_hash, journal._hash_note(note.salt, note.body))
        self.assertNotEqual(row.note_hash, journal._hash_note(note.salt, "other"))
        self.env.flush_all()
        self.cr.execute(
            "SELECT to_jsonb(j)::text FROM customer_journal j WHERE id = %s", [row.id]
        )
        self.assertNotIn("Jean", self.cr.fetchone()[0])
        twin = journal._log(uuid, "deleted", note="Typed «Jean» twice")
        self.assertNotEqual(row.note_hash, twin.note_hash)

    def test_details_are_kept(self):
        row = self.env["customer.journal"]._log(
            self.new_customer().customer_uuid, "type_renewed", customer_type=7
        )
        self.assertEqual(json.loads(json.dumps(row.details)), {"customer_type": 7})

    def test_context_of_a_caller_claims_nothing(self):
        journal = self.env["customer.journal"]
        uuid = self.new_customer().customer_uuid
        for channel in ("cron", "nonsense", 5, ["pos"]):
            row = journal.with_context(
                customer_channel=channel, customer_employee_ref=12
            )._log(uuid, "deleted")
            self.assertEqual(row.channel, "backend")
            self.assertFalse(row.employee_ref)
        row = journal.with_context(
            customer_channel="pos", customer_employee_ref=ActingEmployee(12)
        )._log(uuid, "deleted")
        self.assertEqual((row.channel, row.employee_ref), ("pos", 12))

    @mute_logger("odoo.sql_db")
    def test_one_live_subject(self):
        customer = self.new_customer()
        subjects = self.env["customer.subject"]
        with self.assertRaises(Exception) as refusal, self.cr.savepoint():
            subjects.create({"partner_id": customer.id, "uuid": "x"})
        self.assertIn("partner_live_unique", str(refusal.exception))
        self.assertEqual(
            subjects._ensure(customer.ids), {customer.id: customer.customer_uuid}
        )

    def test_redirects_are_short(self):
        redirect = self.env["customer.redirect"]
        redirect._add(900001, 900002)
        redirect._add(900002, 900003)
        self.assertEqual(redirect._resolve(900001), 900003)
        self.assertEqual(redirect._resolve(900002), 900003)
        redirect._add(900003, 900001)  # back again
        self.assertEqual(redirect._resolve(900002), 900001)
        self.assertEqual(redirect._resolve(900003), 900001)
        self.assertEqual(redirect._resolve(900001), 900001)
        self.assertEqual(redirect._resolve(900009), 900009)
