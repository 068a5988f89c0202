import json
import unittest
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import file_open

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import ConsentCase
from .common_page import ConsentPageSetup

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None

SCHEMA = "customer_consent/static/schema/consent_receipt.schema.json"
REPORT = "customer_consent.consent_receipt_report"


class ReceiptSetup:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(SCHEMA, "r") as schema:
            cls.schema = json.load(schema)

    def assertFits(self, receipt):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        Draft202012Validator.check_schema(self.schema)
        errors = Draft202012Validator(self.schema).iter_errors(
            json.loads(json.dumps(receipt))
        )
        self.assertFalse([f"{error.json_path}: {error.message}" for error in errors])


@tagged("post_install", "-at_install")
class TestConsentReceipt(ReceiptSetup, ConsentCase):
    """The receipt as its schema says, from the ledger and from frozen texts."""

    def test_schema(self):
        self.assertFits(self.ana.consent_receipt())
        self.ana.consent_set("t_news", True, "backend", note="Told me on the phone")
        self.ana.consent_set("t_study", True, "api")
        receipt = self.ana.consent_receipt()
        self.assertFits(receipt)
        self.assertEqual(len(receipt["consents"]), 2)
        self.assertNotIn("Told me", json.dumps(receipt))
        self.assertNotIn("Ana", json.dumps(receipt), "a pseudonym says who")

    def test_schema_says_no_to_what_does_not_fit(self):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        self.ana.consent_set("t_news", True, "backend")
        receipt = json.loads(json.dumps(self.ana.consent_receipt()))
        record = receipt["consents"][0]
        validator = Draft202012Validator(self.schema)
        self.assertTrue(validator.is_valid(receipt))
        for broken in (
            {**receipt, "pii_principal_id": "Ana"},
            {**receipt, "name": "Ana"},
            {**receipt, "consents": [{**record, "party_identification": []}]},
            {
                **receipt,
                "consents": [
                    {**record, "event": {**record["event"], "event_time": "today"}}
                ],
            },
        ):
            self.assertFalse(validator.is_valid(broken))

    def test_record(self):
        self.study.write({"retention": "Two years", "recipients": "Nobody else"})
        wording = self.publish(self.study, "You may look at my purchases.")
        self.ana.consent_set("t_study", True, "api")
        # what is changed later is not what was agreed to
        self.study.write({"name": "Another name", "retention": "For ever"})
        self.publish(self.study, "You may look at everything.")
        event = self.chain_of(self.ana)
        (record,) = self.ana.consent_receipt()["consents"]
        processing = record["pii_processing"]
        purpose = processing["purposes"][0]
        self.assertEqual(processing["privacy_notice"], wording.body)
        self.assertEqual(processing["privacy_notice_hash"], wording.hash)
        self.assertEqual(purpose["purpose"], "Study of purchases")
        self.assertEqual(purpose["retention_period"], "Two years")
        self.assertEqual(purpose["recipient_third_parties"], ["Nobody else"])
        party = record["party_identification"][0]
        self.assertEqual(party["party_name"], self.company.name)
        self.assertEqual(purpose["pii_controllers"], [party["party_id"]])
        self.assertEqual(record["event"]["ledger_hash"], event.hash)
        self.assertEqual(record["event"]["validity_duration"], "P12M")
        self.assertEqual(record["event"]["entity_id"], party["party_id"])

    def test_the_customers_own_hand(self):
        self.ana._consent_set("t_news", True, "link")
        (record,) = self.ana.consent_receipt()["consents"]
        self.assertEqual(record["event"]["entity_id"], self.ana.customer_uuid)

    def test_current_answers_or_one_event(self):
        self.ana.consent_set("t_news", True, "api")
        self.ana.consent_set("t_news", False, "api")
        now = self.ana.consent_receipt()
        self.assertEqual(
            [r["event"]["event_type"] for r in now["consents"]], ["withdrawn"]
        )
        self.assertEqual(self.ana.consent_receipt()["receipt_id"], now["receipt_id"])
        first = self.ana.consent_history()[-1]
        receipt = self.ana.consent_receipt(event=first["id"])
        self.assertFits(receipt)
        self.assertEqual(receipt["consents"][0]["event"]["event_type"], "granted")
        self.assertNotEqual(receipt["receipt_id"], now["receipt_id"])
        bob = self.new_customer("Bob")
        for event_id in (first["id"], 0x7FFFFFFF, "1"):
            with self.refused(UserError, "no such event"):
                bob.consent_receipt(event=event_id)

    def test_every_event(self):
        """Expired, merged, and a refusal of one who read no text."""
        self.new_purpose("t_silent", "No text yet")
        self.ana.consent_set("t_silent", False, "api")
        self.ana._consent_set(
            "t_study", True, "api", at=fields.Datetime.now() - timedelta(days=400)
        )
        self.states._of(self.ana.customer_uuid, self.study)._expire()
        bob = self.new_customer("Bob")
        bob.consent_set("t_news", False, "api")
        bob._customer_merge_into(self.ana)
        self.assertFits(self.ana.consent_receipt())
        history = self.ana.consent_history()
        events = [item["event"] for item in history]
        self.assertCountEqual(
            events, ["refused", "granted", "expired", "refused", "merged"]
        )
        for item in history:
            self.assertFits(self.ana.consent_receipt(event=item["id"]))

    def test_who_may(self):
        self.ana.consent_set("t_news", True, "api")
        stranger = self.new_user("stranger", "base.group_user")
        portal = self.new_user("portal", "base.group_portal")
        for user in (stranger, portal):
            with self.refused(AccessError):
                self.ana.with_user(user).consent_receipt()
            with self.refused(AccessError):
                self.print(self.ana.with_user(user))
        self.assertFits(self.ana.with_user(self.user).consent_receipt())
        self.assertFits(portal.partner_id.with_user(portal).consent_receipt())

    def print(self, partners):
        report = partners.env["ir.actions.report"]
        return report._render_qweb_html(REPORT, partners.ids)[0].decode()

    def test_print(self):
        self.ana.consent_set("t_news", True, "api")
        event = self.chain_of(self.ana)
        text = self.print(self.ana.with_user(self.user))
        for part in (self.ana.name, self.news.name, self.wording.body, event.hash):
            self.assertIn(part, text)
        # several, and one without any answer
        text = self.print(self.ana | self.new_customer("Bob Silent"))
        self.assertIn("Bob Silent", text)

    def test_companies(self):
        company = self.new_company()
        other = self.new_purpose("t_other", "Of the second", company_id=company.id)
        self.publish(other, "The second shop asks.")
        self.ana.consent_set("t_news", True, "api")
        self.user.company_ids |= company
        ana = self.ana.with_user(self.user).with_context(
            allowed_company_ids=company.ids
        )
        ana.consent_set("t_other", True, "api")
        (record,) = ana.consent_receipt()["consents"]
        self.assertEqual(
            record["pii_processing"]["purposes"][0]["purpose_code"], "t_other"
        )
        first = self.chain_of(self.ana)[0]
        with self.refused(UserError):
            ana.consent_receipt(event=first.id)


