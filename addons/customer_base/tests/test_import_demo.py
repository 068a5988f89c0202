import csv
import importlib.util
import io
import pathlib
import re
import unittest
from collections import Counter

from odoo.tests import TransactionCase, tagged

from .test_import import ImportCase

DEMO = pathlib.Path(__file__).parents[3] / "setup" / "demo"


@unittest.skipUnless(DEMO.is_dir(), "only in a checkout of the whole suite")
@tagged("post_install", "-at_install")
class TestImportDemo(ImportCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_import()
        cls.content = (DEMO / "customers.csv").read_bytes()
        cls.rows = list(csv.DictReader(io.StringIO(cls.content.decode())))

    def test_script_makes_the_file(self):
        spec = importlib.util.spec_from_file_location(
            "make_customers", DEMO / "make_customers.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.assertEqual(module.make_text().encode(), self.content)

    def test_rows_are_plausible(self):
        rows = self.rows
        self.assertEqual(len(rows), 1000)
        self.assertEqual(len({row["Customer Code"].lower() for row in rows}), 1000)
        emails = [row["Email"] for row in rows if row["Email"]]
        self.assertEqual(len(set(emails)), len(emails))
        for email in emails:
            self.assertRegex(email, r"^[a-z0-9.-]+@([a-z-]+\.)?example\.(com|org|net)$")
        postcodes = {"FR": r"\d{5}", "PL": r"\d\d-\d{3}", "NL": r"[1-9]\d{3} [A-Z]{2}"}
        for row in rows:
            if row["Country"]:
                self.assertRegex(row["Zip"], rf"^{postcodes[row['Country']]}$")
        types = Counter(row["Customer Type"] for row in rows)
        self.assertTrue(90 <= types["STUDENT"] <= 150, types)
        self.assertTrue(5 <= types["STAFF"] <= 30, types)
        past = [r for r in rows if "" < r["Type valid until"] < "2026"]
        self.assertTrue(3 <= len(past) <= 30)
        self.assertTrue(all(letter in self.content.decode() for letter in "éçłśąÉŁ"))
        self.assertRegex(self.content.decode(), "IJ|ij")
        contacts = [row for row in rows if row["Related Company"]]
        companies = {r["Name"] for r in rows if r["Company Type"] == "Company"}
        self.assertTrue(contacts)
        self.assertLessEqual({r["Related Company"] for r in contacts}, companies)

    def test_imports_without_a_message_and_again(self):
        for code in ("en_US", "fr_FR", "pl_PL", "nl_NL"):
            self.env["res.lang"]._activate_lang(code)
        types = self.env["customer.type"]
        for code in ("STUDENT", "STAFF", "RESELLER"):
            if not types.search([("code", "=ilike", code)]):
                types.create({"name": f"Demo {code}", "code": code})
        tags = {t for row in self.rows for t in re.split(",", row["Tags"]) if t}
        known = self.env["res.partner.category"].search([("name", "in", list(tags))])
        self.env["res.partner.category"].create(
            [{"name": name} for name in tags - set(known.mapped("name"))]
        )
        tested = self.imports(self.content, dryrun=True)
        self.assertEqual(tested["messages"], [])
        partners = self.imported(self.content)
        self.assertEqual(len(partners), 1000)
        codes = [row["Customer Code"] for row in self.rows]
        self.assertEqual(partners.mapped("customer_code"), codes, "in the file's order")
        for row, partner in zip(self.rows, partners, strict=True):
            self.assertEqual(partner.parent_id.name or "", row["Related Company"])
            self.assertEqual(partner.lang, row["Language"])
        self.assertEqual(self.imported(self.content), partners)

    def test_build_makes_valid_barcodes(self):
        spec = importlib.util.spec_from_file_location("shop", DEMO / "shop.py")
        shop = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(shop)
        for number in (1, 35, 803, 900):
            code = shop.ean13(number)
            self.assertRegex(code, r"^20\d{11}$")
            total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(code))
            self.assertEqual(total % 10, 0)
