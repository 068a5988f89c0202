from urllib.parse import parse_qs, urlsplit

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSaleOrderWhatsapp(TransactionCase):
    """A quotation and an order have messages of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env.company
        cls.seller = new_test_user(
            cls.env, "seller_whatsapp", groups="sales_team.group_sale_salesman"
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Ana", "phone": "+48 601 234 567", "lang": "en_US"}
        )
        product = cls.env["product.product"].create(
            {"name": "Chair", "list_price": 20, "taxes_id": False}
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.seller.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )

    def codes(self):
        customer = self.customer.with_user(self.seller)
        answer = customer.customer_messages(f"sale.order,{self.order.id}")
        return [message["code"] for message in answer["messages"]]

    def test_message_of_the_state(self):
        self.assertEqual(self.codes()[0], "quotation")
        self.order.state = "sent"
        self.assertEqual(self.codes()[0], "quotation")
        self.order.action_confirm()
        self.assertNotIn("quotation", self.codes())
        self.assertEqual(self.codes()[0], "order-arrived")

    def test_default_of_the_settings(self):
        own = self.env["customer.message.template"].create(
            {"name": "Own", "code": "own", "kind": "sale", "body": "x", "sequence": 99}
        )
        settings = self.env["res.config.settings"].create({})
        settings.customer_message_sale_id = own
        settings.execute()
        self.assertEqual(self.codes()[:2], ["quotation", "own"])
        self.order.action_confirm()
        self.assertEqual(self.codes()[0], "own")

    def test_button(self):
        order = self.order.with_user(self.seller)
        self.assertTrue(order.customer_whatsapp_ready)
        order.action_confirm()
        action = order.action_customer_whatsapp()
        self.assertTrue(action["url"].startswith("https://wa.me/48601234567?text="))
        text = parse_qs(urlsplit(action["url"]).query)["text"][0]
        self.assertIn("Ana", text)
        self.assertIn(order.name, text)
        self.customer.phone = "22 555 01 02"
        self.assertFalse(order.customer_whatsapp_ready)