@tagged("post_install", "-at_install")
class TestConsentReceiptHttp(ReceiptSetup, ConsentPageSetup, CustomerHttpCase):
    """Downloads in the portal and by link, by their owner and by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = [
            new_test_user(cls.env, login, "base.group_portal", password=PASSWORD)
            for login in ("t_portal", "t_neighbour")
        ]
        cls.me, cls.neighbour = (user.partner_id for user in users)
        for partner in (cls.me, cls.neighbour):
            partner.consent_set("t_news", True, "api")
        cls.mine, cls.theirs = cls.chain_of(cls.me), cls.chain_of(cls.neighbour)

    def assertReceipt(self, response, partner):
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertFits(response.json())
        self.assertEqual(response.json()["pii_principal_id"], partner.customer_uuid)

    def assertDownloads(self, base):
        self.assertReceipt(self.url_open(f"{base}/receipt/json"), self.me)
        own = self.url_open(f"{base}/receipt/json?event={self.mine.id}")
        self.assertReceipt(own, self.me)
        response = self.url_open(f"{base}/receipt/pdf?event={self.mine.id}")
        self.assertEqual(response.status_code, 200)
        for event in (self.theirs.id, 0x7FFFFFFF, "x", "-1"):
            for kind in ("json", "pdf"):
                url = f"{base}/receipt/{kind}?event={event}"
                self.assertEqual(self.url_open(url).status_code, 404, url)
        self.assertEqual(len(self.chain_of(self.me)), 1)

    def test_portal(self):
        self.authenticate("t_portal", PASSWORD)
        _, page = self.get("/my/consents")
        self.assertTrue(page.xpath("//a[@href='/my/consents/receipt/pdf']"))
        self.assertDownloads("/my/consents")

    def test_link(self):
        path = "/consent/" + self.me._consent_url().rpartition("/consent/")[2]
        self.assertDownloads(path)
        response = self.url_open(f"{path}/receipt/pdf")
        self.assertNotIn(self.me.name, response.text, "it may have been passed on")
        response = self.url_open(f"{path}/receipt/json")
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        for token in ("forged", self.me._consent_url(days=-1).rpartition("/")[2]):
            for kind in ("json", "pdf"):
                response = self.url_open(f"/consent/{token}/receipt/{kind}")
                self.assertEqual(response.status_code, 404)
                self.assertNotIn(self.me.customer_uuid, response.text)

    def test_pdf(self):
        """Where the server makes PDFs it is one, and a page to print elsewhere."""
        report = self.env.registry["ir.actions.report"]
        made = (b"%PDF-1.4", "pdf")
        self.startPatcher(patch.object(report, "_render_qweb_pdf", return_value=made))
        self.authenticate("t_portal", PASSWORD)
        for state, content_type in (
            ("ok", "application/pdf"),
            ("install", "text/html; charset=utf-8"),
        ):
            with patch.object(report, "get_wkhtmltopdf_state", return_value=state):
                response = self.url_open("/my/consents/receipt/pdf")
            self.assertEqual(response.headers["Content-Type"], content_type)
            attached = ".pdf" in response.headers.get("Content-Disposition", "")
            self.assertEqual(attached, state == "ok")

    def test_public_user(self):
        response = self.url_open("/my/consents/receipt/json", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_neighbour(self):
        """Neither the call nor the report is a way to what is somebody else's."""
        self.authenticate("t_neighbour", PASSWORD)
        _result, error = self.rpc("consent_receipt", [self.me.id])
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        result, error = self.rpc("consent_receipt", [self.neighbour.id])
        self.assertFalse(error)
        self.assertFits(result)
        for kind in ("html", "pdf"):
            response = self.url_open(
                f"/report/{kind}/customer_consent.consent_receipt/{self.me.id}"
            )
            self.assertGreaterEqual(response.status_code, 400)
            self.assertNotIn(self.mine.hash, response.text)
