from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairWhatsapp(RepairCase):
    """What the customer reads depends on how far the repair is."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.ana.write({"phone": "+33 6 12 34 56 78", "lang": "fr_FR"})
        self.broken = self.repair(self.ana)

    def codes(self):
        customer = self.ana.with_user(self.chief)
        answer = customer.customer_messages(f"repair.order,{self.broken.id}")
        return [message["code"] for message in answer["messages"]]

    def test_message_of_the_state(self):
        self.assertEqual(self.codes(), ["repair-question"])
        self.broken.action_validate()
        self.assertEqual(self.codes()[0], "repair-received")
        self.broken.action_repair_start()
        self.broken.action_repair_end()
        self.assertEqual(self.codes()[0], "repair-ready")

    def test_default_of_the_settings(self):
        own = self.env["customer.message.template"].create(
            {"name": "Own", "code": "own", "kind": "repair", "body": "x"}
        )
        settings = self.env["res.config.settings"].create({})
        settings.customer_message_repair_id = own
        settings.execute()
        self.assertEqual(self.codes()[0], "own")

    def test_button_in_the_language_of_the_customer(self):
        template = self.env.ref("customer_repair.customer_message_repair_ready")
        template.with_context(lang="fr_FR").body = (
            "Bonjour {{ object.partner_id.customer_greeting_name }}, "
            "{{ object.product_id.name }} ({{ object.state }}) vous attend."
        )
        self.env["customer.message.template"].search(
            [("code", "=", "repair-question")]
        ).active = False
        self.finish(self.broken)
        repair = self.broken.with_user(self.chief)
        self.assertTrue(repair.customer_whatsapp_ready)
        url = repair.action_customer_whatsapp()["url"]
        self.assertTrue(url.startswith("https://wa.me/33612345678?text="))
        text = parse_qs(urlsplit(url).query)["text"][0]
        self.assertTrue(text.startswith("Bonjour Ana"), text)
        self.assertIn("Bike (Réparé) vous attend.", text)

    def test_of_the_new_customer(self):
        self.bo.phone = "+32 470 22 22 22"
        self.reassign(self.broken, self.bo)
        url = self.broken.with_user(self.chief).action_customer_whatsapp()["url"]
        self.assertIn("wa.me/32470222222", url)

    def test_notes_are_not_told(self):
        with self.assertRaisesRegex(ValidationError, "cannot show"):
            self.env["customer.message.template"].create(
                {
                    "name": "Leak",
                    "code": "leak",
                    "kind": "repair",
                    "body": "{{ object.internal_notes }}",
                }
            )

    def test_over_rpc(self):
        self.authenticate("mechanic", "mechanic-password")
        _result, error = self.rpc("action_customer_whatsapp", self.broken.ids)
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
