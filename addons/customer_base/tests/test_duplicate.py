from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.res_partner_duplicate import name_key
from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestFindDuplicates(CustomerCase):
    """Who is there already, asked while a customer is typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.be")
        cls.ewa = cls.new_customer(
            "Ewa Wiśniewska",
            phone="+32 470 11 22 33",
            email="Ewa <ewa@example.com>",
            zip="1000",
            city="Brussel",
        )
        cls.as_user = cls.partners.with_user(cls.user)

    def find(self, limit=5, **values):
        return self.as_user.customer_find_duplicates(values, limit=limit)

    def assertFinds(self, why, **values):
        rows = self.find(**values)
        self.assertEqual([row["id"] for row in rows], self.ewa.ids, values)
        self.assertEqual(rows[0]["why"], why)
        return rows[0]

    def test_row(self):
        row = self.assertFinds(["email"], email="ewa@example.com")
        self.assertEqual(row["name"], "Ewa Wiśniewska")
        self.assertEqual(row["code"], self.ewa.customer_code)
        self.assertTrue(0 < row["score"] < 100)

    def test_email_however_it_is_written(self):
        self.assertFinds(["email"], email=" EWA@Example.COM")
        self.assertFinds(["email"], email="Ewa W <ewa@example.com>")
        self.assertFalse(self.find(email="ewa@example"))

    def test_phone_in_any_format(self):
        for phone in ("0470 11 22 33", "0032470112233", "+32470/112233"):
            self.assertFinds(["phone"], phone=phone)
        self.assertFalse(self.find(phone="0470 11 22 34"))

    def test_phone_of_another_country(self):
        poland = self.env.ref("base.pl").id
        self.ewa.phone = "+48 601 234 567"
        self.assertFalse(self.find(phone="601 234 567"))
        self.assertFinds(["phone"], phone="601 234 567", phone_country_id=poland)
        self.assertFinds(["phone"], phone="601 234 567", country_id=poland)
        # the country of the address is a guess, that of the number is not
        self.ewa.phone = "+32 470 11 22 33"
        number = "0470 11 22 33"
        self.assertFinds(["phone"], phone=number, country_id=poland)
        self.assertFalse(self.find(phone=number, phone_country_id=poland))

    def test_name_with_postcode(self):
        for name in ("Ewa Wiśniewska", "wisniewska  EWA", "WIŚNIEWSKA, Ewa"):
            self.assertFinds(["name_zip"], name=name, zip="1000")
        self.assertFalse(self.find(name="Ewa Wiśniewska", zip="9000"))
        self.assertFalse(self.find(name="Ewa Wiśniewska"))
        self.assertFalse(self.find(name="Ewa", zip="1000"))
        self.ewa.zip = "1012 AB"
        self.assertFinds(["name_zip"], name="Ewa Wisniewska", zip="1012ab")
        self.assertFalse(self.find(name="Ewa Wisniewska", zip="1012 AC"))

    def test_folding(self):
        self.assertEqual(name_key("Łukasz  Ødegård"), name_key("odegard, LUKASZ"))
        self.assertEqual(name_key("Strauß"), name_key("STRAUSS"))

    def test_code_and_vat(self):
        self.ewa.write({"customer_code": "Card-7", "vat": "BE0477472701"})
        self.assertFinds(["code"], customer_code="card-7")
        self.assertFinds(["vat"], vat="be 0477.472.701")

    def test_reasons_add_up(self):
        phone = self.assertFinds(["phone"], phone="0470 11 22 33")
        named = self.assertFinds(
            ["phone", "name"], phone="0470 11 22 33", name="Wisniewska Ewa"
        )
        both = self.assertFinds(
            ["email", "phone"], phone="0470 11 22 33", email="ewa@example.com"
        )
        self.assertLess(phone["score"], named["score"])
        self.assertLess(named["score"], both["score"])
        self.assertLessEqual(both["score"], 100)

    def test_the_likeliest_first_and_no_more_than_asked_for(self):
        others = [self.new_customer(f"Kid {i}", phone="+32470112233") for i in range(6)]
        rows = self.find(phone="0470112233", email="ewa@example.com")
        self.assertEqual(len(rows), 5)
        self.assertEqual(rows[0]["id"], self.ewa.id)
        rows = self.find(phone="0470112233", limit=1000)
        self.assertEqual(len(rows), 1 + len(others))
        self.assertEqual(len(self.find(phone="0470112233", limit=-3)), 1)

    def test_neither_oneself_nor_ones_company(self):
        values = {"email": "ewa@example.com"}
        self.assertFalse(self.find(id=self.ewa.id, **values))
        acme = self.new_customer("Acme", is_company=True, email="ewa@example.com")
        self.assertFinds(["email"], parent_id=acme.id, **values)
        self.ewa.parent_id = acme
        self.assertFalse(self.find(id=acme.id, **values))
        self.assertFalse(self.find(id=self.ewa.id, parent_id=acme.id, **values))

    def test_only_customers_who_are_there(self):
        self.ewa.active = False
        self.assertFalse(self.find(email="ewa@example.com"))
        self.partners.create({"name": "Sol Supplier", "email": "sol@example.com"})
        self.assertFalse(self.find(email="sol@example.com"))

    def test_whom_somebody_told_apart(self):
        twin = self.new_customer("Ewa Wiśniewska", email="ewa@example.com")
        self.assertTrue(self.find(id=twin.id, email="ewa@example.com"))
        pair = twin._customer_flag(self.ewa, ["email"], "pos")
        pair.with_user(self.manager).action_dismiss()
        self.assertFalse(self.find(id=twin.id, email="ewa@example.com"))

    def test_other_companies_and_rights(self):
        company = self.new_company()
        self.ewa.company_id = company
        self.assertFalse(self.find(email="ewa@example.com"))
        self.user.company_ids |= company
        self.assertFinds(["email"], email="ewa@example.com")
        here = self.as_user.with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(here.customer_find_duplicates({"email": "ewa@example.com"}))
        stranger = self.new_user("stranger", "base.group_user")
        with self.refused(AccessError, "Customers: User"):
            self.partners.with_user(stranger).customer_find_duplicates({})

    def test_bad_input_gets_a_sentence(self):
        for values in (
            None,
            [],
            "ewa",
            {"password": "x"},
            {"name": 5},
            {"phone": ["0470"]},
            {"country_id": "be"},
            {"country_id": True},
            {"id": 2**31},
            {"id": -1},
        ):
            with self.subTest(values=values), self.refused(UserError):
                self.as_user.customer_find_duplicates(values)
        for limit in ("5", 1.5, None, True):
            with self.subTest(limit=limit), self.refused(UserError):
                self.as_user.customer_find_duplicates({}, limit=limit)

    def test_strange_texts_find_nobody(self):
        for text in ("", " ", "\0", "%", "_", "'\"", "😀", "\ud800", "a" * 10_000, "@"):
            values = dict.fromkeys(
                ("name", "phone", "email", "zip", "vat", "customer_code"), text
            )
            self.assertEqual(self.find(**values), [], text[:20])
        self.assertEqual(self.find(name=False, phone=None, country_id=False), [])

    def _multiply(self, count):
        """Copies of one customer, each with an e-mail, phone, code and VAT number."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'res_partner' AND column_name <> 'id'"
        )
        columns = [row[0] for row in self.env.cr.fetchall()]
        own = {
            "phone_sanitized": SQL("'+3247' || (1000000 + i)"),
            "email_normalized": SQL("i || '@bulk.example'"),
            "vat": SQL("'BE' || (1000000000 + i)"),
            "customer_code": SQL("'bulk-' || i"),
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO res_partner (%s) SELECT %s FROM res_partner,"
                " generate_series(1, %s) AS i WHERE id = %s",
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(own.get(c) or SQL.identifier(c) for c in columns),
                count,
                self.ewa.id,
            )
        )

    def test_each_reason_has_an_index(self):
        """With twenty thousand customers no reason reads the table from end to end."""
        self._multiply(20_000)
        self.env.cr.execute("ANALYZE res_partner")
        domains = self.as_user._customer_duplicate_domains(
            {
                "phone": "0470 11 22 33",
                "email": "77@bulk.example",
                "vat": "BE1000000777",
                "customer_code": "bulk-7",
            }
        )
        self.assertEqual(domains.keys(), {"code", "vat", "email", "phone"})
        for reason, domain in domains.items():
            query = self.as_user._search(domain, limit=50)
            sql = query.select()
            self.env.cr.execute("EXPLAIN " + sql.code, sql.params)
            plan = "\n".join(row[0] for row in self.env.cr.fetchall())
            self.assertNotIn("Seq Scan on res_partner", plan, (reason, plan))
            self.assertIn("res_partner", plan)


