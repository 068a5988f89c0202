from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCode(CustomerCase):
    """The customer code: given, unique, kept."""

    def test_given_from_sequence(self):
        first, second = self.new_customer("A") + self.new_customer("B")
        self.assertTrue(first.customer_code.startswith("C"))
        self.assertNotEqual(first.customer_code, second.customer_code)

    def test_emptied_code_is_given_anew(self):
        customer = self.new_customer(customer_code="T-1")
        customer.customer_code = ""
        self.assertTrue(customer.customer_code)
        self.assertNotEqual(customer.customer_code, "T-1")

    def test_code_is_stripped(self):
        self.assertEqual(self.new_customer(customer_code=" T-2\n").customer_code, "T-2")

    def test_code_that_comes_as_a_number(self):
        self.assertEqual(
            self.new_customer(customer_code=815123).customer_code, "815123"
        )

    def test_blank_codes_are_no_duplicates(self):
        partners = self.partners.create(
            [{"name": "A", "customer_code": " "}, {"name": "B", "customer_code": ""}]
        )
        self.assertEqual(partners.mapped("customer_code"), [False, False])

    def test_duplicate_is_named(self):
        self.new_customer("Ann First", customer_code="T-Dup")
        with self.refused(ValidationError, "Ann First", "T-DUP", "Bob Second"):
            self.new_customer("Bob Second", customer_code="T-DUP")
        other = self.new_customer("Carl Third")
        with self.refused(ValidationError, "Ann First", "t-dup", "Carl Third"):
            other.customer_code = "t-dup"

    def test_own_code_in_another_case(self):
        customer = self.new_customer(customer_code="T-Case")
        customer.customer_code = "t-case"
        self.assertEqual(customer.customer_code, "t-case")

    def test_duplicate_of_archived(self):
        self.new_customer("Ann Gone", customer_code="T-Gone").action_archive()
        with self.refused(ValidationError, "Ann Gone", "archived"):
            self.new_customer(customer_code="T-Gone")

    def test_duplicate_in_one_call(self):
        values = [
            {"name": name, "is_customer": True, "customer_code": code}
            for name, code in (("A", "T-Twice"), ("B", "t-twice"))
        ]
        with self.refused(ValidationError, "twice"):
            self.partners.create(values)
        two = self.new_customer("A") + self.new_customer("B")
        with self.refused(ValidationError, "T-Both"):
            two.write({"customer_code": "T-Both"})

    def test_duplicate_of_another_company_keeps_the_name(self):
        company = self.new_company()
        self.new_customer("Secret Name", customer_code="T-X", company_id=company.id)
        for values in ({"customer_code": "T-X"}, {"customer_code": "t-x"}):
            with self.assertRaises(ValidationError) as refusal:
                self.partners.with_user(self.user).create({"name": "Me", **values})
            self.assertNotIn("Secret Name", str(refusal.exception))
            self.assertIn("cannot see", str(refusal.exception))

    def test_database_refuses_too(self):
        first, second = self.new_customer("A"), self.new_customer("B")
        self.env.flush_all()
        with self.assertRaises(Exception) as refusal, self.cr.savepoint():
            self.cr.execute(
                "UPDATE res_partner SET customer_code = lower(%s) WHERE id = %s",
                [first.customer_code, second.id],
            )
        self.assertIn("customer_code_unique", str(refusal.exception))

    def test_sequence_skips_codes_typed_by_hand(self):
        sequence = self.env.ref("customer_base.customer_code_sequence")
        number = sequence.number_next_actual
        taken = [sequence.get_next_char(number + i).lower() for i in range(2)]
        for code in taken:
            self.new_customer(customer_code=code)
        codes = [code.lower() for code in self.partners._next_customer_codes(3)]
        self.assertEqual(len(set(codes)), 3)
        self.assertFalse(set(taken) & set(codes))

    def test_sequence_without_gaps(self):
        sequence = self.env.ref("customer_base.customer_code_sequence")
        sequence.implementation = "no_gap"
        customers = self.new_customer("A") + self.new_customer("B")
        self.assertEqual(len(set(customers.mapped("customer_code"))), 2)

    def test_found_by_code(self):
        customer = self.new_customer("Zora", customer_code="T-Find-1")
        found = self.partners.name_search("t-find-1")
        self.assertEqual([pid for pid, _name in found], customer.ids)

    def test_search_names_of_other_modules_stay(self):
        names = self.partners._rec_names_search
        for name in ("complete_name", "email", "ref", "vat", "customer_code"):
            self.assertIn(name, names)
        self.assertEqual(len(names), len(set(names)))
