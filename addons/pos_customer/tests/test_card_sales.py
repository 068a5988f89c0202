import json
import unittest

from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, file_open

from .common import PosCustomerHttpCase

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None


@tagged("post_install", "-at_install")
class TestCardSales(PosCustomerHttpCase):
    """What the customer bought, on the card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.open_till(cls)

    def order(self, total, day="2024-03-01", customer=None, **values):
        return self.env["pos.order"].create(
            {
                "company_id": self.session.company_id.id,
                "session_id": self.session.id,
                "partner_id": (customer or self.ana).id,
                "date_order": Datetime.to_datetime(f"{day} 10:00:00"),
                "state": "paid",
                "is_refund": total < 0,
                "amount_total": total,
                "amount_tax": 0,
                "amount_paid": total,
                "amount_return": 0,
                **values,
            }
        )

    def card(self, customer=None, user=None):
        customer = (customer or self.ana).with_user(user or self.cashier)
        return customer.customer_card(self.config.id)

    def assertFits(self, card):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        with file_open("customer_base/static/schema/customer_card.schema.json") as file:
            schema = json.load(file)
        errors = Draft202012Validator(schema).iter_errors(json.loads(json.dumps(card)))
        self.assertFalse([f"{error.json_path}: {error.message}" for error in errors])

    def test_sales(self):
        self.order(10, "2024-03-01")
        self.order(30, "2024-03-03")
        back = self.order(-10, "2024-03-04")
        self.order(99, "2024-03-05", state="draft")
        self.order(99, "2024-03-05", state="cancel")
        self.order(99, "2024-03-05", customer=self.bo)
        card = self.card()
        self.assertFits(card)
        sales = card["sales"]
        latest = sales.pop("latest")
        self.assertEqual(
            sales,
            {
                "currency": self.company.currency_id.name,
                "count": 2,
                "total": 30.0,
                "returns": 1,
                "average": 20.0,
                "last_visit": "2024-03-04",
            },
        )
        self.assertEqual(
            [(o["total"], o["kind"]) for o in latest],
            [(-10, "return"), (30, "sale"), (10, "sale")],
        )
        self.assertEqual(latest[0]["id"], back.id)
        self.assertEqual(latest[0]["at"], "2024-03-04 10:00:00")
        self.assertEqual(card["balances"], [])

    def test_the_latest_five(self):
        for day in range(1, 8):
            self.order(day, f"2024-03-0{day}")
        card = self.card()
        self.assertFits(card)
        totals = [order["total"] for order in card["sales"]["latest"]]
        self.assertEqual(totals, [7, 6, 5, 4, 3])
        self.assertEqual(card["sales"]["count"], 7)

    def test_nothing_bought(self):
        card = self.card(self.bo)
        self.assertFits(card)
        self.assertEqual(card["sales"]["count"], 0)
        self.assertEqual(card["sales"]["average"], 0.0)
        self.assertEqual(card["sales"]["last_visit"], "")
        self.assertEqual(card["sales"]["latest"], [])

    def test_the_day_is_the_one_of_the_shop(self):
        self.cashier.tz = "Pacific/Auckland"
        self.order(1, "2024-03-01", date_order="2024-03-01 22:00:00")
        self.assertEqual(self.card()["sales"]["last_visit"], "2024-03-02")

    def test_orders_of_other_companies_are_not_counted(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.order(10)
        # as if another shop of the group had sold it: its session is of no matter here
        self.order(500).flush_recordset()
        self.env.cr.execute(
            "UPDATE pos_order SET company_id = %s WHERE partner_id = %s"
            " AND amount_total = 500",
            [other.id, self.ana.id],
        )
        self.env.invalidate_all()
        sales = self.card()["sales"]
        self.assertEqual((sales["count"], sales["total"]), (1, 10.0))
        self.assertEqual(len(sales["latest"]), 1)

    def test_another_currency_is_converted(self):
        foreign = self.env["res.currency"].with_context(active_test=False)
        foreign = foreign.search([("id", "!=", self.company.currency_id.id)], limit=1)
        foreign.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "company_id": self.company.id,
                "name": "2000-01-01",
                "rate": 4.0,
            }
        )
        self.order(10)
        amount = self.ana._customer_amount(10, self.config, foreign)
        self.assertAlmostEqual(amount, 40.0)

    def test_nothing_of_sales_for_those_who_see_no_orders(self):
        self.order(10)
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="base.group_user,customer_base.group_customer_user",
        )
        card = self.card(user=clerk)
        self.assertFits(card)
        self.assertEqual(card["sales"], {})

    def test_orders_are_found_by_the_index_of_their_customer(self):
        order = self.order(1, customer=self.bo)
        self.env.flush_all()
        columns = SQL(", ").join(
            SQL.identifier(name)
            for name, field in order._fields.items()
            if field.store and field.column_type and name not in ("id", "uuid")
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO pos_order (uuid, %(columns)s)"
                " SELECT number::text, %(columns)s"
                " FROM pos_order, generate_series(1, 3000) AS number WHERE id = %(id)s",
                columns=columns,
                id=order.id,
            )
        )
        self.env.cr.execute("ANALYZE pos_order")
        domain = [("partner_id", "=", self.ana.id), ("state", "in", ("paid", "done"))]
        query = self.env["pos.order"].with_user(self.cashier)._search(domain)
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("pos_order__partner_id_index", str(plan))

    def test_as_many_queries_for_many_orders_as_for_few(self):
        self.order(1)
        self.card()
        counts = []
        for more in (1, 40):
            for number in range(more):
                self.order(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.card()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
