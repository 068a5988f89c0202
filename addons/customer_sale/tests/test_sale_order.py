from odoo.exceptions import AccessError, RedirectWarning
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSaleOrder(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.position = cls.env["account.fiscal.position"].create(
            {"name": "Student taxes", "company_id": cls.company.id}
        )
        cls.student, cls.taxed = cls.env["customer.type"].create(
            [
                {"name": "Student", "discount": 10},
                {
                    "name": "Taxed",
                    "company_id": cls.company.id,
                    "fiscal_position_id": cls.position.id,
                },
            ]
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Ana", "customer_type_id": cls.student.id, "is_customer": True}
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Book", "list_price": 20, "taxes_id": False}
        )

    def _order(self, partner):
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )

    def test_an_order_has_the_price_of_the_type(self):
        order = self._order(self.partner)
        self.assertEqual(order.amount_total, 18)

    def test_an_order_makes_a_customer(self):
        partner = self.env["res.partner"].create({"name": "Passer-by"})
        self.assertFalse(partner.is_customer)
        self._order(partner)
        self.assertTrue(partner.is_customer)
        self.assertTrue(partner.customer_type_id.is_default)

    def test_a_quotation_changes_only_by_update_prices(self):
        order = self._order(self.partner)
        self.student.discount = 50
        self.assertEqual(order.amount_total, 18)
        order.action_update_prices()
        self.assertEqual(order.amount_total, 10)

    def test_a_price_typed_by_hand_stays(self):
        order = self._order(self.partner)
        order.order_line.price_unit = 7
        self.assertEqual(order.amount_total, 7)

    def test_the_form_shows_the_price(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.partner
            with form.order_line.new() as line:
                line.product_id = self.product
        self.assertEqual(form.record.amount_total, 18)

    def test_the_position_of_the_type(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Bo",
                "is_customer": True,
                "company_id": self.company.id,
                "customer_type_id": self.taxed.id,
            }
        )
        self.assertEqual(self._order(partner).fiscal_position_id, self.position)
        by_hand = self.position.copy({"name": "By hand"})
        partner.property_account_position_id = by_hand
        self.assertEqual(self._order(partner).fiscal_position_id, by_hand)

    def test_the_form_tells_who_is_served(self):
        self.partner.customer_note = "Rings twice"
        self.patch(
            type(self.partner),
            "_customer_points_text",
            lambda p: f"{p.name}: 12 points",
        )
        with Form(self.env["sale.order"]) as form:
            self.assertFalse(form.customer_type_id)
            form.partner_id = self.partner
            self.assertEqual(form.customer_type_id, self.student)
            self.assertEqual(form.customer_note, "Rings twice")
            self.assertEqual(form.customer_points_text, "Ana: 12 points")

    def test_customers_do_not_read_it(self):
        order = self._order(self.partner)
        user = new_test_user(
            self.env, "ana", groups="base.group_portal", partner_id=self.partner.id
        )
        order = order.with_user(user)
        self.assertTrue(order.amount_total)
        for field in ("customer_note", "customer_points_text", "customer_type_id"):
            with self.assertRaises(AccessError):
                order.read([field])

    def test_a_salesperson_sees_customers(self):
        user = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        self.assertTrue(user.has_group("customer_base.group_customer_user"))
        self.assertFalse(user.has_group("customer_base.group_customer_manager"))

    def test_a_customer_with_an_order_is_not_deleted(self):
        self._order(self.partner)
        with self.assertRaises(RedirectWarning):
            self.partner.unlink()
