from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import ConsentCase, ConsentSetup


@tagged("post_install", "-at_install")
class TestConsentReask(ConsentCase):
    """Who is asked again by e-mail, and who never."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.new_customer("Unanswered", email="unanswered@example.com")
        cls.lapsed = cls.new_customer("Lapsed", email="lapsed@example.com")
        cls.lapsed._consent_set(
            "t_study", True, "api", at=datetime.utcnow() - timedelta(days=500)
        )

    def setUp(self):
        super().setUp()
        self.mails = self.env["mail.mail"]
        self.before = self.mails.search([])

    def sent(self):
        return self.mails.search([]) - self.before

    def ask(self, partners, purpose="t_study", **kwargs):
        return partners.with_user(self.manager).consent_reask(purpose, **kwargs)

    def test_who_never(self):
        abroad = self.new_company()
        self.manager.company_ids |= abroad
        partners = {
            "refused": self.new_customer("Refused", email="a@example.com"),
            "withdrawn": self.new_customer("Withdrawn", email="b@example.com"),
            "granted": self.new_customer("Granted", email="c@example.com"),
            "blocked": self.new_customer("Blocked", email="d@example.com"),
            "no_email": self.new_customer("Without"),
            "blacklisted": self.new_customer("Black", email="e@example.com"),
            "no_customer": self.partners.create(
                {"name": "Supplier", "email": "f@example.com"}
            ),
            "company": self.new_customer(
                "Abroad", email="g@example.com", company_id=abroad.id
            ),
        }
        partners["refused"].consent_set("t_study", False, "api")
        partners["withdrawn"].consent_set("t_study", True, "api")
        partners["withdrawn"].consent_set("t_study", False, "api")
        partners["granted"].consent_set("t_study", True, "api")
        partners["blocked"].customer_block(["marketing"], "other")
        self.env["mail.blacklist"]._add("E@example.com")
        everybody = self.partners.union(*partners.values())
        before = {partner: self.chain_of(partner) for partner in everybody}
        result = self.ask(everybody)
        self.assertEqual(result["asked"], 0)
        self.assertEqual(result["left_out"], dict.fromkeys(partners, 1))
        self.assertFalse(self.sent())
        for partner in everybody:
            self.assertEqual(self.chain_of(partner), before[partner])

    def test_who(self):
        everybody = self.asked | self.lapsed
        self.assertEqual(self.ask(everybody), {"asked": 2, "left_out": {}, "more": 0})
        mails = self.sent()
        self.assertEqual(mails.mapped("recipient_ids"), everybody)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        for mail in mails:
            self.assertIn("You may look at what I buy.", mail.body_html)
            link = mail.body_html.split("/consent/")[1].split('"')[0]
            partner = self.partners._consent_partner_of_link(link)
            self.assertEqual(partner, mail.recipient_ids)
        self.assertEqual(self.answer(self.asked, self.study), "unanswered")
        self.assertEqual(self.answer(self.lapsed, self.study), "expired")
        event = self.chain_of(self.asked)
        self.assertEqual((event.event, event.actor), ("reasked", "operator"))
        self.assertEqual(event.user_ref, self.manager.id)
        self.assertFalse(self.events.verify(self.asked.customer_uuid))

    def test_shared_address(self):
        """What one says counts for the address, also of who is not among the selected."""
        twins = {
            name: self.new_customer(name, email=f"{name}@example.com")
            for name in ("refused", "withdrawn", "blocked", "asked")
        }
        twins["refused"].consent_set("t_study", False, "api")
        twins["refused"].active = False
        twins["withdrawn"].consent_set("t_study", True, "api")
        twins["withdrawn"].consent_set("t_study", False, "api")
        twins["blocked"].customer_block(["marketing"], "other")
        self.ask(twins["asked"])
        before = self.sent()
        others = self.partners.union(
            *(
                self.new_customer("Other", email=f"Other <{name.upper()}@example.com>")
                for name in twins
            )
        )
        result = self.ask(others)
        self.assertEqual(result["asked"], 0)
        self.assertEqual(result["left_out"], dict.fromkeys(twins, 1))
        self.assertFalse(self.sent() - before)
        self.assertFalse(self.chain_of(others[0]))

    def test_one_mail_for_an_address(self):
        twin = self.new_customer("Twin", email="Unanswered@example.com")
        result = self.ask(self.asked | twin)
        self.assertEqual(result, {"asked": 1, "left_out": {"shared": 1}, "more": 0})
        self.assertEqual(self.sent().recipient_ids, self.asked)
        self.assertEqual(self.ask(twin)["left_out"], {"asked": 1})

    def test_not_twice(self):
        self.ask(self.asked)
        result = self.ask(self.asked)
        self.assertEqual(result, {"asked": 0, "left_out": {"asked": 1}, "more": 0})
        self.assertEqual(len(self.sent()), 1)
        row = self.states.search([("partner_id", "=", self.asked.id)])
        row.asked_at -= timedelta(days=31)
        self.assertEqual(self.ask(self.asked, days=60)["asked"], 0)
        self.assertEqual(self.ask(self.asked, days=30)["asked"], 1)

    def test_in_parts(self):
        module = "odoo.addons.customer_consent.models.res_partner_consent_reask"
        self.startPatcher(patch(f"{module}._AT_ONCE", 1))
        everybody = self.asked | self.lapsed
        first, second = self.ask(everybody), self.ask(everybody)
        self.assertEqual((first["asked"], first["more"]), (1, 1))
        self.assertEqual((second["asked"], second["more"]), (1, 0))
        self.assertEqual(self.sent().mapped("recipient_ids"), everybody)

    def test_language_of_the_customer(self):
        langs = self.env["res.lang"]
        langs._activate_lang("en_US")
        langs._activate_lang("nl_NL")
        self.publish(self.study, "U mag zien wat ik koop.", lang="nl_NL")
        self.asked.lang = "nl_NL"
        template = self.env.ref("customer_consent.mail_template_consent_reask")
        template.with_context(lang="nl_NL").subject = "Een vraag"
        self.ask(self.asked)
        self.assertEqual(self.sent().subject, "Een vraag")
        self.assertIn("U mag zien wat ik koop.", self.sent().body_html)

    def test_what_cannot_be_asked(self):
        self.new_purpose("t_draft", "Draft")
        with self.refused(UserError, "no published wording"):
            self.ask(self.asked, "t_draft")
        with self.refused(UserError, "no purpose of consent"):
            self.ask(self.asked, "t_none")
        with self.refused(UserError, "1 and 3650"):
            self.ask(self.asked, days=0)
        self.study.ask_in_portal = False
        with self.refused(UserError, "is not asked here"):
            self.ask(self.asked)
        self.study.write({"ask_in_portal": True, "active": False})
        with self.refused(UserError, "given up"):
            self.ask(self.asked)
        foreign = self.new_purpose("t_far", "Far", company_id=self.new_company().id)
        self.publish(foreign, "Far away?")
        with self.refused(UserError, "another company"):
            self.ask(self.asked, "t_far")
        self.assertFalse(self.sent())

    def test_wizard(self):
        refused = self.new_customer("Refused", email="a@example.com")
        refused.consent_set("t_study", False, "api")
        everybody = self.asked | self.lapsed | refused
        action = everybody.with_user(self.manager).action_consent_reask()
        wizards = self.env[action["res_model"]].with_user(self.manager)
        with Form(wizards.with_context(**action["context"])) as form:
            form.purpose_id = self.study
            self.assertEqual((form.selected_count, form.ready_count), (3, 2))
            self.assertIn(": 1", form.left_out)
            form.days = 0
            self.assertIn("3650", form.problem)
            form.days = 90
        wizard = form.record
        again = wizard.action_send()
        self.assertEqual(again["res_id"], wizard.id)
        self.assertEqual((wizard.sent_count, wizard.ready_count), (2, 0))
        with self.refused(UserError, "None of the selected"):
            wizard.action_send()
        self.assertEqual(len(self.sent()), 2)

    def test_from_the_answers(self):
        self.lapsed.consent_set("t_news", True, "api")
        rows = self.states.search([("partner_id", "=", self.lapsed.id)])
        context = rows.with_user(self.manager).action_consent_reask()["context"]
        self.assertEqual(context["default_partner_ids"], self.lapsed.ids)
        self.assertFalse(context["default_purpose_id"])
        study = rows.filtered(lambda row: row.purpose_id == self.study)
        context = study.with_user(self.manager).action_consent_reask()["context"]
        self.assertEqual(context["default_purpose_id"], self.study.id)


@tagged("post_install", "-at_install")
class TestConsentOfficeRpc(ConsentSetup, CustomerHttpCase):
    """Who may not is refused over the wire, and nothing is written or sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.env["res.partner"].create(
            {"name": "Ana", "is_customer": True, "email": "ana@example.com"}
        )
        for login, groups in (
            ("t_stranger", "base.group_user"),
            ("t_user", "customer_base.group_customer_user"),
            ("t_manager", "customer_base.group_customer_manager"),
            ("t_portal", "base.group_portal"),
        ):
            user = new_test_user(cls.env, login, groups=groups, password=PASSWORD)
        cls.me = user.partner_id
        cls.me.is_customer = True

    def refused_over_rpc(self, method, *args, **kwargs):
        _result, error = self.rpc(method, *args, **kwargs)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", method)

    def test_strangers(self):
        mails = self.env["mail.mail"].search_count([])
        for login, partner in (("t_stranger", self.ana), ("t_portal", self.me)):
            self.authenticate(login, PASSWORD)
            for method in ("consent_overview", "consent_link", "consent_send_link"):
                self.refused_over_rpc(method, partner.ids)
            self.refused_over_rpc("consent_reask", partner.ids, "t_news")
            self.refused_over_rpc("action_consent_reask", partner.ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertFalse(self.chain_of(self.ana) | self.chain_of(self.me))

    def test_users_who_are_no_managers(self):
        self.ana.consent_set("t_study", True, "api")
        row = self.states.search([("partner_id", "=", self.ana.id)])
        draft = self.wording.copy({"version": 7, "body": "Draft"})
        self.authenticate("t_user", PASSWORD)
        for method in ("consent_overview", "consent_link"):
            result, _error = self.rpc(method, self.ana.ids)
            self.assertTrue(result, method)
        self.refused_over_rpc("consent_reask", self.ana.ids, "t_news")
        self.refused_over_rpc("action_consent_reask", self.ana.ids)
        self.refused_over_rpc("action_consent_reask", row.ids, model="consent.state")
        self.refused_over_rpc("create", {}, model="consent.reask.wizard")
        self.refused_over_rpc("action_publish", draft.ids, model="consent.wording")
        self.refused_over_rpc(
            "create", {"name": "Mine", "code": "mine"}, model="consent.purpose"
        )
        for values in ({"active": False}, {"name": "Mine"}):
            self.refused_over_rpc(
                "write", self.news.ids, values, model="consent.purpose"
            )
        self.assertFalse(draft.published_at)
        self.assertEqual(len(self.chain_of(self.ana)), 1)

    def test_manager(self):
        self.authenticate("t_manager", PASSWORD)
        result, error = self.rpc("consent_reask", self.ana.ids, "t_news")
        self.assertFalse(error)
        self.assertEqual(result["asked"], 1)
        self.assertEqual(self.chain_of(self.ana).event, "reasked")
