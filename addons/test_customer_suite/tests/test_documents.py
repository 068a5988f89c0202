from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestDocuments(PosCustomerHttpCase):
    """Orders of the till, of a salesperson and of the web shop in one list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana.write({"email": "ana@example.com", "phone": "+32 470 11 22 33"})
        cls.session = cls.open_till(cls)
        website = cls.env["website"].search([], limit=1)
        cls.quotation, cls.cart = cls.env["sale.order"].create(
            [
                {
                    "partner_id": cls.ana.id,
                    "date_order": f"2024-03-0{day} 10:00:00",
                    "website_id": website_id,
                    "order_line": [Command.create({"product_id": cls.book.id})],
                }
                for day, website_id in ((1, False), (3, website.id))
            ]
        )
        cls.sale = cls.env["pos.order"].create(
            {
                "company_id": cls.session.company_id.id,
                "session_id": cls.session.id,
                "partner_id": cls.ana.id,
                "pos_reference": "2403-001-0007",
                "email": "receipt@example.com",
                "date_order": "2024-03-02 10:00:00",
                "state": "paid",
                "amount_total": 12,
                "amount_tax": 0,
                "amount_paid": 12,
                "amount_return": 0,
            }
        )

    def rows(self, groups):
        user = new_test_user(self.env, "looks", groups=groups, lang="en_US")
        return self.ana.with_user(user).customer_documents("order")["rows"]

    def test_every_channel(self):
        rows = self.rows(
            "sales_team.group_sale_salesman_all_leads,point_of_sale.group_pos_user"
        )
        self.assertEqual(
            [
                (row["name"], row["channel"], row["email"], row["status"])
                for row in rows
            ],
            [
                (self.cart.name, "Web shop", "ana@example.com", "Quotation"),
                ("2403-001-0007", "Till", "receipt@example.com", "Paid"),
                (self.quotation.name, "Sales", "ana@example.com", "Quotation"),
            ],
        )
        self.assertEqual(rows[1]["id"], self.sale.id)
        self.assertEqual(rows[1]["amount"], 12)

    def test_of_the_channels_that_the_user_may_read(self):
        rows = self.rows("point_of_sale.group_pos_user")
        self.assertEqual({row["model"] for row in rows}, {"pos.order"})
