from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

PASSWORD = "a-long-passphrase-91"


@tagged("post_install", "-at_install")
class TestTypePrice(HttpCase):
    """The price of a type in the web shop, as a customer's browser gets it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.company_id.partner_id.country_id = cls.env.ref("base.be")
        types = cls.env["customer.type"]
        cls.student = types.create({"name": "Student", "discount": 10})
        cls.staff = types.create({"name": "Staff", "discount": 40, "is_reserved": True})
        cls.scarf = cls.env["product.template"].create(
            {
                "name": "Scarf of the test",
                "list_price": 1000,
                "taxes_id": False,
                "website_published": True,
            }
        )
        cls.user = new_test_user(
            cls.env, "ann", password=PASSWORD, groups="base.group_portal"
        )
        cls.ann = cls.user.partner_id
        cls.ann.write({"is_customer": True, "customer_type_id": cls.student.id})

    def list_of(self, customer_type):
        return customer_type.technical_pricelist_ids.filtered(
            lambda pricelist: pricelist.company_id == self.website.company_id
        )

    def assertPrice(self, price):
        shown = self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": self.scarf.id,
                "product_id": self.scarf.product_variant_id.id,
                "combination": [],
                "add_qty": 1,
            },
        )
        self.assertEqual(shown["price"], price)

    def fill_cart(self):
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.scarf.id,
                "product_id": self.scarf.product_variant_id.id,
                "quantity": 1,
            },
        )
        return self.env["sale.order"].search(
            [("partner_id", "=", self.ann.id)], order="id desc", limit=1
        )

    def test_a_customer_gets_the_price_of_the_type(self):
        self.authenticate("ann", PASSWORD)
        self.assertPrice(900)
        self.assertEqual(self.fill_cart().amount_untaxed, 900)

    def test_a_guest_gets_no_type(self):
        self.authenticate(None, None)
        self.assertPrice(1000)
        for customer_type in (self.student, self.staff):
            pricelist = self.list_of(customer_type)
            self.url_open(f"/shop/change_pricelist/{pricelist.id}")
            self.assertPrice(1000)

    def test_a_guest_pays_what_a_new_customer_pays(self):
        default = self.env["customer.type"]._get_default(self.website.company_id)
        default.discount = 5
        self.authenticate(None, None)
        self.assertPrice(950)
        self.fill_cart()
        cart = self.env["sale.order"].search([], order="id desc", limit=1)
        self.assertEqual(cart.amount_untaxed, 950)
        answer = self.url_open(
            "/shop/address/submit",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "address_type": "billing",
                "use_delivery_as_billing": "true",
                "name": "Guest Buyer",
                "phone": "+32 470 99 99 99",
                "street": "Street 9",
                "zip": "9000",
                "city": "Gent",
                "country_id": self.env.ref("base.be").id,
                "email": "guest@example.com",
            },
        ).json()
        self.assertIn("redirectUrl", answer)
        self.assertEqual(cart.partner_id.customer_type_id, default)
        self.url_open("/shop/cart")
        self.assertEqual(cart.amount_untaxed, 950)
        self.assertPrice(950)

    def test_the_taxes_of_the_type(self):
        company = self.website.company_id
        taxes = self.env["account.tax"].with_company(company)
        full = taxes.create(
            {"name": "Full", "amount": 20, "price_include_override": "tax_excluded"}
        )
        position = self.env["account.fiscal.position"].create(
            {"name": "Students", "company_id": company.id}
        )
        taxes.create(
            {
                "name": "None",
                "amount": 0,
                "fiscal_position_ids": [Command.link(position.id)],
                "original_tax_ids": [Command.link(full.id)],
            }
        )
        club = self.env["customer.type"].create(
            {
                "name": "Club",
                "company_id": company.id,
                "fiscal_position_id": position.id,
            }
        )
        self.ann.company_id = company
        self.scarf.taxes_id = full
        self.website.show_line_subtotals_tax_selection = "tax_included"
        self.ann.customer_type_id = False
        self.authenticate(None, None)
        self.assertPrice(1200)
        self.authenticate("ann", PASSWORD)
        self.assertPrice(1200)
        cart = self.fill_cart()
        self.assertEqual(cart.amount_total, 1200)
        self.ann.customer_type_id = club
        self.url_open("/shop/cart")
        self.assertEqual(cart.amount_total, 1000)
        self.assertPrice(1000)
        self.ann.customer_type_id = False
        self.url_open("/shop/cart")
        self.assertEqual(cart.amount_total, 1200)
        self.assertPrice(1200)
        # without a cart, the session's own
        cart.unlink()
        self.ann.customer_type_id = club
        self.assertPrice(1000)
        self.ann.customer_type_id = False
        self.assertPrice(1200)

    def test_nobody_chooses_the_list_of_another_type(self):
        self.authenticate("ann", PASSWORD)
        self.url_open(f"/shop/change_pricelist/{self.list_of(self.staff).id}")
        self.assertPrice(900)
        available = self.website.with_user(self.user).get_pricelist_available()
        self.assertIn(self.list_of(self.student), available)
        self.assertNotIn(self.list_of(self.staff), available)

    def test_another_type_counts_at_the_next_page(self):
        self.ann.customer_type_id = False
        self.authenticate("ann", PASSWORD)
        self.assertPrice(1000)
        cart = self.fill_cart()
        self.ann.customer_type_id = self.student
        self.assertPrice(900)
        self.url_open("/shop/cart")
        self.assertEqual(cart.amount_untaxed, 900)
        self.ann.customer_type_id = self.staff
        self.assertPrice(600)
        self.ann.customer_type_until = fields.Date.subtract(fields.Date.today(), days=2)
        self.assertPrice(1000)

    def test_a_list_that_somebody_chose_for_the_type(self):
        chosen = self.env["product.pricelist"].create(
            {
                "name": "Resellers",
                "website_id": False,
                "item_ids": [
                    (0, 0, {"compute_price": "percentage", "percent_price": 40})
                ],
            }
        )
        self.ann.customer_type_id = self.env["customer.type"].create(
            {"name": "Reseller", "pricelist_id": chosen.id}
        )
        self.authenticate("ann", PASSWORD)
        self.assertPrice(600)

    def test_no_website_holds_on_to_the_lists(self):
        self.assertFalse(self.list_of(self.student).website_id)
        website = self.env["website"].create(
            {"name": "Second", "company_id": self.website.company_id.id}
        )
        website.unlink()
