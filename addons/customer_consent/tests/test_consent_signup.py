from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common_page import ConsentPageSetup

LOGIN = "zoe@example.com"


@tagged("post_install", "-at_install")
class TestConsentSignup(ConsentPageSetup, CustomerHttpCase):
    """What is asked with a new account, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        if "website" in cls.env:
            cls.env["website"].search([]).auth_signup_uninvited = "b2c"
        # what else this database asks is not what is tested
        asked = cls.env["consent.purpose"].search([("ask_at_creation", "=", True)])
        asked.ask_at_creation = False
        (cls.news | cls.study).ask_at_creation = True
        cls.news.answer_required = True

    def fields(self, page):
        form = page.xpath("//form[contains(@class, 'oe_signup_form')]")[0]
        return dict(form.form_values())

    def asked(self, page):
        return [
            fieldset.get("data-purpose")
            for fieldset in page.xpath("//*[contains(@class, 'o_signup_consent')]")
        ]

    def sign_up(self, path="/web/signup", **values):
        _, page = self.get(path)
        data = {
            **self.fields(page),
            "name": "Zoe Consents",
            "login": LOGIN,
            "password": PASSWORD,
            "confirm_password": PASSWORD,
            **values,
        }
        response = self.url_open("/web/signup", data=data)
        self.env.invalidate_all()
        return response

    def user(self):
        return self.env["res.users"].search([("login", "=", LOGIN)])

    def test_tour(self):
        self.start_tour("/web/signup", "customer_consent_signup", login=None)
        events = self.chain_of(self.user().partner_id)
        self.assertEqual(events.mapped("event"), ["granted", "refused"])
        self.assertEqual(set(events.mapped("channel")), {"web_form"})

    def test_asked(self):
        hidden = self.new_purpose(
            "t_hidden", "Till", ask_at_creation=True, ask_in_portal=False
        )
        self.publish(hidden, "Asked at the till.")
        self.new_purpose("t_draft", "Draft", ask_at_creation=True)
        company = self.env["res.company"].create({"name": "Second Shop"})
        other = self.new_purpose(
            "t_other", "Second", ask_at_creation=True, company_id=company.id
        )
        self.publish(other, "The second shop asks.")
        for path in ("/web/signup", "/web/signup?consent_t_news=1"):
            response, page = self.get(path)
            self.assertEqual(self.asked(page), ["t_news", "t_study"])
            self.assertIn(self.wording.body, response.text)
            self.assertFalse(page.xpath("//input[@type='radio'][@checked]"))

    def test_company_of_the_website(self):
        if "website" not in self.env:
            self.skipTest("without a website it is the main company")
        company = self.env["res.company"].create({"name": "Second Shop"})
        other = self.new_purpose(
            "t_other", "Second", ask_at_creation=True, company_id=company.id
        )
        self.publish(other, "The second shop asks.")
        self.env["website"].search([]).company_id = company
        _, page = self.get("/web/signup")
        self.assertEqual(self.asked(page), ["t_other"])
        self.sign_up(consent_t_other="1")
        self.assertEqual(self.chain_of(self.user().partner_id).company_ref, company.id)

    def test_recorded_with_the_account(self):
        self.sign_up(consent_t_news="1")
        partner = self.user().partner_id
        event = self.chain_of(partner)
        self.assertEqual(event.event, "granted")
        self.assertEqual(event.channel, "web_form")
        self.assertEqual(event.actor, "customer")
        self.assertEqual(event.wording_ref, self.wording.id)
        self.assertEqual(self.answer(partner, self.study), "unanswered")

    def test_answer_required(self):
        response = self.sign_up()
        self.assertFalse(self.user())
        self.assertIn(self.news.name, response.text)
        self.assertIn("alert-danger", response.text)
        response = self.sign_up(consent_t_study="0")
        self.assertFalse(self.user())
        self.assertIn("Zoe Consents", response.text)
        self.assertIn(LOGIN, response.text)
        self.assertRegex(response.text, r'id="consent_t_study_no"[^>]*checked')
        self.sign_up(consent_t_news="0")
        self.assertEqual(self.answer(self.user().partner_id), "refused")

    def test_anything_else_is_no_answer(self):
        for value in ("", "yes", "2", "true"):
            self.sign_up(consent_t_news=value)
            self.assertFalse(self.user(), value)

    def test_condition(self):
        terms = self.new_purpose(
            "t_terms",
            "Terms of the club",
            legal_basis="contract",
            is_condition=True,
            ask_at_creation=True,
        )
        self.publish(terms, "I accept the terms of the club.")
        for answers in ({}, {"consent_t_terms": "0"}):
            response = self.sign_up(consent_t_news="1", **answers)
            self.assertFalse(self.user())
            self.assertIn("Terms of the club", response.text)
        self.sign_up(consent_t_news="0", consent_t_terms="1")
        self.assertEqual(self.answer(self.user().partner_id, terms), "granted")

    def test_no_answer_no_account(self):
        """A text that is none of the purpose's: neither the answer nor the account."""
        for wording in (self.study._get_wording().id, 987654321):
            response = self.sign_up(
                consent_t_news="1", consent_wording_t_news=str(wording)
            )
            self.assertIn("alert-danger", response.text)
            self.assertFalse(self.user(), wording)

    def test_taken_login(self):
        self.sign_up(consent_t_news="1")
        count = self.events.search_count([])
        self.authenticate(None, None)
        response = self.sign_up(consent_t_news="1")
        self.assertIn("alert-danger", response.text)
        self.assertEqual(self.events.search_count([]), count)

    def invite(self, signup_type):
        partner = self.env["res.partner"].create(
            {"name": "Yan Consents", "email": "yan@example.com", "is_customer": True}
        )
        partner.signup_prepare(signup_type=signup_type)
        return partner, partner._generate_signup_token()

    def test_invited(self):
        partner, token = self.invite("signup")
        partner.consent_set("t_study", False, "api")
        self.env.flush_all()
        response, page = self.get(f"/web/signup?token={token}")
        self.assertEqual(self.asked(page), ["t_news"], "the other one was answered")
        self.sign_up(f"/web/signup?token={token}", login="yan@example.com")
        self.assertFalse(partner.user_ids)
        # the other form takes the same token, and lets nobody around the question
        _, page = self.get(f"/web/reset_password?token={token}")
        self.assertEqual(self.asked(page), ["t_news"])
        self.sign_up(
            f"/web/signup?token={token}", login="yan@example.com", consent_t_news="1"
        )
        self.assertTrue(partner.user_ids)
        self.assertEqual(self.answer(partner), "granted")
        self.assertEqual(self.chain_of(partner)[-1].channel, "web_form")

    def test_new_password(self):
        self.sign_up(consent_t_news="0")
        partner = self.user().partner_id
        self.authenticate(None, None)
        _, page = self.get("/web/reset_password")
        self.assertFalse(self.asked(page))
        partner.signup_prepare(signup_type="reset")
        token = partner._generate_signup_token()
        self.env.flush_all()
        _, page = self.get(f"/web/reset_password?token={token}")
        self.assertFalse(self.asked(page))
        form = page.xpath("//form[contains(@class, 'oe_reset_password_form')]")[0]
        passwords = {"password": PASSWORD * 2, "confirm_password": PASSWORD * 2}
        response = self.url_open(
            "/web/reset_password", data={**dict(form.form_values()), **passwords}
        )
        self.assertNotIn("alert-danger", response.text)
        self.assertEqual(len(self.chain_of(partner)), 1)

    def test_answers_are_the_forms_own(self):
        """Over RPC nobody says that a customer answered on a web form."""
        self.authenticate("admin", "admin")
        self.rpc(
            "signup",
            {
                "login": LOGIN,
                "name": "Zoe",
                "password": PASSWORD,
                "consents": {"t_news": [True, None]},
            },
            model="res.users",
        )
        self.assertFalse(self.chain_of(self.user().partner_id))
