import json
import unittest
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from odoo.addons.customer_base.tests.common import CustomerHttpCase

from .common import LoyaltyCommon

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None


@tagged("post_install", "-at_install")
class TestCard(LoyaltyCommon, CustomerHttpCase):
    """Points, money and vouchers on the customer's card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "points_seller",
            password="points_seller",
            groups="customer_base.group_customer_user",
            lang=cls.env["res.lang"].search([], limit=1).code,
        )
        cls.today = fields.Date.context_today(cls.customer)
        cls.wallet = cls.new_program("Account", "ewallet")
        cls.gift = cls.new_program("Gift", "gift_card")

    def loyalty(self, customer=None):
        self.env.flush_all()
        self.env.invalidate_all()
        customer = (customer or self.customer).with_user(self.seller)
        return customer.customer_card()["loyalty"]

    def test_points(self):
        self.program.pending_days = 14
        card = self.new_card(20)
        card._book_earned(5, self.sale)
        (row,) = self.loyalty()["programs"]
        self.assertTrue(row.pop("updated_at"))
        self.assertEqual(
            row,
            {
                "program_id": self.program.id,
                "name": "Bonus",
                "kind": "loyalty",
                "card_id": card.id,
                "code": card.code,
                "points": 20,
                "text": "20 Points",
                "pending": 5,
                "pending_text": "5 Points",
                "ready_on": str(self.today + timedelta(14)),
                "expires_on": "",
                "expiring_text": "",
            },
        )

    def test_what_expires_next(self):
        self.program.write({"expiry_basis": "earning", "expiry_notice_days": 0})
        card = self.new_card(20)
        card._book("earned", issued=5, earned_on=self.today - timedelta(30))
        card._book("spent", used=2)
        (row,) = self.loyalty()["programs"]
        day = fields.Date.add(self.today - timedelta(30), months=12)
        self.assertEqual(
            (row["expires_on"], row["expiring_text"]), (str(day), "3 Points")
        )

    def test_money_and_vouchers(self):
        self.new_card(12, self.wallet)
        late, early = (
            self.new_card(
                30, self.gift, expiration_date=self.today + timedelta(days=days)
            )
            for days in (30, 10)
        )
        loyalty = self.loyalty()
        self.assertEqual([row["kind"] for row in loyalty["programs"]], ["ewallet"])
        self.assertIn("12", loyalty["programs"][0]["text"])
        self.assertEqual(
            [(row["code"], row["expires_on"]) for row in loyalty["vouchers"]],
            [
                (early.code, str(self.today + timedelta(10))),
                (late.code, str(self.today + timedelta(30))),
            ],
        )

    def test_what_cannot_be_used_is_left_out(self):
        self.new_card(12, self.gift, expiration_date=self.today - timedelta(1))
        self.new_card(0, self.gift)
        self.new_card(9).active = False
        paused = self.new_program("Paused")
        self.new_card(9, paused)
        paused.active = False
        other = self.env["res.company"].create({"name": "Second shop"})
        self.new_card(9, self.new_program("There", company_id=other.id))
        self.assertEqual(self.loyalty(), {"programs": [], "vouchers": []})

    def test_an_account_may_be_empty_or_owed(self):
        self.new_card(0)
        self.assertEqual([row["points"] for row in self.loyalty()["programs"]], [0])
        self.env["loyalty.card"].search([("partner_id", "=", self.customer.id)])._book(
            "clawed_back", used=4
        )
        (row,) = self.loyalty()["programs"]
        self.assertEqual((row["points"], row["text"]), (-4, "-4 Points"))

    def test_fits_the_schema(self):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        self.program.write({"expiry_basis": "activity", "pending_days": 3})
        self.new_card(5)._book_earned(2, self.sale)
        self.new_card(5.5, self.wallet)
        self.new_card(5, self.gift, expiration_date=self.today)
        with file_open("customer_base/static/schema/customer_card.schema.json") as file:
            validator = Draft202012Validator(json.load(file))
        for customer in (self.customer, self.new_customer("Nothing")):
            card = customer.with_user(self.seller).customer_card()
            errors = validator.iter_errors(json.loads(json.dumps(card)))
            self.assertFalse([f"{e.json_path}: {e.message}" for e in errors])

    def test_as_many_queries_for_many_cards(self):
        """Each program and voucher more costs nothing more."""
        self.program.expiry_basis = "earning"

        def count():
            before = self.cr.sql_log_count
            self.loyalty()
            return self.cr.sql_log_count - before

        self.new_card(5)
        count()
        few = count()
        for number in range(5):
            program = self.new_program(f"More {number}", expiry_basis="earning")
            self.new_card(5, program)
            self.new_card(5, self.gift)
        count()
        self.assertLessEqual(count(), few + 2)

    def test_export(self):
        card = self.new_card(20)
        card._book("spent", used=4, description="Coffee")
        self.new_card(7, self.gift).active = False
        exported = self.customer._customer_export()["loyalty"]
        self.assertEqual(json.loads(json.dumps(exported)), exported)
        self.assertEqual(
            [(row["program"], row["points"]) for row in exported],
            [("Bonus", 16), ("Gift", 7)],
        )
        self.assertEqual(
            sorted(
                (line["kind"], line["description"], line["balance"])
                for line in exported[0]["history"]
            ),
            [("adjusted", "Begin", 20), ("spent", "Coffee", 16)],
        )

    def test_erasure_plan(self):
        card, gift = self.new_card(20), self.new_card(7, self.gift)
        card.customer_adjust(3, "For her birthday")
        plan = {
            (step["model"], step["field"], step["action"]): step["ids"]
            for step in self.customer._customer_erasure_plan()
        }
        self.assertEqual(plan["loyalty.card", "code", "mask"], card.ids)
        self.assertEqual(plan["loyalty.card", "partner_id", "detach"], gift.ids)
        self.assertEqual(plan["loyalty.card", "partner_id", "keep"], card.ids)
        self.assertEqual(
            sorted(plan["loyalty.history", "description", "mask"]),
            sorted((card | gift).history_ids.ids),
        )
        notes = [
            id_
            for step in self.customer._customer_erasure_plan()
            if step["model"] == "customer.journal.note"
            for id_ in step["ids"]
        ]
        bodies = self.env["customer.journal.note"].browse(notes).mapped("body")
        self.assertIn("For her birthday", bodies)

    def test_over_rpc(self):
        self.new_card(20)
        self.authenticate("points_seller", "points_seller")
        card, _error = self.rpc("customer_card", self.customer.ids)
        self.assertEqual(card["loyalty"]["programs"][0]["points"], 20)
        self.seller.group_ids = [
            Command.unlink(self.env.ref("customer_base.group_customer_user").id)
        ]
        _card, error = self.rpc("customer_card", self.customer.ids)
        self.assertEqual(error["name"], f"odoo.exceptions.{AccessError.__name__}")
