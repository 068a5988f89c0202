from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.pos_customer.tests.network import Network

from .common import PosConsentCase

ACCESS = "odoo.exceptions.AccessError"
USER = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestConsentDisplay(PosConsentCase):
    """The customer answers on the customer display."""

    def test_read_chosen_and_confirmed_by_the_customer(self):
        self.bo.lang = "fr_FR"
        self.open_till()
        self.run_pos_tour("pos_customer_consent_display_tour", timeout=120)
        event = self.events(self.bo)
        self.assertEqual(event.mapped("event"), ["granted"])
        self.assertEqual((event.channel, event.actor), ("customer_display", "customer"))
        self.assertEqual(event.wording_ref, self.french.id)
        calls = self.events(self.bo, "till_calls")
        self.assertEqual(calls.mapped("event"), ["refused"])

    def test_without_a_connection(self):
        self.open_till()
        with Network(), mute_logger("odoo.addons.bus.websocket"):
            self.run_pos_tour("pos_customer_consent_display_offline_tour", timeout=120)
        event = self.events(self.bo)
        self.assertEqual(event.mapped("channel"), ["customer_display"])
        self.assertLess(event.at, event.recorded_at)

    def test_a_new_customer(self):
        (self.news | self.calls).ask_at_creation = True
        self.calls.answer_required = True
        self.open_till()
        self.run_pos_tour("pos_customer_consent_display_creation_tour", timeout=120)
        nora = self.env["res.partner"].search([("name", "=", "Nora New")])
        for code in ("till_news", "till_calls"):
            self.assertEqual(
                self.events(nora, code).mapped("channel"), ["customer_display"]
            )


@tagged("post_install", "-at_install")
class TestConsentDisplayRoute(PosConsentCase):
    """What a display on another device says, over the wire and without a login."""

    def setUp(self):
        super().setUp()
        self.config._ensure_access_token()
        self.message = {
            "id": "a-request",
            "type": "confirmed",
            "answers": [{"purpose": "till_news", "granted": True}],
        }

    def tell(self, **values):
        params = {
            "config_id": self.config.id,
            "access_token": self.config.access_token,
            "device_uuid": "a-device",
            "message": self.message,
            **values,
        }
        before = self.env["bus.bus"].search([], order="id desc", limit=1).id
        answer = self.url_open(
            "/pos_customer_consent/display",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
        ).json()
        told = self.env["bus.bus"].search([("id", ">", before)])
        error = answer.get("error", {}).get("data", {})
        return answer.get("result"), error, told

    def test_the_till_hears_it_and_nothing_is_noted(self):
        message = {**self.message, "more": "x" * 1000}
        message["answers"] = [{**message["answers"][0], "note": "of no use"}]
        result, error, told = self.tell(message=message)
        self.assertFalse(error)
        self.assertTrue(result)
        self.assertEqual(len(told), 1)
        self.assertIn("CUSTOMER_CONSENT_DISPLAY-a-device", told.message)
        self.assertIn("till_news", told.message)
        self.assertNotIn("of no use", told.message)
        self.assertNotIn("xxx", told.message)
        self.assertFalse(self.events(self.bo))

    def test_refused_without_the_token_of_the_till(self):
        other = self.env["pos.config"].search([("id", "!=", self.config.id)], limit=1)
        for values in (
            {"access_token": "guessed"},
            {"access_token": ""},
            {"access_token": False},
            {"access_token": ["list"]},
            {"config_id": 2**30},
            {"config_id": -1},
            {"config_id": "1"},
            {"config_id": other.id or 0},
        ):
            result, error, told = self.tell(**values)
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), ACCESS)
            self.assertFalse(told)

    def test_malformed_messages_reach_no_till(self):
        answer = self.message["answers"][0]
        for values in (
            {"message": "confirmed"},
            {"message": {**self.message, "type": "recorded"}},
            {"message": {**self.message, "id": "x" * 200}},
            {"message": {**self.message, "id": 5}},
            {"message": {**self.message, "answers": "all"}},
            {"message": {**self.message, "answers": [answer] * 200}},
            {"message": {**self.message, "answers": [{"purpose": "till_news"}]}},
            {"message": {**self.message, "answers": [{**answer, "granted": "yes"}]}},
            {"message": {**self.message, "answers": [{**answer, "purpose": {}}]}},
            {"device_uuid": "x" * 200},
            {"device_uuid": None},
        ):
            result, error, told = self.tell(**values)
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), USER)
            self.assertFalse(told)

    def test_words_around_the_questions(self):
        def words(lang="fr_FR"):
            return self.rpc("consent_display_texts", lang, model="pos.config")

        self.authenticate("cashier", "cashier")
        texts, error = words()
        self.assertFalse(error)
        self.assertTrue(texts["confirm"])
        for odd in ("xx_XX", False, 5):
            texts, error = words(odd)
            self.assertFalse(error)
            self.assertEqual(texts["yes"], "Yes")
        for login in ("consent_seller", "consent_stranger", "consent_visitor"):
            self.authenticate(login, login)
            result, error = words()
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), ACCESS)

    def test_only_a_till_asks_its_display(self):
        def show():
            return self.rpc(
                "consent_display_show",
                [self.config.id],
                {"configId": self.config.id, "request": False},
                "a-device",
                model="pos.config",
            )

        for login in ("consent_seller", "consent_stranger", "consent_visitor"):
            self.authenticate(login, login)
            result, error = show()
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), ACCESS)
        self.authenticate("cashier", "cashier")
        result, error = show()
        self.assertTrue(result)
        told = self.env["bus.bus"].search([], order="id desc", limit=1)
        self.assertIn("CUSTOMER_CONSENT_REQUEST-a-device", told.message)
