from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestPending(LoyaltyCommon, TransactionCase):
    """Points that wait, and what returns take back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.pending_days = 14
        cls.card = cls.new_card(3)
        cls.today = fields.Date.context_today(cls.card)

    def release(self, days):
        self.env.flush_all()
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            while self.env["loyalty.pending"]._release_batch():
                self.env.invalidate_all()
        self.env.invalidate_all()

    def test_wait_and_are_released_once(self):
        self.card._book_earned(10, self.sale)
        self.card._book_earned(5, self.refund)
        self.assertEqual((self.card.points, self.card.points_pending), (3, 15))
        self.assertEqual(self.card.points_ready_on, self.today + timedelta(14))
        self.release(13)
        self.assertEqual((self.card.points, self.card.points_pending), (3, 15))
        for _again in range(2):
            self.release(14)
            self.assertEqual((self.card.points, self.card.points_pending), (18, 0))
            self.assertFalse(self.card.points_ready_on)
        self.assertEqual(
            self.kinds(self.card),
            [("adjusted", 3, 0), ("earned", 10, 0), ("earned", 5, 0)],
        )
        line = self.card.history_ids.sorted("id")[1]
        self.assertEqual(
            (line.order_model, line.order_id), (self.sale._name, self.sale.id)
        )
        self.assertEqual(line.earned_on, self.today + timedelta(14))
        self.assertBooked(self.card)

    def test_document_of_a_module_that_is_gone(self):
        row = self.card._book_earned(10, self.sale)
        self.card._book_earned(5, self.sale)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE loyalty_pending SET order_model = 'gone.order' WHERE id = %s",
            row.ids,
        )
        self.env.invalidate_all()
        self.release(14)
        self.assertEqual(self.card.points, 18)

    def test_at_once(self):
        self.program.pending_days = 0
        self.card._book_earned(10, self.sale)
        self.assertEqual(self.card.points, 13)
        wallet = self.new_card(0, self.new_program("W", "ewallet", pending_days=14))
        wallet._book_earned(50, self.sale)
        self.assertEqual(wallet.points, 50)

    def test_cancelled(self):
        self.card._book_earned(10, self.sale)
        self.env["loyalty.pending"]._cancel(self.sale)
        self.assertEqual(self.card.points_pending, 0)
        self.release(20)
        self.assertEqual(self.card.points, 3)

    def test_returned_before_they_exist(self):
        self.card._book_earned(10, self.sale)
        taken = self.card._claw_back(self.sale, self.refund, lambda program: 0.4)
        self.assertEqual(
            taken, [{"card": self.card, "points": 0, "pending": 4, "shortfall": 0}]
        )
        self.assertEqual((self.card.points, self.card.points_pending), (3, 6))
        # the same return again takes nothing
        self.assertFalse(self.card._claw_back(self.sale, self.refund, lambda p: 0.4))
        self.release(14)
        self.assertEqual(self.card.points, 9)
        # the rest comes back after the release
        self.card._claw_back(self.sale, self.second_refund, lambda program: 1)
        self.assertEqual(self.card.points, 3)
        self.assertBooked(self.card)

    def test_numbers_that_are_none(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.program.pending_days = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestClawBack(LoyaltyCommon, TransactionCase):
    """Points go back with what earned them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.new_card(5)
        cls.card._book_earned(30, cls.sale)

    def claw(self, share, refund=None):
        return self.card._claw_back(self.sale, refund or self.refund, lambda p: share)

    def test_in_proportion_and_in_all(self):
        preview = self.card._claw_back_preview(self.sale, lambda p: 1 / 3)
        self.assertEqual(self.claw(1 / 3), preview)
        self.assertEqual(self.card.points, 25)
        self.claw(2 / 3, self.second_refund)
        self.claw(1, self.second_refund)
        self.assertEqual(self.card.points, 5)
        self.assertFalse(self.claw(5))
        line = self.card.history_ids.sorted("id").filtered(
            lambda line: line.kind == "clawed_back"
        )[:1]
        self.assertEqual(
            (line.order_id, line.source_id), (self.refund.id, self.sale.id)
        )
        self.assertBooked(self.card)

    def test_spent_meanwhile(self):
        for policy, points, shortfall in (
            ("negative", -22, 0),
            ("note", 0, 22),
            ("reduce", 0, 22),
        ):
            with self.subTest(policy), self.cr.savepoint() as savepoint:
                self.program.write(
                    {"clawback_policy": policy, "clawback_point_value": 0.1}
                )
                self.card._book("spent", used=27)
                taken = self.claw(1)
                self.assertEqual(
                    (self.card.points, taken[0]["shortfall"]), (points, shortfall)
                )
                # what is missing is settled: another return does not ask again
                self.card._book("adjusted", issued=100)
                self.assertFalse(self.claw(1))
                self.assertBooked(self.card)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_reward_comes_back(self):
        self.card._book("spent", used=20, document=self.sale)
        self.card._give_back(self.sale, self.refund, 12)
        self.assertEqual(self.card.points, 27)
        self.assertFalse(self.card._give_back(self.sale, self.refund, 12))
        self.card._give_back(self.sale, self.second_refund, 100)
        self.assertEqual(self.card.points, 35)
        self.assertBooked(self.card)

    def test_points_that_moved_to_another_customer(self):
        other = self.new_card(0)
        self.card._book("transferred", used=30, document=self.sale)
        other._book("transferred", issued=30, document=self.sale)
        taken = self.claw(1)
        self.assertEqual([row["card"] for row in taken], [other])
        self.assertEqual((self.card.points, other.points), (5, 0))

    def test_moved_after_some_came_back(self):
        self.claw(0.4)
        other = self.new_card(0)
        self.card._book("transferred", used=18, document=self.sale)
        other._book("transferred", issued=18, document=self.sale)
        taken = self.claw(0.7, self.second_refund)
        self.assertEqual([(row["card"], row["points"]) for row in taken], [(other, 9)])
        self.claw(1, self.second_refund)
        self.assertEqual((self.card.points, other.points), (5, 0))

    def test_expired_points_are_gone_already(self):
        self.program.write({"expiry_basis": "earning", "expiry_months": 1})
        day = fields.Date.context_today(self.card) + timedelta(days=40)
        self.card._book("expired", used=30, earned_on=day)
        self.assertFalse(self.claw(1))
        self.assertEqual(self.card.points, 5)

    def test_defaults_of_a_caller_stay_out(self):
        for name, value in (
            ("default_points", 1000),
            ("default_taken_back", -1000),
            ("default_source_model", "res.partner"),
        ):
            cards = self.env["loyalty.card"].with_context(**{name: value})
            self.program.pending_days = 0
            line = cards.browse(self.card.id)._book("earned", issued=1)
            self.assertFalse(line.source_model)
            self.program.pending_days = 5
            row = cards.browse(self.card.id)._book_earned(1, self.sale)
            self.assertEqual(row.points - row.taken_back, 1)
            made = cards.create({"program_id": self.program.id})
            self.assertEqual(made.points, 0)

    def test_settings_that_make_no_sense(self):
        for values in (
            {"clawback_policy": "reduce", "clawback_point_value": 0},
            {"expiry_basis": "earning", "expiry_months": 0},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.program.write(values)


@tagged("post_install", "-at_install")
class TestTypes(LoyaltyCommon, TransactionCase):
    """Programmes for customers of some types."""

    def test_type_that_counts_today(self):
        student = self.env["customer.type"].create({"name": "Student"})
        self.assertTrue(self.program._takes_customer(self.customer))
        self.assertTrue(self.program._takes_customer(self.customer.browse()))
        self.program.customer_type_ids = student
        self.assertFalse(self.program._takes_customer(self.customer))
        self.assertFalse(self.program._takes_customer(self.customer.browse()))
        self.customer.customer_type_id = student
        self.assertTrue(self.program._takes_customer(self.customer))
        child = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer.id}
        )
        self.assertTrue(self.program._takes_customer(child))
        self.customer.customer_type_until = fields.Date.subtract(
            fields.Date.today(), days=2
        )
        self.assertFalse(self.program._takes_customer(self.customer))
