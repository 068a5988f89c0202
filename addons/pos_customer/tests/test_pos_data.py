from odoo.fields import Command
from odoo.tests import tagged

from .common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestPosData(PosCustomerHttpCase):
    """What the till is given when it opens."""

    def setUp(self):
        super().setUp()
        self.session = self.open_till()

    def _load(self):
        return self.session.with_user(self.cashier).load_data([])

    def test_types_come_with_the_list_of_this_company(self):
        rows = {row["id"]: row for row in self._load()["customer.type"]}
        student = rows[self.student.id]
        technical = self.student.technical_pricelist_ids.filtered(
            lambda p: p.company_id == self.company
        )
        self.assertEqual(student["effective_pricelist_id"], technical.id)
        self.assertEqual(student["label"], "Student −10\u202f%")

    def test_lists_of_types_come_without_price_lists_at_the_till(self):
        self.assertFalse(self.config.use_pricelist)
        ids = [row["id"] for row in self._load()["product.pricelist"]]
        self.assertIn(self.student.technical_pricelist_ids[:1].id, ids)

    def test_the_base_of_a_list_comes_along(self):
        base, own = self.env["product.pricelist"].create(
            [{"name": "Base"}, {"name": "Own"}]
        )
        own.item_ids = [
            Command.create(
                {
                    "compute_price": "percentage",
                    "base": "pricelist",
                    "base_pricelist_id": base.id,
                    "percent_price": 5,
                }
            )
        ]
        self.student.pricelist_id = own
        ids = [row["id"] for row in self._load()["product.pricelist"]]
        self.assertIn(own.id, ids)
        self.assertIn(base.id, ids)

    def test_a_branch_has_the_types_of_its_parent(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        other = self.env["res.company"].create({"name": "Elsewhere"})
        own, strange = self.env["customer.type"].create(
            [
                {"name": "Of the parent", "company_id": self.company.id},
                {"name": "Of others", "company_id": other.id},
            ]
        )
        till = self.env["pos.config"].new({"company_id": branch.id})
        types = till._get_customer_types()
        self.assertIn(own, types)
        self.assertIn(self.student, types)
        self.assertNotIn(strange, types)

    def test_a_tip_keeps_its_price(self):
        rules = self.student.technical_pricelist_ids.item_ids
        self.assertNotIn(self.pen.product_tmpl_id, rules.product_tmpl_id)
        self.config.tip_product_id = self.pen
        rules = self.student.technical_pricelist_ids.item_ids
        [rule] = rules.filtered(
            lambda r: (
                r.product_tmpl_id == self.pen.product_tmpl_id
                and r.pricelist_id.company_id == self.company
            )
        )
        self.assertEqual(rule.percent_price, 0)

    def test_a_list_in_another_currency_stays_out(self):
        other = self.env["res.company"].create(
            {
                "name": "Elsewhere",
                "currency_id": self.env.ref("base.PLN").id,
            }
        )
        foreign = self.student.technical_pricelist_ids.filtered(
            lambda p: p.company_id == other
        )
        self.assertTrue(foreign)
        ids = [row["id"] for row in self._load()["product.pricelist"]]
        self.assertNotIn(foreign.id, ids)

    def test_only_customers_are_listed(self):
        names = [row["name"] for row in self._load()["res.partner"]]
        self.assertIn("Bo Plain", names)
        self.assertNotIn("Sol Supplier", names)
        partners = self.env["res.partner"].with_user(self.cashier)
        found = partners.get_new_partner(self.config.id, [("name", "ilike", "o")], 0)
        names = [row["name"] for row in found["res.partner"]]
        self.assertIn("Bo Plain", names)
        self.assertNotIn("Sol Supplier", names)

    def test_opening_loads_no_sensitive_note(self):
        self.ana.customer_sensitive_note = "peanuts"
        row = next(
            row for row in self._load()["res.partner"] if row["id"] == self.ana.id
        )
        self.assertTrue(row["customer_has_sensitive_note"])
        self.assertNotIn("peanuts", str(row))

    def test_a_sale_at_the_till_makes_a_customer(self):
        self.assertFalse(self.supplier.is_customer)
        self.env["pos.order"].create(
            {
                "company_id": self.company.id,
                "session_id": self.session.id,
                "partner_id": self.supplier.id,
                "amount_tax": 0,
                "amount_total": 0,
                "amount_paid": 0,
                "amount_return": 0,
            }
        )
        self.assertTrue(self.supplier.is_customer)
