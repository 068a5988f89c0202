from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

PASSWORD = "a-long-passphrase-91"


@tagged("post_install", "-at_install")
class TestGuest(HttpCase):
    """A buyer in the web shop who says to be somebody else, with an account or without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.company = cls.website.company_id
        cls.belgium = cls.env.ref("base.be")
        cls.ann, cls.bob = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_customer": True,
                    "email": email,
                    "phone": phone,
                    "street": "Street 1",
                    "zip": "1000",
                    "city": "Brussel",
                    "country_id": cls.belgium.id,
                }
                for name, email, phone in (
                    ("Ann Known", "ann@example.com", "+32 470 11 22 33"),
                    ("Bob Known", "bob@example.com", "+32 470 44 55 66"),
                )
            ]
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Scarf", "list_price": 20, "website_published": True}
        )

    def fill_cart(self):
        self.url_open(
            "/shop/cart/add",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "product_template_id": self.product.product_tmpl_id.id,
                    "product_id": self.product.id,
                    "quantity": 1,
                },
            },
        )

    def submit(self, email, partner_id="", **values):
        """Send the form of the address, as the checkout does."""
        return self.url_open(
            "/shop/address/submit",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "partner_id": partner_id,
                "address_type": "billing",
                "use_delivery_as_billing": "true",
                "name": "Guest Buyer",
                "phone": "+32 470 99 99 99",
                "street": "Street 9",
                "zip": "9000",
                "city": "Gent",
                "country_id": self.belgium.id,
                "email": email,
                **values,
            },
        ).json()

    def buy_as_guest(self, email, **values):
        self.authenticate(None, None)
        self.fill_cart()
        answer = self.submit(email, **values)
        self.assertIn("redirectUrl", answer)
        return self.env["res.partner"].search(
            [("name", "=", "Guest Buyer")], order="id desc", limit=1
        )

    def pairs_of(self, partner):
        pairs = self.env["customer.duplicate"].search([("partner_id", "=", partner.id)])
        return {pair.other_id: (pair.why, pair.source) for pair in pairs}

    def test_never_refused(self):
        self.company.customer_email_unique = True
        guest = self.buy_as_guest("Ann@example.com")
        self.assertTrue(guest.is_customer)
        self.assertEqual(guest.email_normalized, "ann@example.com")
        self.assertEqual(self.pairs_of(guest), {self.ann: ("email", "web")})
        # still a guest, who corrects the address
        answer = self.submit("bob@example.com", partner_id=guest.id)
        self.assertIn("redirectUrl", answer)
        self.assertEqual(guest.email_normalized, "bob@example.com")
        self.assertEqual(self.pairs_of(guest).keys(), {self.ann, self.bob})

    def test_proposed_where_emails_need_not_be_unique(self):
        guest = self.buy_as_guest("ann@example.com", phone="0470 44 55 66")
        self.assertEqual(
            self.pairs_of(guest),
            {self.ann: ("email", "web"), self.bob: ("phone", "web")},
        )

    def test_a_stranger_is_proposed_as_nobody(self):
        guest = self.buy_as_guest("new@example.com")
        self.assertTrue(guest.is_customer)
        self.assertEqual(self.pairs_of(guest), {})

    def test_with_an_account_the_email_must_be_free(self):
        self.company.customer_email_unique = True
        user = new_test_user(
            self.env,
            "bob",
            password=PASSWORD,
            groups="base.group_portal",
            partner_id=self.bob.id,
            email="bob@example.com",
        )
        self.authenticate(user.login, PASSWORD)
        self.fill_cart()
        answer = self.submit(
            "ann@example.com",
            partner_id=self.bob.id,
            name="Bob Known",
            phone="+32 470 44 55 66",
        )
        self.assertEqual(answer.get("invalid_fields"), ["email"])
        self.assertNotIn("Ann", str(answer))
        self.assertEqual(self.bob.email, "bob@example.com")
