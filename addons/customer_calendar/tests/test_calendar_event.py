from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCalendarEvent(TransactionCase):
    """WhatsApp to the customer who comes to an appointment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("fr_FR")
        groups = "base.group_user,customer_base.group_customer_user"
        cls.user, cls.colleague = (
            new_test_user(cls.env, login, groups=groups, tz="Europe/Paris")
            for login in ("event_user", "event_colleague")
        )
        cls.guest = cls.env["res.partner"].create({"name": "Guest"})
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Zoé",
                "is_customer": True,
                "phone": "+33 6 12 34 56 78",
                "lang": "fr_FR",
            }
        )
        cls.event = cls.env["calendar.event"].create(
            {
                "name": "Fitting",
                "user_id": cls.user.id,
                "start": "2031-03-05 08:30:00",
                "stop": "2031-03-05 09:00:00",
                "partner_ids": [
                    Command.set((cls.user.partner_id + cls.guest + cls.customer).ids)
                ],
            }
        )
        cls.env["customer.message.template"].search([]).active = False
        cls.template = cls.env["customer.message.template"].create(
            {
                "name": "Appointment",
                "code": "t-appointment",
                "kind": "calendar",
                "body": "{{ object.name }} · {{ object.customer_time }}",
            }
        )

    def text(self, user=None):
        event = self.event.with_user(user or self.user)
        event = event.with_context(tz="Europe/Paris")
        url = event.action_customer_whatsapp()["url"]
        self.assertTrue(url.startswith("https://wa.me/33612345678?"))
        return parse_qs(urlsplit(url).query)["text"][0]

    def test_time_of_the_shop_in_the_customers_writing(self):
        self.assertEqual(self.event.customer_partner_id, self.customer)
        self.assertEqual(self.text(), "Fitting · 05/03/2031 09:30")
        self.event.write(
            {"allday": True, "start_date": "2031-03-05", "stop_date": "2031-03-05"}
        )
        self.assertEqual(self.text(), "Fitting · 05/03/2031")

    def test_colleagues_are_no_customers(self):
        self.event.partner_ids = self.user.partner_id
        self.assertFalse(self.event.customer_whatsapp_ready)
        with self.assertRaises(UserError):
            self.event.with_user(self.user).action_customer_whatsapp()

    def test_private_appointment(self):
        self.event.privacy = "private"
        self.assertIn("Fitting", self.text())
        with self.assertRaises(AccessError):
            self.event.with_user(self.colleague).action_customer_whatsapp()
        customer = self.customer.with_user(self.colleague)
        with self.assertRaises(AccessError):
            customer.customer_messages(f"calendar.event,{self.event.id}")

    def test_default_of_the_settings(self):
        own = self.template.copy({"sequence": 99})
        settings = self.env["res.config.settings"].create({})
        settings.customer_message_calendar_id = own
        settings.execute()
        self.assertEqual(self.template._fitting(self.event)[0], own)
