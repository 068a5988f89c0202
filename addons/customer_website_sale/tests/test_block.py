from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

PASSWORD = "a-long-passphrase-91"
NEUTRAL = "This cannot be completed at the moment. Please contact us."


@tagged("post_install", "-at_install")
class TestBlock(HttpCase):
    """A blocked customer in the web shop: refused before paying, never afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.website = cls.env["website"].search([], limit=1)
        english = cls.env.ref("base.lang_en")
        cls.website.write(
            {
                "language_ids": [Command.link(english.id)],
                "default_lang_id": english.id,
            }
        )
        cls.product = cls.env["product.product"].create(
            {
                "name": "Repair hour",
                "type": "service",
                "list_price": 20,
                "taxes_id": False,
                "website_published": True,
            }
        )
        cls.user = new_test_user(
            cls.env,
            "bart",
            password=PASSWORD,
            groups="base.group_portal",
            email="bart@example.com",
            lang="en_US",
        )
        cls.customer = cls.user.partner_id
        cls.customer.write(
            {
                "name": "Bart Blocked",
                "is_customer": True,
                "phone": "+32 470 11 22 33",
                "street": "Street 1",
                "zip": "1000",
                "city": "Brussel",
                "country_id": cls.env.ref("base.be").id,
            }
        )

    def fill_cart(self):
        self.authenticate("bart", PASSWORD)
        self.call(
            "/shop/cart/add",
            product_template_id=self.product.product_tmpl_id.id,
            product_id=self.product.id,
            quantity=1,
        )
        return self.env["sale.order"].search(
            [("partner_id", "=", self.customer.id)], order="id desc", limit=1
        )

    def call(self, route, **params):
        with mute_logger("odoo.http"):
            return self.url_open(
                route, json={"jsonrpc": "2.0", "method": "call", "params": params}
            ).json()

    def pay(self, cart):
        """The message of the refusal to begin a payment, empty without one."""
        answer = self.call(
            f"/shop/payment/transaction/{cart.id}",
            access_token=cart._portal_ensure_token(),
        )
        return answer.get("error", {}).get("data", {}).get("message", "")

    def block(self):
        self.customer.customer_block(["pos"], "unpaid", note="Third reminder")

    def transaction(self, cart, state):
        provider = self.env["payment.provider"].create({"name": "Test"})
        method = self.env["payment.method"].create({"name": "T", "code": "t"})
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": "T-1",
                "amount": cart.amount_total,
                "currency_id": cart.currency_id.id,
                "partner_id": self.customer.id,
                "state": state,
                "sale_order_ids": cart.ids,
            }
        )

    def test_no_payment_begins(self):
        cart = self.fill_cart()
        self.assertNotEqual(self.pay(cart), NEUTRAL)
        self.block()
        self.assertEqual(self.pay(cart), NEUTRAL)
        self.assertFalse(cart.transaction_ids)
        self.customer.customer_unblock()
        self.assertNotEqual(self.pay(cart), NEUTRAL)

    def test_the_page_says_so(self):
        self.fill_cart()
        page = self.url_open("/shop/payment").text
        self.assertNotIn(NEUTRAL, page)
        self.block()
        page = self.url_open("/shop/payment").text
        self.assertIn(NEUTRAL, page)
        for words in ("Unpaid", "Third", "is blocked"):
            self.assertNotIn(words, page)

    def test_nothing_to_pay_is_no_way_in(self):
        self.product.list_price = 0
        cart = self.fill_cart()
        self.block()
        with mute_logger("odoo.http"):
            self.url_open("/shop/payment/validate")
        self.assertEqual(cart.state, "draft")
        self.customer.customer_unblock()
        self.url_open("/shop/payment/validate")
        self.assertEqual(cart.state, "sale")

    def test_paid_is_kept_and_flagged(self):
        cart = self.fill_cart()
        transaction = self.transaction(cart, "done")
        self.block()
        transaction._check_amount_and_confirm_order()
        self.assertEqual(cart.state, "sale")
        self.assertTrue(cart.customer_block_flag)

    def test_a_payment_on_its_way_is_no_error(self):
        cart = self.fill_cart()
        self.transaction(cart, "pending")
        self.block()
        self.assertFalse(cart._customer_is_refused())
        self.assertTrue(cart._customer_forbidding_blocks())
