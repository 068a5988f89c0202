from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common_page import ConsentPageSetup

PATH = "/my/consents"


@tagged("post_install", "-at_install")
class TestConsentPortal(ConsentPageSetup, CustomerHttpCase):
    """My consents, over HTTP, by its owner and by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in ("t_portal", "t_neighbour"):
            new_test_user(
                cls.env,
                login,
                groups="base.group_portal",
                password=PASSWORD,
                lang=cls.wording.lang,
            )
        users = cls.env["res.users"]
        cls.me = users.search([("login", "=", "t_portal")]).partner_id
        cls.neighbour = users.search([("login", "=", "t_neighbour")]).partner_id

    def login(self, login="t_portal"):
        self.authenticate(login, PASSWORD)

    def move_to(self, company):
        """Make the portal user a customer of this company alone."""
        self.me.user_ids.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        self.me.company_id = company

    def test_tour(self):
        self.start_tour("/my/home", "customer_consent_portal", login="t_portal")
        events = self.chain_of(self.me)
        self.assertEqual(
            events.mapped("event"), ["granted", "withdrawn", "granted", "refused"]
        )
        self.assertEqual(set(events.mapped("channel")), {"portal"})
        self.assertEqual(set(events.mapped("actor")), {"customer"})
        self.assertFalse(self.events.verify(self.me.customer_uuid))

    def test_public_user_is_sent_to_the_login(self):
        response = self.url_open(PATH, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    @mute_logger("odoo.http")
    def test_public_user_posts_nothing(self):
        self.login()
        _, page = self.get(PATH)
        form = self.form(page, self.news)
        self.authenticate(None, None)
        self.post(PATH, form, "1", allow_redirects=False)
        self.assertFalse(self.chain_of(self.me))

    def test_opening_changes_nothing(self):
        self.login()
        for method in ("GET", "HEAD"):
            response = self.url_open(f"{PATH}?done=t_news&granted=1", method=method)
            self.assertEqual(response.status_code, 200)
            self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertFalse(self.chain_of(self.me))

    def test_replayed(self):
        self.login()
        _, page = self.get(PATH)
        form = self.form(page, self.news)
        self.post(PATH, form, "1")
        _, page = self.get(PATH)
        self.post(PATH, self.form(page, self.news), "0")
        self.post(PATH, form, "1")
        self.assertEqual(
            self.chain_of(self.me).mapped("event"), ["granted", "withdrawn"]
        )

    @mute_logger("odoo.http")
    def test_without_csrf(self):
        self.login()
        _, page = self.get(PATH)
        form = {**self.form(page, self.news), "csrf_token": ""}
        self.assertEqual(self.post(PATH, form, "1").status_code, 400)
        self.assertFalse(self.chain_of(self.me))

    def test_form_of_a_neighbour(self):
        self.neighbour.consent_set("t_news", True, "api")
        self.login("t_neighbour")
        _, page = self.get(PATH)
        self.assertEqual(self.shown(page)["t_news"], "granted")
        theirs = self.form(page, self.news)
        self.login()
        _, page = self.get(PATH)
        self.assertEqual(self.shown(page)["t_news"], "unanswered")
        mine = self.form(page, self.news)
        form = {**mine, "answer": theirs["answer"]}
        self.assertIn("stale=1", self.post(PATH, form, "0").url)
        self.assertEqual(len(self.chain_of(self.neighbour)), 1)
        self.assertFalse(self.chain_of(self.me))

    @mute_logger("odoo.http")
    def test_given_up_meanwhile(self):
        self.login()
        _, page = self.get(PATH)
        self.news.active = False
        response = self.post(PATH, self.form(page, self.news), "1")
        self.assertEqual(response.status_code, 400)
        self.assertIn("alert-danger", response.text)
        self.assertFalse(self.chain_of(self.me))

    def test_two_companies(self):
        company = self.env["res.company"].create({"name": "Second Shop"})
        other = self.new_purpose("t_other", "Of the second", company_id=company.id)
        self.publish(other, "The second shop asks.")
        self.login()
        _, page = self.get(PATH)
        self.assertIn("t_news", self.shown(page))
        self.assertNotIn("t_other", self.shown(page))
        self.move_to(company)
        _, page = self.get(PATH)
        self.assertEqual(self.shown(page), {"t_other": "unanswered"})
        self.post(PATH, self.form(page, other), "1")
        self.assertEqual(self.chain_of(self.me).company_ref, company.id)

    def test_company_of_the_website(self):
        if "website" not in self.env:
            self.skipTest("without a website it is the user's company")
        company = self.env["res.company"].create({"name": "Second Shop"})
        other = self.new_purpose("t_other", "Of the second", company_id=company.id)
        self.publish(other, "The second shop asks.")
        self.env["website"].search([]).company_id = company
        self.me.user_ids.company_ids = [Command.link(company.id)]
        self.login()
        _, page = self.get(PATH)
        self.assertEqual(self.shown(page), {"t_other": "unanswered"})

    def test_nothing_asked(self):
        self.move_to(self.env["res.company"].create({"name": "Silent Shop"}))
        self.login()
        _, page = self.get(PATH)
        self.assertTrue(page.xpath("//*[contains(@class, 'o_consents_empty')]"))

    def test_colleague_answers_for_themselves(self):
        user = new_test_user(self.env, "t_staff", "base.group_user", password=PASSWORD)
        self.login("t_staff")
        _, page = self.get(PATH)
        self.post(PATH, self.form(page, self.news), "1")
        event = self.chain_of(user.partner_id)
        self.assertEqual((event.channel, event.actor), ("portal", "customer"))
