from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestSearch(CustomerCase):
    """The one search, whatever is typed into it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_customer(
            "Ann Qwertz",
            email="ann.qwertz@example.com",
            phone="+33 1 55 55 01 23",
            city="Qville",
            zip="75999",
            customer_code="T-QW-100%",
            customer_sensitive_note="zzpeanut",
            customer_note="zzcomment",
        )
        cls.bob = cls.new_customer("Bob Qwertz", customer_code="T-QW_2")
        cls.supplier = cls.partners.create({"name": "Qwertz Supplies"})
        cls.as_user = cls.partners.with_user(cls.user)

    def ids(self, query, **kwargs):
        rows = self.as_user.customer_search(query, **kwargs)["rows"]
        return [row["id"] for row in rows]

    def test_words_in_any_order(self):
        self.assertEqual(self.ids("qwertz ann"), self.ann.ids)
        self.assertEqual(self.ids("Qwertz"), (self.ann + self.bob).ids)
        self.assertEqual(self.ids("ann qville"), self.ann.ids)
        self.assertEqual(self.ids("ann nowhere"), [])

    def test_by_other_fields(self):
        for query in ("ann.qwertz@ex", "155550123", "75999", "t-qw-100"):
            self.assertEqual(self.ids(query), self.ann.ids, query)

    def test_row(self):
        row = self.as_user.customer_search("ann qwertz")["rows"][0]
        self.assertEqual(row["name"], "Ann Qwertz")
        self.assertEqual(row["code"], "T-QW-100%")
        self.assertEqual(row["type_id"], self.default_type.id)

    def test_wildcards_are_letters(self):
        self.assertEqual(self.ids("t-qw-100%"), self.ann.ids)
        self.assertEqual(self.ids("T-QW_")[0], self.bob.id)
        self.assertEqual(self.ids("q%z"), [])
        self.assertEqual(self.ids("q\\"), self.ids("q"))

    def test_whatever_is_typed(self):
        for query in (
            "'; DROP TABLE res_partner; --",
            '"',
            "''",
            "\\",
            "%(name)s %s {0}",
            "😀 żółć",
            "\0",
            "\ud800",
            "(",
            "*" * 10_000,
            "a b " * 2_500,
            "123",
            "+",
        ):
            self.assertIsInstance(self.ids(query), list, query)

    def test_empty_query_gives_all(self):
        for query in (None, False, "", "   "):
            result = self.as_user.customer_search(query, limit=1)
            self.assertEqual(len(result["rows"]), 1)
            self.assertTrue(result["more"])

    def test_query_of_a_wrong_kind(self):
        for query in (5, ["a"], {"a": 1}, True):
            with self.refused(UserError):
                self.as_user.customer_search(query)

    def test_limit_and_offset(self):
        both = (self.ann + self.bob).ids
        self.assertEqual(self.ids("qwertz", limit=1), both[:1])
        self.assertEqual(self.ids("qwertz", limit=1, offset=1), both[1:])
        self.assertEqual(self.ids("qwertz", limit=-1), both[:1])
        self.assertEqual(self.ids("qwertz", limit=10**9), both)
        self.assertEqual(self.ids("qwertz", offset=-5), both)
        self.assertEqual(self.ids("qwertz", offset=10**30), [])
        self.assertEqual(self.ids("qwertz", limit=None, offset=None), both)
        self.assertTrue(self.as_user.customer_search("qwertz", limit=1)["more"])
        self.assertFalse(self.as_user.customer_search("qwertz", limit=2)["more"])
        for bad in ("x", "1", 1.5, [1], {}):
            with self.refused(UserError, "limit"):
                self.as_user.customer_search("qwertz", limit=bad)
            with self.refused(UserError, "offset"):
                self.as_user.customer_search("qwertz", offset=bad)

    def test_limit_is_capped(self):
        self.partners.create(
            [{"name": f"Capped {i}", "is_customer": True} for i in range(205)]
        )
        self.assertEqual(len(self.ids("capped", limit=10**9)), 200)

    def test_fields_are_respected(self):
        self.assertEqual(self.ids("qville", fields=["city"]), self.ann.ids)
        self.assertEqual(self.ids("qville", fields=["email"]), [])

    def test_dangerous_fields_lead_to_nobody(self):
        for query, name in (
            ("zzpeanut", "customer_sensitive_note"),
            ("a", "user_ids.password"),
            ("a", "user_ids.login"),
            ("a", "signup_type"),
            ("1", "id"),
            ("a", "image_1920"),
            ("a", "no_such_field"),
            ("a", "child_ids"),
            ("a", "__class__"),
            ("true", "is_company"),
            ("a", "write_date"),
            ("a", "invoice_ids"),
        ):
            self.assertEqual(self.ids(query, fields=[name]), [], name)

    def test_sensitive_note_is_not_searched_by_anybody(self):
        self.assertEqual(
            self.partners.customer_search(
                "zzpeanut", fields=["customer_sensitive_note"]
            )["rows"],
            [],
        )

    def test_fields_of_a_wrong_kind(self):
        for bad in ("city", 5, [5], [["city"]], {"city": 1}):
            with self.refused(UserError):
                self.as_user.customer_search("a", fields=bad)

    def test_refused(self):
        nobody = self.new_user("nobody", "base.group_user")
        with self.refused(AccessError, "Customers: User"):
            self.partners.with_user(nobody).customer_search("")

    def test_archived_are_left_out(self):
        self.ann.action_archive()
        self.assertEqual(self.ids("qwertz"), self.bob.ids)
