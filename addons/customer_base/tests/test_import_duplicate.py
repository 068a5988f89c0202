from odoo.tests import TransactionCase, tagged

from .test_import import ImportCase

COLUMNS = ["name", "customer_code", "email", "phone", "zip", "is_company", "parent_id"]


@tagged("post_install", "-at_install")
class TestImportDuplicate(ImportCase, TransactionCase):
    """An import proposes those whom it makes, when somebody like them is there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_import()
        cls.country = cls.env.company.country_id = cls.env.ref("base.be")
        cls.known = cls.partners.create(
            {
                "name": "Ann Known",
                "is_customer": True,
                "customer_code": "DUP-0",
                "email": "ann@dup.example.com",
                "phone": "+32 470 11 22 33",
                "zip": "1012 AB",
            }
        )

    def imports_rows(self, *rows, **kwargs):
        filled = [[*row, *[""] * (len(COLUMNS) - len(row))] for row in rows]
        return self.imported([COLUMNS, *filled], **kwargs)

    def pairs(self):
        pairs = self.env["customer.duplicate"].search(
            [
                "|",
                ("partner_id.customer_code", "like", "DUP-"),
                ("other_id", "=", self.known.id),
            ]
        )
        self.assertEqual(set(pairs.mapped("source")), {"import"} if pairs else set())
        return {
            frozenset(
                (pair.partner_id + pair.other_id).mapped("customer_code")
            ): pair.why
            for pair in pairs
        }

    def test_those_who_look_like_others(self):
        self.imports_rows(
            ["Anna Other", "DUP-1", "Ann@dup.example.com"],
            ["Ann Other", "DUP-2", "", "0470 11 22 33"],
            ["Ann Known", "DUP-3", "", "", "1012ab"],
            ["Known, Ann", "DUP-4", "ann4@dup.example.com", "+32 470 99 99 99", "2000"],
            ["Bo Twice", "DUP-5", "bo@dup.example.com", "", "3000"],
            ["Bo Twice", "DUP-6", "bo@dup.example.com", "", "3000"],
            ["Ann Known", "DUP-7", "", "", "9000"],
        )
        self.assertEqual(
            self.pairs(),
            {
                frozenset(("DUP-0", "DUP-1")): "email",
                frozenset(("DUP-0", "DUP-2")): "phone",
                frozenset(("DUP-0", "DUP-3")): "name_zip",
                frozenset(("DUP-5", "DUP-6")): "email,name_zip",
            },
        )

    def test_nobody_who_was_there_already(self):
        self.partners.create(
            {
                "name": "Ann Else",
                "is_customer": True,
                "customer_code": "DUP-9",
                "email": "ann@dup.example.com",
            }
        )
        self.imports_rows(["Ann Known", "DUP-0", "ann@dup.example.com", "", "1012 AB"])
        self.assertEqual(self.pairs(), {})

    def test_no_colleagues_and_no_number_of_many(self):
        self.imports_rows(
            ["Dup Firm", "DUP-1", "info@dup.example.com", "", "", "1"],
            ["Cas One", "DUP-2", "info@dup.example.com", "", "", "", "Dup Firm"],
            ["Cas Two", "DUP-3", "info@dup.example.com", "", "", "", "Dup Firm"],
            *([f"No Mail {i}", f"DUP-1{i}", "none@dup.example.com"] for i in range(8)),
        )
        self.assertEqual(self.pairs(), {})

    def test_a_trial_proposes_nobody(self):
        self.imports(
            [COLUMNS, ["Ann", "DUP-1", "ann@dup.example.com", *[""] * 4]], dryrun=True
        )
        self.assertEqual(self.pairs(), {})

    def test_few_queries_for_all(self):
        rows = [[f"Dup {i}", f"DUP-{i}", f"{i}@dup.example.com"] for i in range(1, 40)]
        self.imports_rows(*rows)
        partners = self.partners.search([("customer_code", "in", [r[1] for r in rows])])
        self.env.flush_all()
        with self.assertQueryCount(3):  # two of them tell how to plan it
            partners._customer_flag_imported()
