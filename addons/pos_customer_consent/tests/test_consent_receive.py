from datetime import datetime, timedelta
from uuid import uuid4

from odoo.tests import tagged

from .common import PosConsentCase

ACCESS = "odoo.exceptions.AccessError"
USER = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestConsentReceive(PosConsentCase):
    """Answers over the wire of a till."""

    def send(self, *answers, partner=None, config=None, uuid=None):
        return self.rpc(
            "consent_receive",
            uuid or (partner or self.ana).customer_uuid,
            list(answers),
            (config or self.config).id,
        )

    def accepted(self, *answers, **options):
        result, error = self.send(*answers, **options)
        self.assertFalse(error)
        return [row["accepted"] for row in result["answers"]]

    def test_an_answer_is_noted_with_where_it_is_from(self):
        self.authenticate("cashier", "cashier")
        order = str(uuid4())
        result, error = self.send(self.answer(order_uuid=order, age_seconds=3600))
        self.assertFalse(error)
        self.assertEqual(result["partner_id"], self.ana.id)
        item = next(i for i in result["consents"] if i["purpose"] == "till_news")
        self.assertEqual((item["state"], item["channel"]), ("granted", "pos"))
        event = self.events(self.ana)
        self.assertEqual(event.config_ref, self.config.id)
        self.assertEqual(event.order_uuid, order)
        self.assertEqual(event.user_ref, self.cashier.id)
        self.assertEqual(
            (event.actor, event.wording_ref), ("operator", self.wording.id)
        )
        late = datetime.utcnow() - timedelta(hours=1)
        self.assertLess(abs((event.at - late).total_seconds()), 60)
        self.assertEqual(self.env["consent.event"].verify(self.ana.customer_uuid), [])

    def test_the_customer_s_own_hand_on_the_display(self):
        self.authenticate("cashier", "cashier")
        self.assertEqual(self.accepted(self.answer(channel="customer_display")), [True])
        event = self.events(self.ana)
        self.assertEqual((event.channel, event.actor), ("customer_display", "customer"))

    def test_a_replayed_key_counts_once(self):
        self.authenticate("cashier", "cashier")
        answer = self.answer()
        self.assertEqual(self.accepted(answer), [True])
        self.assertEqual(self.accepted(self.answer(False)), [True])
        self.assertEqual(self.accepted(answer, answer), [True, True])
        self.assertEqual(
            self.events(self.ana).mapped("state"), ["granted", "withdrawn"]
        )
        self.assertEqual(self.state(self.ana), "withdrawn")

    def test_one_refused_loses_no_other(self):
        self.authenticate("cashier", "cashier")
        draft = self.env["consent.wording"].create(
            {"purpose_id": self.news.id, "lang": "en_US", "body": "Not yet."}
        )
        wrong = [
            self.answer(purpose="nothing_of_the_kind"),
            self.answer(wording_id=draft.id),
            self.answer(granted="yes"),
            self.answer(channel="portal"),
            self.answer(channel="import"),
            self.answer(channel="backend"),
            self.answer(age_seconds=-5),
            self.answer(age_seconds="soon"),
            self.answer(order_uuid="no uuid"),
            self.answer(key=""),
            self.answer(purpose=["till_news"]),
            "an answer",
        ]
        good = self.answer(purpose="till_calls", granted=False, wording_id=False)
        result, error = self.send(*wrong, good)
        self.assertFalse(error)
        *refused, last = result["answers"]
        for row in refused:
            self.assertFalse(row["accepted"])
            self.assertTrue(row["error"])
        self.assertTrue(last["accepted"])
        self.assertFalse(self.events(self.ana))
        self.assertEqual(self.state(self.ana, "till_calls"), "refused")

    def test_a_slow_line_turns_no_order_round(self):
        """The no came after the yes, however long each was on its way."""
        self.authenticate("cashier", "cashier")
        yes = self.answer()
        self.accepted(yes)
        no = self.answer(False, age_seconds=30, after=yes["key"])
        self.assertEqual(self.accepted(no), [True])
        self.assertEqual(self.state(self.ana), "withdrawn")

    def test_an_old_yes_revives_no_later_refusal(self):
        self.authenticate("cashier", "cashier")
        self.accepted(self.answer(False))
        self.assertEqual(self.accepted(self.answer(age_seconds=7200)), [True])
        self.assertEqual(self.state(self.ana), "refused")

    def test_a_customer_who_was_merged_meanwhile(self):
        self.authenticate("cashier", "cashier")
        uuid = self.bo.customer_uuid
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.bo | self.ana).ids, self.ana)
        result, error = self.send(self.answer(), uuid=uuid)
        self.assertFalse(error)
        self.assertEqual(result["partner_id"], self.ana.id)
        self.assertEqual(self.state(self.ana), "granted")

    def test_refused_to_those_who_sell_at_no_till(self):
        for login in ("consent_seller", "consent_stranger", "consent_visitor"):
            self.authenticate(login, login)
            for partner in (self.ana, self.visitor.partner_id):
                uuid = partner._ensure_customer_uuid()
                result, error = self.send(self.answer(), uuid=uuid)
                self.assertIsNone(result)
                self.assertEqual(error.get("name"), ACCESS)
        self.assertFalse(self.events(self.ana))

    def test_refused_for_the_till_of_another_company(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        journal = {"name": "Till", "type": "general", "code": "FTILL"}
        journal = self.env["account.journal"].create(
            {**journal, "company_id": other.id}
        )
        foreign = self.env["pos.config"].create(
            {
                "name": "Foreign",
                "company_id": other.id,
                "journal_id": journal.id,
                "invoice_journal_id": False,
                "payment_method_ids": False,
                "picking_type_id": self.env["stock.picking.type"]
                .search([("company_id", "=", other.id)], limit=1)
                .id,
            }
        )
        self.assertEqual(foreign.company_id, other)
        self.authenticate("cashier", "cashier")
        result, error = self.send(self.answer(), config=foreign)
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), ACCESS)
        self.assertFalse(self.events(self.ana))

    def test_refused_for_a_customer_of_another_company(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        uuid = self.bo.customer_uuid
        self.bo.company_id = other
        self.authenticate("cashier", "cashier")
        result, error = self.send(self.answer(), uuid=uuid)
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), ACCESS)

    def test_malformed_calls_get_a_sentence(self):
        self.authenticate("cashier", "cashier")
        uuid = self.ana.customer_uuid
        for args in (
            ("no uuid", [], self.config.id),
            (uuid, {"purpose": "till_news"}, self.config.id),
            (uuid, [], False),
            (uuid, [], 2**30),
        ):
            result, error = self.rpc("consent_receive", *args)
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), USER)
            self.assertTrue(error["message"])

    def test_nobody_of_this_uuid_yet(self):
        self.authenticate("cashier", "cashier")
        result, error = self.send(self.answer(), uuid=str(uuid4()))
        self.assertFalse(error)
        self.assertEqual((result["partner_id"], result["answers"]), (False, []))

    def test_who_of_the_staff_took_it(self):
        if "hr.employee" not in self.env or not hasattr(
            self.config, "_employee_domain"
        ):
            self.skipTest("no staff logs in at this till")
        ours, elsewhere = self.env["hr.employee"].create(
            [
                {"name": "Ours", "company_id": self.company.id},
                {
                    "name": "Elsewhere",
                    "company_id": self.env["res.company"]
                    .create({"name": "Another shop"})
                    .id,
                },
            ]
        )
        self.authenticate("cashier", "cashier")
        self.accepted(
            self.answer(employee_id=ours.id),
            self.answer(False, employee_id=elsewhere.id, age_seconds=0),
        )
        first, second = self.events(self.ana)
        self.assertEqual((first.employee_ref, second.employee_ref), (ours.id, 0))

    def test_the_card_says_what_is_asked(self):
        self.ana.lang = "fr_FR"
        self.calls.ask_in_pos = False
        self.authenticate("cashier", "cashier")
        card, error = self.rpc("customer_card", [self.ana.id], self.config.id)
        self.assertFalse(error)
        items = {item["purpose"]: item for item in card["consents"]}
        news = items["till_news"]
        self.assertEqual(news["till"]["wording"], self.french.id)
        self.assertEqual((news["till"]["lang"], news["till"]["asked"]), ("fr_FR", True))
        self.assertEqual(news["body"], "Vous pouvez m'écrire.")
        self.assertFalse(items["till_calls"]["till"]["asked"])

    def test_a_till_loads_what_it_asks_and_no_more(self):
        newer = self.publish(self.news, "en_US", "You may write to me twice a month.")
        self.new_purpose("till_unsaid", "Without words")
        session = self.open_till()
        data = session.with_user(self.cashier).load_data(
            ["consent.purpose", "consent.wording"]
        )
        codes = {row["code"] for row in data["consent.purpose"]}
        self.assertEqual(codes, {"till_news", "till_calls"})
        ids = {row["id"] for row in data["consent.wording"]}
        self.assertIn(newer.id, ids)
        self.assertIn(self.french.id, ids)
        self.assertNotIn(self.wording.id, ids)
        self.calls.ask_in_pos = False
        gone = session.with_user(self.cashier).filter_local_data(
            {"consent.purpose": (self.news | self.calls).ids}
        )
        self.assertEqual(gone["consent.purpose"], self.calls.ids)
