from urllib.parse import parse_qs, urlsplit

from odoo.tests import new_test_user, tagged

from .common import PosCustomerHttpCase

ACCESS = "odoo.exceptions.AccessError"


@tagged("post_install", "-at_install")
class TestWhatsapp(PosCustomerHttpCase):
    """WhatsApp from the till: what a customer bought, in the customer's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls.env["res.partner"].create(
            {
                "name": "Zoé Till",
                "is_customer": True,
                "phone": "06 12 34 56 78",
                "country_id": cls.env.ref("base.fr").id,
                "lang": "fr_FR",
            }
        )
        cls.lina = cls.env["res.partner"].create(
            {
                "name": "Lina Land",
                "is_customer": True,
                "phone": "01 23 45 67 89",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.templates = cls.env["customer.message.template"]
        cls.templates.search([]).active = False
        cls.thanks = cls._new_template(
            "Till thanks",
            "t-thanks",
            "Thanks {{ object.partner_id.customer_greeting_name }}",
            kind="pos",
        )
        cls._new_template("Hello", "t-hello", "Hello", sequence=1)
        holiday = cls._new_template("Holiday", "t-holiday", "Closed tomorrow")
        holiday.with_context(
            lang="fr_FR"
        ).body = "Fermé demain, {{ object.customer_greeting_name }}"

    @classmethod
    def _new_template(cls, name, code, body, **values):
        return cls.templates.create(
            {"name": name, "code": code, "body": body, **values}
        )

    def order(self, partner=None, **values):
        session = self.config.current_session_id or self.open_till()
        values = {"partner_id": (partner or self.zoe).id, **values}
        answer = self.sync(self.order_values(session, **values))
        return self.env["pos.order"].browse(answer["pos.order"][0]["id"])

    def url(self, order, code=None, customer=None):
        self.authenticate("cashier", "cashier")
        return self.rpc(
            "customer_whatsapp_url",
            (customer or self.zoe).ids,
            template_code=code,
            document=f"pos.order,{order.id}",
            context={"customer_channel": "pos"},
        )

    def text(self, url):
        return parse_qs(urlsplit(url).query)["text"][0]

    def rows(self):
        uuid = self.zoe.customer_uuid
        journal = self.env["customer.journal"].search([("subject_uuid", "=", uuid)])
        return journal.filtered(lambda row: row.event == "whatsapp")

    def test_cashier_opens_and_it_is_journaled(self):
        order = self.order()
        url, _error = self.url(order)
        self.assertTrue(url.startswith("https://wa.me/33612345678?text="))
        self.assertEqual(self.text(url), "Thanks Zoé Till")
        row = self.rows()
        self.assertEqual(row.channel, "pos")
        self.assertEqual(row.user_ref, self.cashier.id)
        self.assertEqual(
            row.details, {"template": "t-thanks", "document": f"pos.order,{order.id}"}
        )

    def test_default_of_the_till(self):
        own = self._new_template("Own", "t-own", "Own", kind="pos", sequence=99)
        order = self.order()
        self.assertEqual(self.text(self.url(order)[0]), "Thanks Zoé Till")
        settings = self.env["res.config.settings"].create(
            {"pos_config_id": self.config.id}
        )
        settings.pos_customer_message_id = own
        settings.execute()
        self.assertEqual(self.config.customer_message_id, own)
        self.assertEqual(self.text(self.url(order)[0]), "Own")

    def test_what_an_order_says(self):
        self.thanks.body = "{{ object.pos_reference }} {{ object.amount_total }}"
        order = self.order()
        self.zoe.lang = "en_US"
        text = self.text(self.url(order)[0])
        self.assertIn(order.pos_reference, text)
        self.assertIn("20.00", text)
        self.assertIn(order.currency_id.symbol, text)

    def test_button_of_the_back_office(self):
        order = self.order().with_user(self.cashier)
        self.assertTrue(order.customer_whatsapp_ready)
        action = order.action_customer_whatsapp()
        self.assertEqual(self.text(action["url"]), "Thanks Zoé Till")
        self.assertFalse(self.order(self.lina).customer_whatsapp_ready)

    def test_till_knows_who_has_whatsapp(self):
        session = self.open_till()
        data = session.with_user(self.cashier).load_data([])
        ready = {p["id"]: p["customer_whatsapp_ready"] for p in data["res.partner"]}
        self.assertIs(ready[self.zoe.id], True)
        self.assertIs(ready[self.lina.id], False)

    def test_others_may_not(self):
        order = self.order()
        new_test_user(
            self.env, "whatsapp_clerk", groups="base.group_user", password="clerk-pass"
        )
        self.authenticate("whatsapp_clerk", "clerk-pass")
        for model, method, args in (
            ("res.partner", "customer_whatsapp_url", [self.zoe.ids]),
            ("res.partner", "customer_messages", [self.zoe.ids]),
            ("pos.order", "action_customer_whatsapp", [order.ids]),
        ):
            result, error = self.rpc(method, *args, model=model)
            self.assertIsNone(result)
            self.assertEqual(error["name"], ACCESS)
        self.assertFalse(self.rows())

    def test_order_of_another_customer(self):
        order = self.order(self.bo)
        url, error = self.url(order)
        self.assertIsNone(url)
        self.assertIn("another customer", error["message"])

    def test_tour(self):
        """The template is written in the settings, in French, and opened at the till."""
        self.order()
        manager = new_test_user(
            self.env,
            "whatsapp_manager",
            groups="customer_base.group_customer_manager,point_of_sale.group_pos_user",
            password="whatsapp_manager",
            lang="fr_FR",
        )
        self.start_tour(
            "/odoo/customer-messages",
            "pos_customer_message_template_tour",
            login=manager.login,
        )
        self.assertEqual(
            self.thanks.with_context(lang="fr_FR").body,
            "Merci {{ object.partner_id.customer_greeting_name }}",
        )
        self.assertTrue(
            self.thanks.with_context(lang="en_US").body.startswith("Thanks")
        )
        self.run_pos_tour("pos_customer_whatsapp_tour")
        opened = [row.details["template"] for row in self.rows().sorted("id")]
        self.assertEqual(opened, ["t-thanks", "t-thanks", "t-holiday"])
