from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.pos_customer.tests.network import Network

from .common import PosConsentCase


@tagged("post_install", "-at_install")
class TestConsentReceipt(PosConsentCase):
    """The way from a receipt to the customer's own page."""

    def sell(self, partner):
        session = self.config.current_session_id or self.open_till()
        sent = self.order_values(session, partner_id=partner.id)
        return self.sync(sent)["pos.order"][0]

    def test_a_till_gets_it_with_the_order(self):
        self.assertFalse(self.sell(self.bo)["customer_consent_url"])
        self.config.customer_consent_qr = True
        url = self.sell(self.bo)["customer_consent_url"]
        self.assertIn("/consent/", url)
        self.assertNotIn("Bo", url)
        self.assertFalse(self.sell(self.env["res.partner"])["customer_consent_url"])
        self.assertEqual(self.url_open(url).status_code, 200)

    def test_nobody_else_reads_it(self):
        self.config.customer_consent_qr = True
        order = self.env["pos.order"].browse(self.sell(self.bo)["id"])
        self.assertTrue(order.with_user(self.cashier).customer_consent_url)
        self.assertFalse(order.with_user(self.cashier).sudo().customer_consent_url)
        for login in ("consent_stranger", "consent_visitor"):
            self.authenticate(login, login)
            result, error = self.rpc(
                "read", [order.id], ["customer_consent_url"], model="pos.order"
            )
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError")

    def test_on_the_receipt(self):
        self.config.customer_consent_qr = True
        self.open_till()
        with Network(), mute_logger("odoo.addons.bus.websocket"):
            self.run_pos_tour("pos_customer_consent_receipt_tour", timeout=120)

    def test_the_setting_of_the_till(self):
        settings = self.env["res.config.settings"].create(
            {"pos_config_id": self.config.id, "pos_customer_consent_qr": True}
        )
        settings.execute()
        self.assertTrue(self.config.customer_consent_qr)
