import json
import unittest

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import file_open

from .common import CustomerCase

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None


@tagged("post_install", "-at_install")
class TestCard(CustomerCase):
    """The card that other systems read, as its schema says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(
            "customer_base/static/schema/customer_card.schema.json", "r"
        ) as schema:
            cls.schema = json.load(schema)

    def assertFits(self, card):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        Draft202012Validator.check_schema(self.schema)
        errors = Draft202012Validator(self.schema).iter_errors(
            json.loads(json.dumps(card))
        )
        self.assertFalse([f"{error.json_path}: {error.message}" for error in errors])

    def full_customer(self, **values):
        return self.new_customer(
            "Jolanta Żak",
            customer_type_id=self.student.id,
            customer_note="Likes tea",
            customer_sensitive_note="Peanut allergy",
            email="jolanta@example.com",
            phone="+48 22 555 01 02",
            street="ul. Długa 1",
            zip="00-238",
            city="Warszawa",
            country_id=self.env.ref("base.pl").id,
            website="https://example.com",
            category_id=[Command.create({"name": "VIP"})],
            child_ids=[
                Command.create({"name": "Work", "type": "delivery", "city": "Łódź"}),
                Command.create({"name": "Ola", "type": "contact"}),
            ],
            **values,
        )

    def test_full_card(self):
        customer = self.full_customer()
        card = customer.with_user(self.user).customer_card()
        self.assertFits(card)
        identity = card["identity"]
        self.assertEqual(identity["name"], "Jolanta Żak")
        self.assertEqual(identity["code"], customer.customer_code)
        self.assertEqual(identity["uuid"], customer.customer_uuid)
        self.assertEqual(identity["type"]["label"], "Student −10\u202f%")
        self.assertEqual(identity["type"]["until"], str(customer.customer_type_until))
        self.assertEqual(identity["tags"], ["VIP"])
        kinds = [(a["kind"], a["city"], a["country"]) for a in identity["addresses"]]
        self.assertEqual(
            kinds, [("contact", "Warszawa", "PL"), ("delivery", "Łódź", "")]
        )
        self.assertEqual(card["note"], {"text": "Likes tea", "sensitive": True})

    def test_empty_card(self):
        customer = self.new_customer("E")
        self.assertFits(customer.customer_card())
        self.assertFits(self.partners.create({"name": "None"}).customer_card())

    def test_expired_card(self):
        customer = self.new_customer(
            customer_type_id=self.student.id, customer_type_until="2020-01-31"
        )
        card = customer.customer_card()
        self.assertFits(card)
        self.assertTrue(card["identity"]["type"]["expired"])
        self.assertEqual(card["identity"]["type"]["name"], self.default_type.name)

    def test_blocked_card(self):
        company = self.new_customer("Debt Co", is_company=True)
        customer = self.new_customer("D", parent_id=company.id)
        self.assertEqual(customer.customer_card()["block"], [])
        company.customer_block(["pos", "credit"], "unpaid", note="Third reminder")
        customer.customer_block(["pos"], "abuse", until="2200-01-31")
        card = customer.with_user(self.user).customer_card()
        self.assertFits(card)
        self.assertEqual(
            [
                (b["scope"], b["reason"], b["until"], b["through"])
                for b in card["block"]
            ],
            [("pos", "unpaid", "", "Debt Co"), ("credit", "unpaid", "", "Debt Co")],
        )
        self.assertNotIn("Third", str(card), "the note is for managers")

    def test_sensitive_text_is_never_in_it(self):
        customer = self.full_customer()
        group = self.env.ref("customer_base.group_customer_sensitive")
        self.user.group_ids = [Command.link(group.id)]
        for user in (self.user, self.env.user):
            card = json.dumps(customer.with_user(user).customer_card())
            self.assertNotIn("Peanut", card)
        self.assertNotIn("Peanut", json.dumps(customer.customer_search("Jolanta")))

    def test_rows_hold_no_notes(self):
        self.full_customer()
        row = self.partners.customer_search("Jolanta")["rows"][0]
        self.assertNotIn("Likes tea", json.dumps(row))

    def test_schema_says_no_to_what_does_not_fit(self):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        validator = Draft202012Validator(self.schema)
        card = json.loads(json.dumps(self.full_customer().customer_card()))
        self.assertTrue(validator.is_valid({**card, "another": {"any": "thing"}}))
        for broken in (
            {**card, "sales": "a text"},
            {**card, "note": {**card["note"], "body": "Peanut allergy"}},
            {**card, "identity": {**card["identity"], "uuid": "7"}},
            {key: value for key, value in card.items() if key != "attributes"},
        ):
            self.assertFalse(validator.is_valid(broken))

    def test_refused(self):
        nobody = self.new_user("nobody", "base.group_user")
        with self.refused(AccessError, "Customers: User"):
            self.full_customer().with_user(nobody).customer_card()

    def test_export_hook_is_json(self):
        exported = self.full_customer()._customer_export()
        self.assertEqual(json.loads(json.dumps(exported)), exported)
        self.assertIn("customer", exported)

    def test_erasure_plan_covers_what_the_module_keeps(self):
        customer = self.full_customer()
        plan = customer._customer_erasure_plan()
        fields = {
            step["field"]
            for step in plan
            if step["model"] == "res.partner" and step["action"] == "mask"
        }
        self.assertLessEqual(
            {
                "customer_code",
                "customer_note",
                "customer_sensitive_note",
                "properties",
            },
            fields,
        )

    def test_merge_hook_leaves_one_live_subject(self):
        source, target = self.new_customer("S"), self.new_customer("T")
        uuid = source.customer_uuid
        source._customer_merge_into(target)
        self.assertFalse(self.subject_of(source))
        self.assertTrue(self.subject_of(target))
        self.assertEqual(self.partners._customer_of_uuid(uuid), target)
