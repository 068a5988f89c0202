from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestWording(ConsentCase):
    """What was published stays word by word."""

    def test_published_is_frozen(self):
        for values in (
            {"body": "Other words"},
            {"lang": "fr_FR"},
            {"version": 9},
            {"purpose_id": self.study.id},
        ):
            with self.refused(UserError, "published"):
                self.wording.write(values)
        with self.refused(UserError, "published"):
            self.wording.unlink()
        with self.refused(UserError, "published"):
            self.news.unlink()
        for values in ({"hash": "x"}, {"published_at": False}, {"notice": {}}):
            self.wording.write(values)
            self.assertEqual(
                self.wording.hash,
                self.wording._digest(self.wording.body, self.wording.notice),
            )
            self.assertTrue(self.wording.published_at)

    def test_nobody_publishes_by_writing(self):
        draft = self.env["consent.wording"].create(
            {
                "purpose_id": self.news.id,
                "body": "Draft",
                "lang": self.wording.lang,
                "published_at": "2020-01-01 00:00:00",
                "hash": "x",
            }
        )
        self.assertFalse(draft.published_at)
        self.assertEqual(draft.version, 2)
        self.assertEqual(self.news._get_wording(self.wording.lang), self.wording)
        with self.refused(AccessError):
            draft.with_user(self.user).action_publish()
        draft.with_user(self.manager).action_publish()
        self.assertEqual(self.news._get_wording(self.wording.lang), draft)

    def test_a_new_version_changes_nothing_agreed_to(self):
        self.ana.consent_set("t_news", True, "backend")
        before = self.chain_of(self.ana).read()
        self.publish(self.news, "Other words.")
        self.assertEqual(self.chain_of(self.ana).read(), before)
        state = self.states.search([("partner_id", "=", self.ana.id)])
        self.assertEqual(state.wording_id, self.wording)

    def test_notice_is_of_the_day_of_publication(self):
        controller = self.wording.notice["controller"]
        self.assertEqual(controller["name"], self.company.name)
        self.company.name = "Renamed Shop"
        self.assertNotEqual(self.wording.notice["controller"]["name"], "Renamed Shop")
        self.assertEqual(
            self.wording.hash,
            self.wording._digest(self.wording.body, self.wording.notice),
        )

    def test_language_of_the_customer_then_fallback(self):
        for lang in ("fr_FR", "nl_NL", "pl_PL", "en_US"):
            self.env["res.lang"]._activate_lang(lang)
        purpose = self.new_purpose("t_langs", "Languages")
        self.assertFalse(purpose._get_wording("fr_FR"))
        polish = self.publish(purpose, "Zgoda", "pl_PL")
        self.assertEqual(purpose._get_wording("fr_FR"), polish, "any at all")
        english = self.publish(purpose, "Consent", "en_US")
        self.assertEqual(purpose._get_wording("fr_FR"), english)
        self.company.partner_id.lang = "nl_NL"
        dutch = self.publish(purpose, "Toestemming", "nl_NL")
        self.assertEqual(purpose._get_wording("fr_FR"), dutch, "the controller's own")
        french = self.publish(purpose, "Consentement", "fr_FR")
        self.assertEqual(purpose._get_wording("fr_FR"), french)
        self.assertEqual(purpose._get_wording("fr_BE"), french, "another variant")

    def test_a_consent_is_no_condition(self):
        with self.refused(ValidationError, "free"):
            self.news.is_condition = True
        terms = self.new_purpose(
            "t_terms", "Terms", legal_basis="contract", is_condition=True
        )
        with self.refused(ValidationError, "free"):
            terms.legal_basis = "consent"

    def test_purpose_in_use_stays_what_it_is(self):
        for values in ({"code": "other"}, {"legal_basis": "contract"}):
            with self.refused(UserError, "agreed"):
                self.news.write(values)
        self.news.write({"code": "t_news", "name": "Renamed"})
        with self.refused(ValidationError, "code"):
            self.new_purpose("No Code", "x")
