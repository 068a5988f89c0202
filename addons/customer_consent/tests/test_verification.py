from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import SECRET, ConsentCase


@tagged("post_install", "-at_install")
class TestVerification(ConsentCase):
    """Secrets that come and change, anchors, and somebody who is told."""

    def setUp(self):
        super().setUp()
        self.ana.consent_set("t_news", True, "backend")
        self.uuid = self.ana.customer_uuid
        self.env.flush_all()

    def problem(self):
        return [row["problem"] for row in self.events.verify(self.uuid)]

    def test_a_secret_that_comes_later(self):
        self.assertFalse(self.problem())
        self.set_key(SECRET)
        self.assertEqual(self.problem(), ["unsealed"])
        with self.refused(AccessError):
            self.events.with_user(self.manager).action_seal()
        self.events.with_user(self.env.ref("base.user_admin")).action_seal()
        self.assertFalse(self.problem())
        self.ana.consent_set("t_news", False, "backend")
        self.assertFalse(self.problem())

    def test_no_secret_to_seal_with(self):
        with self.refused(UserError, "customer_consent_key"):
            self.events.with_user(self.env.ref("base.user_admin")).action_seal()

    def test_sealing_takes_nothing_broken_for_true(self):
        self.set_key(SECRET)
        with self.events._unguarded():
            self.env.cr.execute(
                SQL(
                    "UPDATE consent_event SET state = 'refused' WHERE subject_uuid = %s",
                    self.uuid,
                )
            )
        self.env.invalidate_all()
        self.events.with_user(self.env.ref("base.user_admin")).action_seal()
        self.assertEqual(self.problem(), ["altered"])

    def test_a_new_secret_beside_the_former(self):
        self.set_key("former")
        self.events.with_user(self.env.ref("base.user_admin")).action_seal()
        self.ana.consent_set("t_news", False, "backend")
        self.set_key("new, former")
        self.ana.consent_set("t_news", True, "backend")
        self.assertFalse(self.problem())
        self.set_key("new")
        self.assertEqual(self.problem(), ["unknown_key"])
        self.set_key("")
        self.assertEqual(self.problem(), ["unknown_key"])

    def test_anchors_are_added_once(self):
        self.events._write_anchors()
        self.assertEqual(self.events._write_anchors(), 0)
        self.ana.consent_set("t_news", False, "backend")
        self.env.flush_all()
        self.assertEqual(self.events._write_anchors(), 1)
        path = self.events._anchor_path()
        lines = [line for line in path.read_text().splitlines() if self.uuid in line]
        self.assertEqual(len(lines), 2)
        # the process was killed in the middle of a line
        path.write_text(path.read_text()[:-20])
        self.assertFalse(self.problem())
        self.assertEqual(self.events._write_anchors(), 1)
        self.assertFalse(self.problem())

    def test_a_damaged_file_of_anchors(self):
        self.events._write_anchors()
        path = self.events._anchor_path()
        path.write_text("garbage\n" + path.read_text() + f"x {self.uuid} many abc\n")
        self.assertFalse(self.problem())

    def test_no_file_of_anchors_to_write_to(self):
        """What was found is kept and told all the same."""
        self.startPatcher(self.options(customer_consent_anchors=__file__))
        with mute_logger("odoo.addons.customer_consent.models.consent_verification"):
            result = self.env["consent.verification"]._verify()
        self.assertIn("anchor_file", [row["problem"] for row in result.broken])
        self.assertTrue(result.activity_ids)

    def test_customer_no_more_and_deleted(self):
        self.ana.is_customer = False
        self.ana.unlink()
        self.assertFalse(self.problem())
        self.assertEqual(self.env["consent.verification"]._verify().broken or [], [])

    def test_broken_is_told_once(self):
        verifications = self.env["consent.verification"]
        verifications._cron_verify()
        self.assertFalse(verifications.search([], limit=1).activity_ids)
        with self.events._unguarded():
            self.env.cr.execute(
                SQL("DELETE FROM consent_event WHERE subject_uuid = %s", self.uuid)
            )
        self.env.invalidate_all()
        verifications._cron_verify()
        broken = verifications.search([], limit=1)
        self.assertEqual(broken.state, "broken")
        self.assertIn(self.uuid, broken.broken_text)
        self.assertEqual(broken.activity_ids.user_id, verifications._get_warned_users())
        verifications._cron_verify()
        again = verifications.search([], limit=1)
        self.assertEqual(again.state, "broken")
        self.assertFalse(again.activity_ids)

    def test_results_stay(self):
        result = self.env["consent.verification"]._verify()
        with self.refused(AccessError):
            result.state = "broken"
        with self.refused(AccessError):
            result.with_user(self.manager).unlink()
