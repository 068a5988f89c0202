import uuid as uuidlib
from functools import partial

from odoo import SUPERUSER_ID, api, http
from odoo.exceptions import ValidationError
from odoo.tests import Form, HttpCase, tagged

from ..models.customer_duplicate import DuplicateSource
from .common import PASSWORD, CustomerCase, call_together


@tagged("post_install", "-at_install")
class TestEmailUnique(CustomerCase):
    """One customer for each e-mail, where a company asks for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_customer("Ann", email="ann@example.com")
        cls.company.customer_email_unique = True
        cls.pairs = cls.env["customer.duplicate"]

    def taken(self):
        return self.refused(
            ValidationError, "Ann", self.ann.customer_code, "ann@example.com"
        )

    def test_off_by_default(self):
        self.company.customer_email_unique = False
        self.assertFalse(self.new_company().customer_email_unique)
        self.new_customer("Anna", email="ann@example.com")

    def test_create_and_write(self):
        with self.taken():
            self.new_customer("Anna", email="Anna <ANN@example.com>")
        bob = self.new_customer("Bob", email="bob@example.com")
        with self.taken():
            bob.with_user(self.user).email = " ann@EXAMPLE.com "
        bob.email = False
        self.ann.email = "Ann <ann@example.com>"
        self.ann.name = "Ann B."

    def test_form(self):
        form = Form(self.partners.with_context(default_is_customer=True))
        form.name = "Anna"
        form.email = "ann@example.com"
        with self.taken():
            form.save()

    def test_upsert(self):
        partners = self.partners.with_user(self.user)
        with self.taken():
            partners.customer_upsert(
                {"name": "Anna", "email": "ann@example.com"}, str(uuidlib.uuid4())
            )

    def test_import_names_the_line(self):
        partners = self.partners.with_context(customer_import=True)
        rows = [["Zed", "zed@example.com", "Z-1"], ["Anna", "ann@example.com", "Z-2"]]
        result = partners.load(["name", "email", "customer_code"], rows)
        self.assertFalse(result["ids"])
        [message] = result["messages"]
        self.assertEqual(message["record"], 2)
        self.assertIn("ann@example.com", message["message"])
        self.assertFalse(self.partners.search([("name", "in", ("Zed", "Anna"))]))

    def test_two_in_one_batch(self):
        with self.refused(ValidationError, "new@example.com"):
            self.partners.create(
                [
                    {"name": name, "is_customer": True, "email": "new@example.com"}
                    for name in ("One", "Two")
                ]
            )

    def test_only_customers(self):
        supplier = self.partners.create({"name": "Sol", "email": "ann@example.com"})
        address = self.partners.create(
            {
                "name": "Cellar",
                "type": "delivery",
                "parent_id": self.ann.id,
                "email": "ann@example.com",
            }
        )
        self.assertFalse(address.is_customer)
        with self.taken():
            supplier.is_customer = True

    def test_archived_customers_do_not_count_until_they_are_back(self):
        self.ann.active = False
        anna = self.new_customer("Anna", email="ann@example.com")
        with self.refused(ValidationError, "Anna"):
            self.ann.active = True
        anna.active = False
        self.ann.active = True

    def test_companies(self):
        """A shared customer counts everywhere; other companies have their own rule."""
        other = self.new_company()
        self.new_customer("Bob", email="bob@example.com", company_id=self.company.id)
        self.new_customer("Bob there", email="bob@example.com", company_id=other.id)
        with self.refused(ValidationError, "Bob"):
            self.new_customer("Robert", email="bob@example.com")
        with self.refused(ValidationError, "Bob"):
            self.new_customer(
                "Robert", email="bob@example.com", company_id=self.company.id
            )
        with self.taken():
            self.new_customer(
                "Anna", email="ann@example.com", company_id=self.company.id
            )
        # that company does not ask for it
        self.new_customer("Ann there", email="ann@example.com", company_id=other.id)
        with self.refused(ValidationError, "Bob"):
            self.new_customer("Third", email="bob@example.com", company_id=other.id)
            bob_there = self.partners.search([("name", "=", "Third")])
            bob_there.company_id = self.company

    def test_a_customer_of_another_company_is_not_named(self):
        other = self.new_company()
        other.customer_email_unique = True
        self.new_customer("Secret", email="sec@example.com", company_id=other.id)
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self.partners.with_user(self.user).create(
                {"name": "Mine", "email": "sec@example.com"}
            )
        self.assertNotIn("Secret", str(refusal.exception))
        self.assertIn("sec@example.com", str(refusal.exception))

    def test_switching_on_names_those_who_share(self):
        other = self.new_company()
        for name in ("Dora", "Dora two"):
            self.new_customer(name, email="dora@example.com", company_id=other.id)
        with self.refused(ValidationError, "dora@example.com", "Dora", "Dora two"):
            other.customer_email_unique = True
        self.partners.search([("name", "=", "Dora two")]).active = False
        other.customer_email_unique = True

    def test_switching_on_lists_a_few(self):
        other = self.new_company()
        for i in range(30):
            for name in ("A", "B"):
                self.new_customer(
                    f"{name}{i}", email=f"e{i:02}@x.example", company_id=other.id
                )
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            other.customer_email_unique = True
        self.assertEqual(str(refusal.exception).count("x.example"), 10)

    def test_who_cannot_be_refused_is_proposed(self):
        guests = self.partners.with_context(
            customer_duplicate_source=DuplicateSource("web")
        )
        guest = guests.create(
            {"name": "Anna", "is_customer": True, "email": "ann@example.com"}
        )
        [pair] = self.pairs.search([("partner_id", "=", guest.id)])
        self.assertEqual((pair.other_id, pair.source), (self.ann, "web"))
        self.assertEqual(pair.why, "email")

    def test_the_word_of_a_caller_is_not_enough(self):
        with self.taken():
            self.partners.with_context(customer_duplicate_source="web").create(
                {"name": "Anna", "is_customer": True, "email": "ann@example.com"}
            )

    def test_a_sale_is_never_refused(self):
        buyer = self.partners.create({"name": "Buyer", "email": "ann@example.com"})
        buyer._become_customer()
        self.assertTrue(buyer.is_customer)
        [pair] = self.pairs.search([("partner_id", "=", buyer.id)])
        self.assertEqual((pair.other_id, pair.source), (self.ann, "sale"))

    def test_traces_of_emails_go(self):
        locks = self.env["customer.email.lock"]
        locks._take(["a@example.com"])
        self.assertNotIn("example", str(locks.search([]).mapped("key")))
        locks._gc_locks()
        self.assertTrue(locks.search([]))
        self.env.cr.execute(
            "UPDATE customer_email_lock SET at = at - interval '2 days'"
        )
        locks.invalidate_model()
        locks._gc_locks()
        self.assertFalse(locks.search([]))


@tagged("post_install", "-at_install")
class TestEmailPortal(HttpCase, CustomerCase):
    """In the portal a taken e-mail is an error of the form, which names nobody."""

    def test_taken_email(self):
        self.new_customer("Ann Secret", email="ann@example.com")
        belgium = self.env.ref("base.be")
        bob = self.new_customer(
            "Bob",
            email="bob@example.com",
            phone="+32470112233",
            street="Street 1",
            zip="1000",
            city="Brussel",
            country_id=belgium.id,
        )
        self.company.customer_email_unique = True
        user = self.new_user(
            "bob", "base.group_portal", partner_id=bob.id, email="bob@example.com"
        )
        self.authenticate(user.login, PASSWORD)

        def save(email):
            return self.url_open(
                "/my/address/submit",
                data={
                    "csrf_token": http.Request.csrf_token(self),
                    "partner_id": bob.id,
                    "address_type": "billing",
                    "name": "Bob",
                    "phone": "+32 470 11 22 33",
                    "street": "Street 2",
                    "zip": "1000",
                    "city": "Brussel",
                    "country_id": belgium.id,
                    "email": email,
                },
            ).json()

        answer = save("Ann@example.com")
        self.assertEqual(answer["invalid_fields"], ["email"])
        self.assertIn("ann@example.com", answer["messages"][0])
        self.assertNotIn("Secret", answer["messages"][0])
        self.assertEqual((bob.email, bob.street), ("bob@example.com", "Street 1"))
        self.assertIn("redirectUrl", save("bob2@example.com"))
        self.assertEqual((bob.email, bob.street), ("bob2@example.com", "Street 2"))


@tagged("post_install", "-at_install")
class TestEmailUniqueTogether(CustomerCase):
    """Two connections give one e-mail to two customers, none seeing the other's row.

    As the server runs them: in a transaction each, repeated when they collide. Nothing
    of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    EMAIL = "both-at-once@example.com"

    def _in_own_transaction(self, function):
        with self.registry.cursor() as cr:
            return function(api.Environment(cr, SUPERUSER_ID, {}))

    def _switch(self, on):
        def switch(env):
            env.company.customer_email_unique = on

        self._in_own_transaction(switch)
        self.registry.clear_cache()

    def test_two_at_the_same_time(self):
        def call(name, env):
            partner = env["res.partner"].create(
                {"name": name, "is_customer": True, "email": self.EMAIL}
            )
            return partner.id

        self._switch(True)
        try:
            made, errors = call_together(
                self.registry, partial(call, "T0"), partial(call, "T1")
            )
            self.assertEqual(len(made), 1, "both were created")
            self.assertEqual([type(error) for error in errors], [ValidationError])
            self.assertIn(self.EMAIL, str(errors[0]))
        finally:
            self._switch(False)
            self._in_own_transaction(self._clean)

    def _clean(self, env):
        partners = env["res.partner"].search([("email_normalized", "=", self.EMAIL)])
        subjects = env["customer.subject"].search([("partner_id", "in", partners.ids)])
        uuids = subjects.mapped("uuid")
        partners.unlink()
        env.cr.execute(
            "DELETE FROM customer_journal WHERE subject_uuid = ANY(%s)", [uuids]
        )
        env.cr.execute("DELETE FROM customer_subject WHERE uuid = ANY(%s)", [uuids])
        env.cr.execute("DELETE FROM customer_email_lock")
