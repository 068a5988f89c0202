from uuid import uuid4

from odoo.tests import tagged

from .common import PosConsentCase

USER = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestConsentCreation(PosConsentCase):
    """Answers that come with a new customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.news.write({"ask_at_creation": True, "answer_required": True})

    def upsert(self, *answers, uuid=None, **values):
        self.authenticate("cashier", "cashier")
        uuid = uuid or str(uuid4())
        result = self.rpc(
            "customer_upsert",
            {"name": "Nora New", "consents": list(answers), **values},
            uuid,
            self.config.id,
            str(uuid4()),
        )
        return *result, self.env["res.partner"]._customer_of_uuid(uuid)

    def draft(self, *answers, **values):
        return {
            "uuid": str(uuid4()),
            "key": str(uuid4()),
            "values": {"name": "Nora New", **values},
            "consents": {"config_id": self.config.id, "answers": list(answers)},
        }

    def of(self, uuid):
        return self.env["res.partner"]._customer_of_uuid(uuid)

    def test_made_with_the_answer_and_once(self):
        uuid, answer = str(uuid4()), self.answer(False)
        for _attempt in range(2):
            partner_id, error, nora = self.upsert(answer, uuid=uuid)
            self.assertFalse(error)
            self.assertEqual(partner_id, nora.id)
        self.assertEqual(self.events(nora).mapped("event"), ["refused"])

    def test_nobody_is_made_without_an_answer_that_is_needed(self):
        _id, error, nora = self.upsert(self.answer(purpose="till_calls"))
        self.assertEqual(error.get("name"), USER)
        self.assertIn("News by e-mail", error["message"])
        self.assertFalse(nora)

    def test_a_no_is_an_answer_but_to_a_condition(self):
        terms = self.new_purpose(
            "till_terms",
            "Terms of the shop",
            legal_basis="contract",
            ask_at_creation=True,
            is_condition=True,
        )
        self.publish(terms, "en_US", "I accept the terms.")
        answers = [self.answer(False)]
        for granted, is_made in ((None, False), (False, False), (True, True)):
            if granted is not None:
                answers = answers[:1] + [
                    self.answer(granted, purpose="till_terms", wording_id=False)
                ]
            _id, error, nora = self.upsert(*answers)
            self.assertEqual(bool(nora), is_made, error)
            answers = [self.answer(False)]

    def test_nobody_is_made_with_an_answer_that_is_refused(self):
        for wrong in (
            self.answer(channel="portal"),
            self.answer(wording_id=self.calls.wording_ids[0].id),
            self.answer(granted="yes"),
        ):
            _id, error, nora = self.upsert(wrong)
            self.assertEqual(error.get("name"), USER)
            self.assertFalse(nora)

    def test_a_till_must_say_who_it_is(self):
        self.authenticate("consent_seller", "consent_seller")
        for config_id in (None, self.config.id):
            uuid = str(uuid4())
            values = {"name": "Nora New", "consents": [self.answer()]}
            result, error = self.rpc("customer_upsert", values, uuid, config_id)
            self.assertIsNone(result)
            self.assertTrue(error.get("message"))
            self.assertFalse(self.of(uuid))

    def test_a_customer_who_is_there_is_not_asked_again(self):
        uuid = str(uuid4())
        self.upsert(self.answer(), uuid=uuid)
        _id, error, nora = self.upsert(uuid=uuid, city="Lyon")
        self.assertFalse(error)
        self.assertEqual(nora.city, "Lyon")

    def test_a_purpose_without_words_is_not_asked(self):
        self.news.answer_required = False
        self.new_purpose(
            "till_unsaid", "Without words", ask_at_creation=True, answer_required=True
        )
        _id, error, nora = self.upsert()
        self.assertFalse(error)
        self.assertTrue(nora)

    def test_a_draft_brings_its_answers_once(self):
        self.authenticate("cashier", "cashier")
        draft = self.draft(
            self.answer(age_seconds=600), self.answer(purpose="nothing_of_the_kind")
        )
        for _attempt in range(2):
            answer, error = self.rpc("customer_receive_draft", draft)
            self.assertFalse(error)
            self.assertFalse(answer["refused"])
        nora = self.of(draft["uuid"])
        event = self.events(nora)
        self.assertEqual(event.mapped("event"), ["granted"])
        self.assertLess(event.at, event.recorded_at)

    def test_a_draft_in_an_order_brings_its_answers(self):
        session = self.open_till()
        draft = self.draft(self.answer())
        self.sync(self.order_values(session, customer_draft=draft))
        nora = self.of(draft["uuid"])
        self.assertEqual(self.events(nora).mapped("event"), ["granted"])
        order = self.env["pos.order"].search([("partner_id", "=", nora.id)])
        self.assertEqual(order.state, "paid")

    def test_malformed_answers_stop_no_sale(self):
        session = self.open_till()
        for wrong in ("yes", {}, {"answers": 3, "config_id": self.config.id}):
            draft = {**self.draft(), "consents": wrong}
            self.sync(self.order_values(session, customer_draft=draft))
            order = self.env["pos.order"].search(
                [("partner_id", "=", self.of(draft["uuid"]).id)]
            )
            self.assertEqual(order.state, "paid")
