from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.pos_customer.tests.network import Network

from .common import PosConsentCase


@tagged("post_install", "-at_install")
class TestConsentTour(PosConsentCase):
    """Consents on the card in a real till, by a cashier with no other right."""

    def run_offline(self, name):
        self.open_till()
        with Network(), mute_logger("odoo.addons.bus.websocket"):
            self.run_pos_tour(name, timeout=180)

    def test_given_refused_and_withdrawn(self):
        self.open_till()
        self.run_pos_tour("pos_customer_consent_card_tour")
        self.assertEqual(self.events(self.bo).mapped("event"), ["granted", "withdrawn"])
        calls = self.events(self.bo, "till_calls")
        self.assertEqual(calls.mapped("event"), ["refused"])
        self.assertEqual(set(calls.mapped("config_ref")), {self.config.id})

    def test_in_french(self):
        self.cashier.lang = "fr_FR"
        self.bo.lang = "fr_FR"
        self.open_till()
        self.run_pos_tour("pos_customer_consent_french_tour")
        event = self.events(self.bo)
        self.assertEqual(
            (event.wording_ref, event.wording_lang), (self.french.id, "fr_FR")
        )

    def test_without_a_connection_and_back(self):
        self.run_offline("pos_customer_consent_offline_tour")
        self.assertEqual(self.events(self.bo).mapped("event"), ["granted"])
        calls = self.events(self.bo, "till_calls")
        self.assertEqual(calls.mapped("event"), ["granted", "withdrawn"])
        for event in self.events(self.bo) | calls[1]:
            self.assertLess(event.at, event.recorded_at, "when it was answered")

    def test_an_answer_that_gets_lost(self):
        self.run_offline("pos_customer_consent_lost_answer_tour")
        self.assertEqual(self.events(self.bo).mapped("event"), ["granted"])
