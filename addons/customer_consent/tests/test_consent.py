from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsent(ConsentCase):
    """What is set is what counts, until another answer or its end."""

    def test_given_refused_withdrawn(self):
        as_user = self.ana.with_user(self.user)
        self.assertEqual(self.answer(as_user), "unanswered")
        item = as_user.consent_set("t_news", False, "backend")
        self.assertEqual(item["state"], "refused")
        item = as_user.consent_set("t_news", True, "backend")
        self.assertEqual(item["state"], "granted")
        self.assertEqual(item["wording"], self.wording.id)
        self.assertEqual(item["channel"], "backend")
        item = as_user.consent_set("t_news", False, "api")
        self.assertEqual(item["state"], "withdrawn")
        self.assertEqual(
            [event.event for event in self.chain_of(self.ana)],
            ["refused", "granted", "withdrawn"],
        )
        self.assertEqual(self.answer(self.ana, self.study), "unanswered")

    def test_event_says_who_where_and_on_which_words(self):
        self.ana.with_user(self.user).consent_set("t_news", True, "backend")
        event = self.chain_of(self.ana)
        self.assertEqual(event.user_ref, self.user.id)
        self.assertEqual(event.actor, "operator")
        self.assertEqual(event.legal_basis, "consent")
        self.assertEqual(event.company_ref, self.company.id)
        self.assertEqual(event.wording_hash, self.wording.hash)
        self.assertEqual(event.partner_id, self.ana)
        self.assertEqual(event.purpose_id, self.news)

    def test_events_are_found_by_customer(self):
        self.ana.consent_set("t_news", True, "backend")
        self.new_customer("Bo").consent_set("t_news", True, "backend")
        event = self.chain_of(self.ana)
        for domain in (
            [("partner_id", "=", self.ana.id)],
            [("partner_id", "ilike", "ana consents")],
            [("partner_id.email", "=", "ana@example.com")],
        ):
            self.assertEqual(self.events.search(domain), event, domain)

    def test_key_counts_once(self):
        for _again in range(2):
            self.ana.consent_set("t_news", True, "api", key="till-1/42")
        self.ana.consent_set("t_news", False, "api")
        # sent again by a caller whose answer got lost: the withdrawal stays
        item = self.ana.consent_set("t_news", True, "api", key="till-1/42")
        self.assertEqual(item["state"], "withdrawn")
        self.assertEqual(len(self.chain_of(self.ana)), 2)
        with self.refused(UserError, "another answer"):
            self.ana.consent_set("t_study", True, "api", key="till-1/42")

    def test_key_of_another_answer(self):
        bo = self.new_customer("Bo")
        self.ana.consent_set("t_news", True, "api", key="order-1")
        for partner, granted in ((bo, True), (bo, False), (self.ana, False)):
            with self.refused(UserError, "another answer"):
                partner.consent_set("t_news", granted, "api", key="order-1")
        # sent again after a merge it is the same
        self.ana._customer_merge_into(bo)
        bo.consent_set("t_news", True, "api", key="order-1")
        self.assertEqual(len([e for e in self.chain_of(bo) if e.key]), 0)

    def test_note_is_a_code_or_can_be_erased(self):
        self.ana.consent_set("t_news", True, "backend", note="paper_form")
        self.ana.consent_set("t_news", False, "backend", note="Called, was angry")
        first, second = self.chain_of(self.ana)
        self.assertEqual((first.reason, first.note_hash), ("paper_form", False))
        self.assertFalse(second.reason)
        self.assertEqual(len(second.note_hash), 64)
        note = self.env["consent.event.note"].search([("event_ref", "=", second.id)])
        self.assertEqual(note.body, "Called, was angry")
        self.assertEqual(self.ana.consent_history()[0]["note"], "Called, was angry")
        note.unlink()
        self.assertFalse(self.events.verify(self.ana.customer_uuid))
        self.assertEqual(self.ana.consent_history()[0]["note"], "")

    def test_what_is_refused_writes_nothing(self):
        other = self.new_company()
        theirs = self.new_purpose("t_theirs", "Theirs", company_id=other.id)
        self.publish(theirs, "Theirs.")
        draft = self.env["consent.wording"].create(
            {"purpose_id": self.news.id, "body": "Draft", "lang": self.wording.lang}
        )
        silent = self.new_purpose("t_silent", "Without a text")
        gone = self.new_purpose("t_gone", "Given up")
        self.publish(gone, "Gone.")
        gone.active = False
        address = self.partners.create(
            {"parent_id": self.ana.id, "type": "delivery", "city": "Lille"}
        )
        self.news.ask_in_backend = False
        ana = self.ana.with_user(self.manager)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        for sentence, call in (
            ("no purpose", lambda: ana.consent_set("nonsense", True, "api")),
            ("no purpose", lambda: ana.consent_set(["t_news"], True, "api")),
            ("yes or no", lambda: ana.consent_set("t_news", "no", "api")),
            ("not published", lambda: ana.consent_set("t_news", True, "api", draft.id)),
            (
                "none of",
                lambda: ana.consent_set("t_study", True, "api", self.wording.id),
            ),
            ("no published wording", lambda: ana.consent_set(silent.code, True, "api")),
            ("given up", lambda: ana.consent_set("t_gone", True, "api")),
            ("not asked here", lambda: ana.consent_set("t_news", True, "backend")),
            ("no channel", lambda: ana.consent_set("t_news", True, "carrier pigeon")),
            ("not for the caller", lambda: ana.consent_set("t_news", True, "portal")),
            ("not for the caller", lambda: ana.consent_set("t_news", True, "import")),
            (
                "not for the caller",
                lambda: ana.consent_set("t_news", True, "customer_display"),
            ),
            ("another company", lambda: ana.consent_set("t_theirs", True, "api")),
            ("A key has", lambda: ana.consent_set("t_news", True, "api", key="x" * 65)),
            ("A key has", lambda: ana.consent_set("t_news", True, "api", key=5)),
            (
                "at most",
                lambda: ana.consent_set("t_news", True, "api", note="x" * 2001),
            ),
            ("future", lambda: ana._consent_set("t_news", True, "api", at=tomorrow)),
            ("mere address", lambda: address.consent_set("t_news", True, "api")),
        ):
            with self.subTest(sentence), self.refused(UserError, sentence):
                call()
        self.assertFalse(self.chain_of(self.ana))

    def test_a_no_is_taken_everywhere(self):
        """Withdrawing is as easy as giving (GDPR article 7(3)), whatever changed since."""
        self.ana.consent_set("t_news", True, "backend")
        self.news.write({"ask_in_backend": False, "active": False})
        item = self.ana.consent_set("t_news", False, "backend")
        self.assertEqual(item["state"], "withdrawn")

    def test_customer_of_another_company(self):
        other = self.new_company()
        bo = self.new_customer("Bo", company_id=other.id)
        with self.refused(AccessError):
            bo.with_user(self.user).consent_set("t_news", True, "api")
        with self.refused(UserError, "another company"):
            bo.consent_set("t_news", True, "api")

    def test_customer_who_went_to_another_company(self):
        self.ana.consent_set("t_news", True, "backend")
        other = self.new_company()
        self.ana.company_id = other
        answers = {item["purpose"]: item["state"] for item in self.ana.consent_get()}
        self.assertEqual(answers["t_news"], "granted", "to be seen, and withdrawn")
        with self.refused(UserError, "another company"):
            self.ana.consent_set("t_news", True, "api")
        item = self.ana.consent_set("t_news", False, "api")
        self.assertEqual(item["state"], "withdrawn")

    def test_history_of_another_company(self):
        other = self.new_company()
        theirs = self.new_purpose("t_theirs", "Theirs", company_id=other.id)
        self.ana.consent_set("t_theirs", False, "api", note="Because of an illness")
        self.ana.consent_set("t_news", False, "api", note="Angry")
        self.assertEqual(len(self.ana.consent_history()), 2)
        for user, note in ((self.user, ""), (self.manager, "Angry")):
            [event] = self.ana.with_user(user).consent_history()
            self.assertEqual((event["purpose"], event["note"]), ("t_news", note))
            event = self.chain_of(self.ana).with_user(user)[-1]
            self.assertEqual(event.note or "", note)
        self.assertTrue(theirs._is_in_use(), "refused, though nothing was published")

    def test_valid_for_as_long_as_was_read(self):
        self.study.validity_months = 60
        with freeze_time("2024-03-31 10:00:00"):
            item = self.ana.consent_set("t_study", True, "backend")
        self.assertEqual(item["until"], "2025-03-31 10:00:00")

    def test_expired_is_no_consent(self):
        with freeze_time("2024-03-31 10:00:00"):
            self.ana.consent_set("t_study", True, "backend")
        with freeze_time("2025-03-31 09:59:59"):
            self.assertEqual(self.answer(self.ana, self.study), "granted")
        with freeze_time("2025-03-31 10:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.answer(self.ana, self.study), "expired")
            self.assertFalse(
                self.states.search(
                    [("partner_id", "=", self.ana.id), ("is_granted", "=", True)]
                )
            )
            # noted once, by the daily job
            for _again in range(2):
                self.states._expire_batch()
            events = self.chain_of(self.ana)
            self.assertEqual(events.mapped("event"), ["granted", "expired"])
            self.assertEqual(str(events[-1].at), "2025-03-31 10:00:00")
            self.ana.consent_set("t_study", True, "backend")
            self.assertEqual(self.answer(self.ana, self.study), "granted")

    def test_a_late_answer_counts_from_when_it_was_given(self):
        now = fields.Datetime.now()
        self.ana.consent_set("t_news", False, "backend")
        earlier = now - timedelta(hours=2)
        item = self.ana._consent_set("t_news", True, "pos", at=earlier)
        self.assertEqual(item["state"], "refused")
        self.assertEqual(len(self.chain_of(self.ana)), 2, "noted all the same")

    def test_most_restrictive_at_one_instant(self):
        at = fields.Datetime.now() - timedelta(hours=2)
        for first in (True, False):
            customer = self.new_customer()
            customer._consent_set("t_news", first, "pos", at=at)
            item = customer._consent_set("t_news", not first, "pos", at=at)
            self.assertNotEqual(item["state"], "granted", first)

    def test_quick_changes_count_in_their_order(self):
        with freeze_time("2026-01-01 10:00:00"):
            for granted in (True, False, True):
                item = self.ana.consent_set("t_news", granted, "backend")
        self.assertEqual(item["state"], "granted")

    def test_whoever_answers_is_a_customer(self):
        contact = self.partners.create({"name": "Passer-by"})
        contact.consent_set("t_news", True, "backend")
        self.assertTrue(contact.is_customer)
        self.assertTrue(contact.customer_uuid)

    def test_card_export_and_erasure(self):
        self.ana.consent_set("t_news", True, "backend", note="Said so on the phone")
        card = {item["purpose"]: item for item in self.ana.customer_card()["consents"]}
        self.assertEqual(card["t_news"]["state"], "granted")
        self.assertEqual(card["t_news"]["body"], "I want news by e-mail.")
        self.assertEqual(card["t_study"]["state"], "unanswered")
        exported = self.ana._customer_export()["consents"]
        self.assertEqual(len(exported["events"]), 1)
        plan = {
            step["model"]: (step["action"], len(step["ids"]))
            for step in self.ana._customer_erasure_plan()
            if step["model"].startswith("consent.")
        }
        self.assertEqual(
            plan,
            {
                "consent.event": ("keep", 1),
                "consent.event.note": ("delete", 1),
                "consent.state": ("keep", 1),
            },
        )

    # -- merge --------------------------------------------------------------------------

    def test_merge_takes_the_most_restrictive(self):
        for source_says, target_says, expected in (
            (True, False, "refused"),
            (False, True, "refused"),
            (True, True, "granted"),
            (True, None, "granted"),
            (False, None, "refused"),
            (None, True, "granted"),
            (None, None, "unanswered"),
        ):
            source, target = self.new_customer("Ana A"), self.new_customer("Ana B")
            for partner, says in ((source, source_says), (target, target_says)):
                if says is not None:
                    partner.consent_set("t_news", says, "backend")
            with self.subTest(source=source_says, target=target_says):
                source._customer_merge_into(target)
                self.assertEqual(self.answer(target), expected)
                merged = [e for e in self.chain_of(target) if e.event == "merged"]
                self.assertEqual(len(merged), int(source_says is not None))
                self.assertFalse(self.events.verify(target.customer_uuid))

    def test_a_late_no_counts_before_and_after_a_merge(self):
        now = fields.Datetime.now()
        at = [now - timedelta(hours=hours) for hours in (5, 4, 3, 2)]
        for target_says in (None, True):
            for late in (False, True):
                source, target = self.new_customer("A"), self.new_customer("B")
                source._consent_set("t_news", True, "pos", at=at[0])
                if target_says:
                    target._consent_set("t_news", True, "pos", at=at[2])

                def withdraw(partner):
                    partner._consent_set("t_news", False, "pos", at=at[1])

                with self.subTest(target_says=target_says, late=late):
                    if not late:
                        withdraw(source)
                    source._customer_merge_into(target)
                    if late:
                        withdraw(target)
                    self.assertNotEqual(self.answer(target), "granted")
                    target.consent_set("t_news", True, "backend")
                    self.assertEqual(self.answer(target), "granted")

    def test_merge_of_who_was_a_customer_once(self):
        source, target = self.new_customer("A"), self.new_customer("B")
        target.consent_set("t_news", True, "backend")
        source.consent_set("t_news", False, "backend")
        source.is_customer = False
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)
        self.assertEqual(self.answer(target), "refused")
        self.assertEqual(len(target.consent_history()), 3)

    def test_merged_keeps_where_and_when_it_was_given(self):
        source, target = self.new_customer("A"), self.new_customer("B")
        at = fields.Datetime.now() - timedelta(days=30)
        source._consent_set("t_news", True, "customer_display", at=at)
        source._customer_merge_into(target)
        [item] = [i for i in target.consent_get() if i["purpose"] == "t_news"]
        self.assertEqual(item["channel"], "customer_display")
        self.assertEqual(item["since"], str(at))

    def test_history_after_a_merge_is_of_both(self):
        source, target = self.new_customer("Ana A"), self.new_customer("Ana B")
        source.consent_set("t_news", True, "backend")
        target.consent_set("t_news", False, "backend")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)
        self.assertEqual(
            [item["event"] for item in target.consent_history()],
            ["merged", "refused", "granted"],
        )
        self.assertEqual(self.answer(target), "refused")
        # and then a new answer counts as usual
        target.consent_set("t_news", True, "backend")
        self.assertEqual(self.answer(target), "granted")
        self.assertFalse(self.events.verify())

    def test_merged_consent_ends_with_the_first_of_the_two(self):
        source, target = self.new_customer("Ana A"), self.new_customer("Ana B")
        with freeze_time("2026-01-01 10:00:00"):
            source.consent_set("t_study", True, "backend")
        with freeze_time("2026-06-01 10:00:00"):
            target.consent_set("t_study", True, "backend")
        with freeze_time("2026-07-01 10:00:00"):
            source._customer_merge_into(target)
            state = self.states.search(
                [("partner_id", "=", target.id), ("purpose_id", "=", self.study.id)]
            )
            self.assertEqual(str(state.until), "2027-01-01 10:00:00")