@tagged("post_install", "-at_install")
class TestDuplicate(CustomerCase):
    """Proposed pairs: once for each pair, and decided by a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_customer("Ann", email="ann@example.com")
        cls.bob = cls.new_customer("Bob")
        cls.pairs = cls.env["customer.duplicate"]

    def test_one_row_for_a_pair(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos", 70)
        again = self.pairs._flag(self.bob, self.ann, ["phone", "email"], "web", 80)
        self.assertEqual(again, pair)
        self.assertEqual(
            (pair.why, pair.score, pair.source), ("phone,email", 80, "pos")
        )
        self.assertEqual(pair.reason, "same phone number, same e-mail")
        self.assertFalse(self.pairs._flag(self.ann, self.ann, ["phone"], "pos"))

    def test_what_is_decided_stays_decided(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        pair.with_user(self.manager).action_dismiss()
        self.pairs._flag(self.bob, self.ann, ["email"], "pos")
        self.assertEqual(pair.state, "dismissed")
        pair.with_user(self.manager).action_reopen()
        self.assertEqual(pair.state, "open")
        with self.refused(AccessError):
            pair.with_user(self.user).action_dismiss()

    def test_both_open(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        self.assertEqual(pair.action_open_partner()["res_id"], self.ann.id)
        self.assertEqual(pair.action_open_other()["res_id"], self.bob.id)
        self.assertIn("ann@example.com", pair.partner_details)

    def test_pairs_of_other_companies_are_hidden(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        self.bob.company_id = self.new_company()
        self.assertFalse(self.pairs.with_user(self.manager).search([]) & pair)

    def test_gone_with_the_customer(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        plan = self.bob._customer_erasure_plan()
        [entry] = [row for row in plan if row["model"] == "customer.duplicate"]
        self.assertEqual((entry["ids"], entry["action"]), (pair.ids, "delete"))
        self.bob.unlink()
        self.assertFalse(pair.exists())

    def test_merge_by_core(self):
        """Pairs that become one, or are there twice afterwards, go by themselves."""
        cleo = self.new_customer("Cleo")
        self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        self.pairs._flag(self.ann, cleo, ["phone"], "pos")
        self.pairs._flag(cleo, self.bob, ["phone"], "pos")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.ann | self.bob).ids, self.bob, extra_checks=False
        )
        self.assertFalse(self.ann.exists())
        [pair] = self.pairs.search([("partner_id", "in", (self.bob | cleo).ids)])
        self.assertEqual(pair.partner_id | pair.other_id, self.bob | cleo)

    def test_merge_hook(self):
        pair = self.pairs._flag(self.ann, self.bob, ["phone"], "pos")
        self.ann._customer_merge_into(self.bob)
        self.assertFalse(pair.exists())

    def test_upsert_proposes(self):
        partners = self.partners.with_user(self.user)
        values = {"name": "Anna", "email": "ann@example.com"}
        uuid = "0f8fad5b-d9cb-469f-a165-70867728950e"
        made = partners.customer_upsert(values, uuid)
        [pair] = self.pairs.search([("partner_id", "=", made)])
        self.assertEqual(pair.other_id, self.ann)
        self.assertEqual((pair.why, pair.source), ("email", "api"))
        partners.customer_upsert(values, uuid)
        self.assertEqual(self.pairs.search_count([("partner_id", "=", made)]), 1)
