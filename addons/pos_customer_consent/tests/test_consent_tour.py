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

        def back_office(env):
            env["res.partner"].browse(self.bo.id).consent_set(
                "till_calls", True, "backend"
            )

        with self.meanwhile(back_office=back_office):
            self.run_pos_tour("pos_customer_consent_card_tour")
        self.assertEqual(self.events(self.bo).mapped("event"), ["granted", "withdrawn"])
        calls = self.events(self.bo, "till_calls")
        self.assertEqual(calls.mapped("event"), ["refused", "granted"])
        self.assertEqual(calls.mapped("config_ref"), [self.config.id, 0])

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

    def ask_at_creation(self):
        (self.news | self.calls).ask_at_creation = True
        self.calls.answer_required = True
        terms = self.new_purpose(
            "till_terms",
            "Terms of the shop",
            legal_basis="contract",
            ask_at_creation=True,
            is_condition=True,
        )
        self.publish(terms, "en_US", "I accept the terms.")

    def assert_nora_answered(self, *news):
        nora = self.env["res.partner"].search([("name", "=", "Nora New")])
        self.assertEqual(len(nora), 1)
        self.assertEqual(nora.lang, "fr_FR")
        events = self.events(nora)
        self.assertEqual(events.mapped("event"), list(news))
        self.assertEqual(events[0].wording_ref, self.french.id)
        for code, event in (("till_calls", "refused"), ("till_terms", "granted")):
            self.assertEqual(self.events(nora, code).mapped("event"), [event])
        self.assertEqual(set(events.mapped("config_ref")), {self.config.id})

    def test_asked_when_a_customer_is_made(self):
        self.ask_at_creation()
        self.open_till()
        self.run_pos_tour("pos_customer_consent_creation_tour")
        self.assert_nora_answered("granted")

    def test_asked_when_a_customer_is_made_without_a_connection(self):
        self.ask_at_creation()
        self.run_offline("pos_customer_consent_creation_offline_tour")
        self.assert_nora_answered("granted", "withdrawn")
