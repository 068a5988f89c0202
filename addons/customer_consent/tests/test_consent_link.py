import base64
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import hash_sign, mute_logger

from odoo.addons.customer_base.tests.common import CustomerHttpCase

from .common_page import ConsentPageSetup


@tagged("post_install", "-at_install")
class TestConsentLink(ConsentPageSetup, CustomerHttpCase):
    """The page by link, over HTTP, by whoever has the link and whoever has none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lang = cls.wording.lang
        partners = cls.env["res.partner"]
        cls.ana, cls.bob = partners.create(
            [
                {"name": name, "is_customer": True, "lang": lang}
                for name in ("Ana Consents", "Bob Consents")
            ]
        )

    def path(self, partner=None, **kwargs):
        url = (partner or self.ana)._consent_url(**kwargs)
        return "/consent/" + url.rpartition("/consent/")[2]

    def subject_of(self, partner):
        return self.env["customer.subject"].search([("partner_id", "=", partner.id)])

    def events_of(self, partner=None):
        return self.chain_of(partner or self.ana)

    def assertRefused(self, path):
        for method in ("GET", "HEAD", "POST"):
            _, page = self.get(self.path())
            form = self.form(page, self.news)
            data = {**form, "granted": "1"} if method == "POST" else None
            response = self.url_open(path, method=method, data=data)
            self.assertEqual(response.status_code, 404, method)
            self.assertNotIn("Ana", response.text)
        self.assertFalse(self.events_of())

    def journey(self):
        """Agree, withdraw in one tap and take it back, in a browser."""
        news = f"section[data-purpose={self.news.code}]"
        self.walk(
            self.path(),
            self.click(f"{news}[data-state=unanswered] button[value='1']"),
            self.there(".o_consent_done.alert-success"),
            self.click(f"{news}[data-state=granted] .o_consent_switch"),
            self.there(f".o_consent_done.alert-info ~ {news}[data-state=withdrawn]"),
            self.click(".o_consent_undo"),
            self.there(f"{news}[data-state=granted]"),
            self.click(".o_consents_history summary"),
            self.there(".o_consents_history[open] .o_consent_event:nth-child(3)"),
        )
        events = self.events_of()
        self.assertEqual(events.mapped("event"), ["granted", "withdrawn", "granted"])
        self.assertEqual(set(events.mapped("channel")), {"link"})
        return events

    def test_journey(self):
        self.journey()

    def test_journey_in_french(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.publish(self.news, "Je veux des nouvelles.", lang=lang.code)
        self.ana.lang = lang.code
        events = self.journey()
        self.assertEqual(set(events.mapped("wording_lang")), {"fr_FR"})

    def test_url_of_the_company(self):
        if "website" not in self.env:
            self.skipTest("websites have the addresses of companies")
        company = self.env["res.company"].create({"name": "Second Shop"})
        self.env["website"].create(
            {
                "name": "Second",
                "company_id": company.id,
                "domain": "https://second.example.com",
            }
        )
        self.env.invalidate_all()
        for partner in (self.ana.with_company(company), self.bob):
            self.bob.company_id = company
            url = partner._consent_url()
            self.assertTrue(url.startswith("https://second.example.com/consent/"), url)

    def test_url(self):
        url = self.ana._consent_url()
        self.assertTrue(url.startswith(self.ana.get_base_url() + "/consent/"))
        token = url.rpartition("/")[2]
        # behind version, expiry and signature: see odoo.tools.hash_sign
        told = json.loads(base64.urlsafe_b64decode(token + "===")[41:])
        self.assertEqual(told, [self.ana.customer_uuid, self.env.company.id])
        self.assertLess(len(token), 140, "it fits a QR code")

    def test_page(self):
        response, page = self.get(self.path())
        self.assertEqual(response.status_code, 200)
        shown = self.shown(page)
        self.assertEqual(shown[self.news.code], "unanswered")
        self.assertEqual(shown[self.study.code], "unanswered")
        self.assertIn(self.wording.body, response.text)
        self.assertNotIn("Ana", response.text, "the link may have been passed on")
        self.assertFalse(page.xpath("//script"))
        self.assertFalse(page.xpath("//input[@checked] | //option[@selected]"))

    def test_headers(self):
        for path in (self.path(), "/consent/forged"):
            headers = self.url_open(path).headers
            self.assertIn("no-store", headers["Cache-Control"])
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Frame-Options"], "DENY")

    def test_opening_changes_nothing(self):
        path = self.path()
        _, page = self.get(path)
        answer = self.form(page, self.news)["answer"]
        for method in ("GET", "HEAD"):
            for query in ("", f"?answer={answer}&granted=1", "?done=t_news&stale=1"):
                response = self.url_open(path + query, method=method)
                self.assertEqual(response.status_code, 200)
        self.assertFalse(self.events_of())

    def test_answer(self):
        path = self.path()
        _, page = self.get(path)
        response = self.post(path, self.form(page, self.news), "1")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.history, "a reload sends nothing again")
        event = self.events_of()
        self.assertEqual(event.event, "granted")
        self.assertEqual(event.channel, "link")
        self.assertEqual(event.actor, "customer")
        self.assertEqual(event.user_ref, self.env.ref("base.public_user").id)
        self.assertEqual(event.wording_ref, self.wording.id)
        self.assertIn('class="o_consent_done', response.text)
        _, page = self.get(path)
        self.assertEqual(self.shown(page)[self.news.code], "granted")
        self.post(path, self.form(page, self.news), "0")
        self.assertEqual(self.answer(self.ana), "withdrawn")
        self.assertFalse(self.events.verify(self.ana.customer_uuid))

    def test_no_counts(self):
        path = self.path()
        _, page = self.get(path)
        self.post(path, self.form(page, self.news), "0")
        self.assertEqual(self.answer(self.ana), "refused")

    def test_answer_to_the_text_that_was_read(self):
        path = self.path()
        _, page = self.get(path)
        newer = self.publish(self.news, "I want news by e-mail and by drone.")
        self.post(path, self.form(page, self.news), "1")
        self.assertEqual(self.events_of().wording_ref, self.wording.id)
        response, page = self.get(path)
        self.assertIn(newer.body, response.text)
        agreed = page.xpath("//*[contains(@class, 'o_consent_agreed')]")
        self.assertEqual(agreed[0].text, self.wording.body)

    def test_replayed(self):
        path = self.path()
        _, page = self.get(path)
        form = self.form(page, self.news)
        self.post(path, form, "1")
        _, page = self.get(path)
        self.post(path, self.form(page, self.news), "0")
        for granted in ("1", "0"):
            self.assertEqual(self.post(path, form, granted).status_code, 200)
        self.assertEqual(len(self.events_of()), 2)
        self.assertEqual(self.answer(self.ana), "withdrawn")

    def test_other_button_of_a_page_from_the_history(self):
        """Nothing is noted, and the customer is told so."""
        path = self.path()
        _, page = self.get(path)
        form = self.form(page, self.news)
        self.post(path, form, "1")
        response = self.post(path, form, "0")
        self.assertIn("stale=1", response.url)
        self.assertEqual(self.answer(self.ana), "granted")

    def test_forged(self):
        path = self.path()
        uuid, company = self.ana.customer_uuid, self.env.company
        signed = hash_sign(
            self.env, "another.scope", [uuid, company.id], expiration=timedelta(days=1)
        )
        for token in (
            "forged",
            "%00",
            "é" * 60,
            path[9:-1],
            path[9:40],
            path[9:29] + ("A" if path[29] != "A" else "B") + path[30:],
            uuid,
            signed,
            "=" * 500,
            path[9:] + "%0d%0a",
            path[9:] + "=",
        ):
            with self.subTest(token=token):
                self.assertRefused(f"/consent/{token}")

    def test_expired(self):
        self.assertRefused(self.path(days=-1))

    def test_friendly_refusal(self):
        response, page = self.get("/consent/forged")
        self.assertTrue(page.xpath("//a[@href='/my/consents']"))
        self.assertNotIn("Traceback", response.text)

    def test_merged_or_deleted(self):
        path = self.path(self.bob)
        self.assertEqual(self.url_open(path).status_code, 200)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.ana | self.bob).ids, self.ana)
        self.assertRefused(path)
        carl = self.env["res.partner"].create({"name": "Carl", "is_customer": True})
        path = self.path(carl)
        carl.unlink()
        self.assertRefused(path)
        # what counts is the subject, whatever became of the partner
        dora = self.env["res.partner"].create({"name": "Dora", "is_customer": True})
        path = self.path(dora)
        self.subject_of(dora).live = False
        self.assertRefused(path)

    def test_archived_can_withdraw(self):
        self.ana.consent_set("t_news", True, "backend")
        self.ana.active = False
        path = self.path()
        _, page = self.get(path)
        self.post(path, self.form(page, self.news), "0")
        self.assertEqual(self.answer(self.ana), "withdrawn")

    def test_form_of_another(self):
        """The form of one customer is none on the page of another one."""
        _, page = self.get(self.path(self.bob))
        response = self.post(self.path(), self.form(page, self.news), "1")
        self.assertIn("stale=1", response.url)
        self.assertFalse(self.events_of())
        self.assertFalse(self.events_of(self.bob))

    @mute_logger("odoo.http")
    def test_refused_forms(self):
        path = self.path()
        _, page = self.get(path)
        form = self.form(page, self.news)
        without = {**form, "csrf_token": ""}
        self.assertEqual(self.post(path, without, "1").status_code, 400)
        for changed, granted in (
            ({"answer": "forged"}, "1"),
            ({"answer": form["answer"][:-1]}, "1"),
            ({"answer": ""}, "1"),
            ({}, "yes"),
            ({}, ""),
        ):
            response = self.post(path, {**form, **changed}, granted)
            self.assertIn("stale=1", response.url)
        self.assertFalse(self.events_of())
        self.news.active = False  # while the page was open
        response = self.post(path, form, "1")
        self.assertEqual(response.status_code, 400)
        self.assertIn("alert-danger", response.text)
        self.assertFalse(self.events_of())

    def test_what_is_shown(self):
        shop = self.new_purpose("t_shop", "In the shop only", ask_in_portal=False)
        self.publish(shop, "Told at the till.")
        draft = self.new_purpose("t_draft", "Not published")
        path = self.path()
        _, page = self.get(path)
        self.assertNotIn(shop.code, self.shown(page))
        self.assertNotIn(draft.code, self.shown(page))
        # what was granted elsewhere is withdrawn here all the same
        self.ana.consent_set("t_shop", True, "api")
        shop.active = False
        _, page = self.get(path)
        self.post(path, self.form(page, shop), "0")
        self.assertEqual(self.events_of()[-1].event, "withdrawn")
        _, page = self.get(path)
        self.assertNotIn(shop.code, self.shown(page))

    def test_companies(self):
        company = self.env["res.company"].create({"name": "Second Shop"})
        other = self.new_purpose("t_other", "Of the second", company_id=company.id)
        self.publish(other, "The second shop asks.")
        _, page = self.get(self.path())
        self.assertNotIn(other.code, self.shown(page))
        # the link that the second shop made is its own page
        path = self.path(self.ana.with_company(company))
        _, page = self.get(path)
        self.assertEqual(self.shown(page), {other.code: "unanswered"})
        self.post(path, self.form(page, other), "1")
        self.assertEqual(self.events_of().company_ref, company.id)
        # a customer of one company has its page, whoever makes the link
        self.bob.company_id = company
        _, page = self.get(self.path(self.bob))
        self.assertEqual(self.shown(page), {other.code: "unanswered"})

    def test_nothing_asked(self):
        company = self.env["res.company"].create({"name": "Silent Shop"})
        self.bob.company_id = company
        response, page = self.get(self.path(self.bob))
        self.assertEqual(response.status_code, 200)
        self.assertTrue(page.xpath("//*[contains(@class, 'o_consents_empty')]"))

    def test_expired_consent(self):
        self.ana._consent_set(
            "t_study", True, "api", at=fields.Datetime.now() - timedelta(days=400)
        )
        path = self.path()
        _, page = self.get(path)
        self.assertEqual(self.shown(page)["t_study"], "expired")
        self.post(path, self.form(page, self.study), "1")
        self.assertEqual(self.answer(self.ana, self.study), "granted")

    def test_language(self):
        lang = self.env["res.lang"]._activate_lang("nl_NL")
        self.publish(self.news, "Ik wil nieuws.", lang=lang.code)
        self.ana.lang = lang.code
        path = self.path()
        response, page = self.get(path, headers={"Accept-Language": "en-US"})
        self.assertEqual(page.get("lang"), "nl-NL")
        self.assertIn("Ik wil nieuws.", response.text)
        self.post(path, self.form(page, self.news), "1")
        self.assertEqual(self.events_of().wording_lang, "nl_NL")
