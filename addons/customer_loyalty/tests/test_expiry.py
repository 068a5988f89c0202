from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestExpiry(LoyaltyCommon, TransactionCase):
    """Points that nobody spends go, the oldest first, and not without a word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programs.search([]).expiry_basis = "none"
        cls.program.write(
            {"expiry_basis": "earning", "expiry_months": 12, "expiry_notice_days": 0}
        )
        cls.customer.email = "ana@example.com"
        cls.card = cls.new_card()
        cls.notices = cls.env["loyalty.expiry.notice"]

    def setUp(self):
        super().setUp()
        # a test cannot commit
        self.progress = self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress")
        )
        self.progress.return_value = 60

    def on(self, day):
        self.env.flush_all()
        self.env.invalidate_all()
        return freeze_time(f"{day} 12:00:00")

    def earn(self, day, points, card=None):
        with self.on(day):
            return (card or self.card)._book("earned", issued=points)

    def spend(self, day, points):
        with self.on(day):
            return self.card._book("spent", used=points)

    def run_job(self, day):
        with self.on(day):
            self.env["loyalty.card"]._cron_expire()
        self.env.flush_all()
        self.env.invalidate_all()

    def expired(self, card=None):
        lines = (card or self.card).history_ids.sorted("id")
        return [line.used for line in lines if line.kind == "expired"]

    def next_expiry(self, day, card=None):
        with self.on(day):
            card = card or self.card
            return str(card.points_expire_on or ""), card.points_expiring

    def mails(self):
        return (
            self.env["mail.mail"]
            .search([("email_to", "!=", "nobody")])
            .filtered(lambda mail: self.customer in mail.recipient_ids)
        )

    # -- after earning ---------------------------------------------------------------------

    def test_oldest_first(self):
        self.earn("2024-01-31", 100)
        self.earn("2024-06-01", 50)
        self.spend("2024-07-01", 30)
        self.assertEqual(self.next_expiry("2024-08-01"), ("2025-01-31", 70))
        self.run_job("2025-01-31")
        self.assertEqual(self.expired(), [], "the last day is one to spend")
        for _again in range(2):
            self.run_job("2025-02-01")
            self.assertEqual(self.expired(), [70])
        self.assertEqual(self.next_expiry("2025-02-02"), ("2025-06-01", 50))
        self.run_job("2026-01-01")
        self.assertEqual(self.expired(), [70, 50])
        self.assertEqual(self.card.points, 0)
        self.assertEqual(self.next_expiry("2026-01-02"), ("", 0))
        self.assertBooked(self.card)

    def test_what_is_spent_comes_from_the_oldest(self):
        self.earn("2024-01-31", 100)
        self.earn("2024-06-01", 50)
        self.spend("2024-07-01", 120)
        self.run_job("2025-02-01")
        self.assertEqual(self.expired(), [])
        self.assertEqual(self.next_expiry("2025-02-01"), ("2025-06-01", 30))

    def test_a_job_that_was_late_takes_all_that_is_due(self):
        self.earn("2024-01-31", 100)
        self.earn("2024-06-01", 50)
        self.earn("2024-12-01", 5)
        self.run_job("2025-09-01")
        self.assertEqual(self.expired(), [150])
        self.assertEqual(self.card.points, 5)

    def test_end_of_the_month(self):
        self.program.expiry_months = 1
        self.earn("2024-01-31", 10)
        self.assertEqual(self.next_expiry("2024-02-01"), ("2024-02-29", 10))

    def test_what_is_taken_back_was_the_purchase(self):
        """A return of the new purchase leaves the old points to expire, not the new."""
        with self.on("2024-06-01"):
            self.card._book_earned(50, self.sale)
        self.earn("2024-01-31", 100)
        with self.on("2024-07-01"):
            self.card._claw_back(self.sale, self.refund, lambda _program: 1)
        self.assertEqual(self.next_expiry("2024-08-01"), ("2025-01-31", 100))
        self.run_job("2025-02-01")
        self.assertEqual((self.expired(), self.card.points), ([100], 0))

    def test_what_comes_back_is_as_old_as_the_oldest(self):
        self.earn("2024-01-31", 100)
        with self.on("2024-02-01"):
            self.card._book("spent", used=40, document=self.sale)
        self.earn("2024-06-01", 50)
        with self.on("2024-12-01"):
            self.card._give_back(self.sale, self.refund, 40)
        self.assertEqual(self.next_expiry("2024-12-02"), ("2025-01-31", 100))

    def test_a_balance_that_is_owed_expires_nothing(self):
        self.earn("2024-01-31", 100)
        self.spend("2024-02-01", 130)
        self.run_job("2025-06-01")
        self.assertEqual(self.expired(), [])

    def test_released_points_count_from_the_day_they_can_be_spent(self):
        self.program.pending_days = 14
        with self.on("2024-01-31"):
            self.card._book_earned(10, self.sale)
        with self.on("2024-02-20"):
            self.card.pending_ids._release()
        self.assertEqual(self.next_expiry("2024-03-01"), ("2025-02-14", 10))

    # -- after activity --------------------------------------------------------------------

    def test_activity_keeps_all_alive(self):
        self.program.expiry_basis = "activity"
        self.earn("2024-01-31", 100)
        self.spend("2024-12-01", 10)
        self.run_job("2025-06-01")
        self.assertEqual(self.expired(), [])
        self.assertEqual(self.next_expiry("2025-06-01"), ("2025-12-01", 90))
        with self.on("2025-11-01"):  # what the shop does is no activity of the customer
            self.card.customer_adjust(5, "Gift")
        self.run_job("2025-12-02")
        self.assertEqual((self.expired(), self.card.points), ([95], 0))

    # -- what never expires ------------------------------------------------------------------

    def test_money_coupons_and_programmes_without_a_rule(self):
        wallet = self.new_program("Account", "ewallet", expiry_basis="earning")
        gift = self.new_program("Gift", "gift_card", expiry_basis="earning")
        free = self.new_program("Free")
        cards = self.env["loyalty.card"]
        for program in (wallet, gift, free):
            cards |= (card := self.new_card(program=program))
            self.earn("2024-01-31", 10, card)
        self.run_job("2030-01-01")
        self.assertEqual(cards.mapped("points"), [10, 10, 10])

    def test_paused_programmes_and_archived_cards(self):
        self.earn("2024-01-31", 10)
        self.card.active = False
        self.run_job("2030-01-01")
        self.card.active = True
        self.program.active = False
        self.run_job("2030-01-01")
        self.assertEqual(self.card.points, 10)

    # -- the announcement --------------------------------------------------------------------

    def test_announced_once_for_each_day(self):
        self.program.expiry_notice_days = 30
        self.earn("2024-01-31", 100)
        self.earn("2024-02-10", 50)
        self.run_job("2024-12-31")
        self.assertFalse(self.notices.search([("card_id", "=", self.card.id)]))
        for _again in range(2):
            self.run_job("2025-01-01")
        (notice,) = self.notices.search([("card_id", "=", self.card.id)])
        self.assertEqual((notice.expires_on, notice.points), (date(2025, 1, 31), 100))
        (mail,) = self.mails()
        self.assertIn("100 Points", mail.subject)
        self.assertIn("100 Points", mail.body_html)
        self.assertIn("150 Points", mail.body_html)
        self.run_job("2025-01-11")
        latest = self.notices.search([("card_id", "=", self.card.id)])[0]
        self.assertEqual((latest.expires_on, latest.points), (date(2025, 2, 10), 50))
        self.assertEqual(len(self.mails()), 2)
        self.run_job("2025-02-01")
        self.run_job("2025-02-11")
        self.assertEqual(self.expired(), [100, 50])

    def test_nothing_goes_before_it_was_announced(self):
        """A shop switches expiry on: who has old points gets the days of notice."""
        self.program.expiry_notice_days = 30
        self.earn("2020-01-31", 100)
        self.earn("2020-06-30", 50)
        self.assertEqual(self.next_expiry("2024-01-01"), ("2024-01-31", 150))
        for day in ("2024-01-01", "2024-01-20", "2024-01-31"):
            self.run_job(day)
            self.assertEqual(self.next_expiry(day), ("2024-01-31", 150))
        self.assertEqual(self.expired(), [])
        self.assertEqual(len(self.mails()), 1)
        self.run_job("2024-02-01")
        self.assertEqual(self.expired(), [150])

    def test_activity_after_the_announcement(self):
        self.program.write({"expiry_basis": "activity", "expiry_notice_days": 30})
        self.earn("2024-01-31", 100)
        self.run_job("2025-01-15")
        self.earn("2025-01-20", 5)
        self.run_job("2025-03-01")
        self.assertEqual(self.expired(), [])
        self.run_job("2026-01-01")
        self.assertEqual(len(self.mails()), 2)
        self.run_job("2026-01-21")
        self.assertEqual(self.card.points, 105, "30 days from the announcement")
        self.run_job("2026-02-01")
        self.assertEqual(self.card.points, 0)

    def test_who_has_no_address_gets_the_same_days(self):
        self.customer.email = False
        self.program.expiry_notice_days = 30
        self.earn("2024-01-31", 100)
        self.run_job("2025-03-01")
        self.assertEqual(self.expired(), [])
        self.assertFalse(self.mails())
        self.run_job("2025-04-01")
        self.assertEqual(self.expired(), [100])

    def test_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("customer_loyalty.mail_template_points_expire")
        template.with_context(lang="fr_FR").subject = "À dépenser"
        self.customer.lang = "fr_FR"
        self.program.expiry_notice_days = 30
        self.earn("2024-01-31", 100)
        self.run_job("2025-01-15")
        self.assertEqual(self.mails().subject, "À dépenser")

    # -- on the record, and stopped halfway ----------------------------------------------------

    def test_in_the_journal_without_a_name(self):
        line = self.earn("2024-01-31", 100)
        self.run_job("2025-02-01")
        row = self.env["customer.journal"].search(
            [("event", "=", "points_expired")], limit=1
        )
        self.assertEqual(row.subject_uuid, self.customer.customer_uuid)
        self.assertEqual(row.channel, "cron")
        self.assertEqual(row.details["points"], 100)
        self.assertGreater(row.details["line"], line.id)

    def test_stopped_halfway(self):
        """Each batch stands by itself, and the next run does what is left."""
        cards = self.env["loyalty.card"]
        for number in range(5):
            cards |= self.new_card(partner_id=self.new_customer(f"C{number}").id)
        for card in cards:
            self.earn("2024-01-31", 10, card)
        module = "odoo.addons.customer_loyalty.models.loyalty_card_expiry._BATCH"
        self.progress.side_effect = [60, 0]
        with patch(module, 2):
            self.run_job("2025-02-01")
        self.progress.side_effect = None
        self.assertEqual(len(cards.filtered(lambda c: not c.points)), 4)
        self.run_job("2025-02-01")
        self.assertEqual(cards.mapped("points"), [0] * 5)
        self.assertEqual([self.expired(card) for card in cards], [[10]] * 5)

    def test_cards_without_a_holder(self):
        card = self.new_card(partner_id=False)
        self.program.expiry_notice_days = 1
        self.earn("2024-01-31", 10, card)
        self.run_job("2025-02-01")
        self.run_job("2025-02-09")
        self.assertEqual(card.points, 0)
