import uuid as uuidlib

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestUpsert(CustomerCase):
    """One UUID, one customer. At the same time: see test_rpc."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.as_user = cls.partners.with_user(cls.user)
        cls.uuid = str(uuidlib.uuid4())

    def test_create_then_write(self):
        first = self.as_user.customer_upsert({"name": "Ann"}, self.uuid)
        customer = self.partners.browse(first)
        self.assertTrue(customer.is_customer)
        self.assertTrue(customer.customer_code)
        self.assertEqual(customer.customer_uuid, self.uuid)
        second = self.as_user.customer_upsert(
            {"name": "Ann B.", "email": "ann@example.com"}, self.uuid.upper()
        )
        self.assertEqual(second, first)
        self.assertEqual((customer.name, customer.email), ("Ann B.", "ann@example.com"))
        self.assertEqual(self.as_user.customer_upsert({}, self.uuid), first)
        self.assertEqual(customer.name, "Ann B.")

    def test_values_of_the_caller_stay(self):
        values = {"name": "Ann", "customer_code": " T-UP "}
        self.as_user.customer_upsert(values, self.uuid)
        self.assertEqual(values, {"name": "Ann", "customer_code": " T-UP "})

    def test_malformed_uuid(self):
        for bad in ("", "x", None, False, 5, [], {}, "123", "g" * 32):
            with self.refused(UserError, "UUID"):
                self.as_user.customer_upsert({"name": "Ann"}, bad)

    def test_values_of_a_wrong_kind(self):
        for bad in (None, [], ["name"], "name", 5, [["name", "x"]]):
            with self.refused(UserError):
                self.as_user.customer_upsert(bad, self.uuid)

    def test_unknown_fields(self):
        for name in (
            "no_such_field",
            "user_ids",
            "is_customer",
            "company_id",
            "customer_uuid",
            "active",
            "id",
            "property_product_pricelist",
        ):
            with self.refused(UserError, name):
                self.as_user.customer_upsert({"name": "A", name: 1}, self.uuid)
        self.assertFalse(self.partners._customer_of_uuid(self.uuid))

    def test_sensitive_note_by_user(self):
        with self.refused(AccessError):
            self.as_user.customer_upsert(
                {"name": "A", "customer_sensitive_note": "nuts"}, self.uuid
            )

    def test_taken_code_is_no_endless_retry(self):
        self.new_customer("Has It", customer_code="T-UPS")
        with self.refused(ValidationError, "Has It"):
            self.as_user.customer_upsert(
                {"name": "A", "customer_code": "t-ups"}, self.uuid
            )

    def test_deleted_customer(self):
        partner_id = self.as_user.customer_upsert({"name": "Ann"}, self.uuid)
        self.partners.browse(partner_id).unlink()
        with self.refused(UserError, "deleted", self.uuid):
            self.as_user.customer_upsert({"name": "Ann"}, self.uuid)

    def test_merged_customer(self):
        partner_id = self.as_user.customer_upsert({"name": "Ann"}, self.uuid)
        source, target = self.partners.browse(partner_id), self.new_customer("Target")
        source._customer_merge_into(target)
        again = self.as_user.customer_upsert({"email": "a@example.com"}, self.uuid)
        self.assertEqual(again, target.id)
        self.assertEqual(target.email, "a@example.com")

    def test_archived_customer(self):
        partner_id = self.as_user.customer_upsert({"name": "Ann"}, self.uuid)
        self.partners.browse(partner_id).action_archive()
        again = self.as_user.customer_upsert({"name": "Ann C."}, self.uuid)
        self.assertEqual(again, partner_id)

    def test_customer_of_another_company(self):
        company = self.new_company()
        partner_id = self.partners.customer_upsert({"name": "Theirs"}, self.uuid)
        self.partners.browse(partner_id).company_id = company
        for values in ({"name": "Mine"}, {}):
            with self.refused(AccessError):
                self.as_user.customer_upsert(values, self.uuid)
        self.assertEqual(self.partners.browse(partner_id).name, "Theirs")

    def test_refused(self):
        contacts = self.new_user(
            "contacts", "base.group_user,base.group_partner_manager"
        )
        with self.refused(AccessError, "Customers: User"):
            self.partners.with_user(contacts).customer_upsert({"name": "A"}, self.uuid)
