from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestDocuments(TransactionCase):
    """Quotations and orders among the documents of their customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Ana",
                "is_customer": True,
                "email": "ana@example.com",
                "phone": "+32 470 11 22 33",
            }
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Book", "list_price": 20, "taxes_id": False}
        )
        cls.seller, cls.colleague = (
            new_test_user(
                cls.env, login, groups="sales_team.group_sale_salesman", lang="en_US"
            )
            for login in ("seller", "colleague")
        )

    def order(self, day, **values):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "date_order": f"{day} 10:00:00",
                "user_id": self.seller.id,
                "order_line": [Command.create({"product_id": self.product.id})],
                **values,
            }
        )

    def rows(self, user):
        return self.customer.with_user(user).customer_documents("order")["rows"]

    def test_rows(self):
        order = self.order("2024-03-02")
        self.order("2024-03-01").action_cancel()
        rows = self.rows(self.seller)
        self.assertEqual([row["state"] for row in rows], ["draft", "cancel"])
        self.assertEqual(
            rows[0],
            {
                "model": "sale.order",
                "id": order.id,
                "name": order.name,
                "channel": "Sales",
                "date": "2024-03-02 10:00:00",
                "email": "ana@example.com",
                "phone": "+32 470 11 22 33",
                "state": "draft",
                "status": "Quotation",
                "amount": 20.0,
                "currency_id": order.currency_id.id,
            },
        )

    def test_a_salesperson_sees_their_own(self):
        self.order("2024-03-02")
        self.assertEqual(len(self.rows(self.seller)), 1)
        self.assertEqual(self.rows(self.colleague), [])

    def test_found_by_the_index_of_the_customer(self):
        order = self.order("2024-03-02")
        other = self.env["res.partner"].create({"name": "Crowd"})
        self.env.flush_all()
        columns = SQL(", ").join(
            SQL.identifier(name)
            for name, field in order._fields.items()
            if field.store and field.column_type and name not in ("id", "partner_id")
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO sale_order (partner_id, %(columns)s)"
                " SELECT %(other)s, %(columns)s"
                " FROM sale_order, generate_series(1, 3000) WHERE id = %(id)s",
                columns=columns,
                other=other.id,
                id=order.id,
            )
        )
        self.env.cr.execute("ANALYZE sale_order")
        select = self.customer.with_user(self.seller)._customer_documents_select(
            self.env["sale.order"].with_user(self.seller), "order"
        )
        plan = self.env.execute_query(SQL("EXPLAIN %s", select))
        self.assertIn("sale_order__partner_id_index", str(plan))
