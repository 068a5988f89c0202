import io
import json
from unittest import skipUnless
from unittest.mock import patch

from pypdf import PdfReader

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

try:
    import pypdfium2
    import zxingcpp
except ImportError:
    pypdfium2 = zxingcpp = None

REPORT = "customer_base.loyalty_card"


@tagged("post_install", "-at_install")
class TestCardReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "card_seller",
            groups="base.group_user,customer_base.group_customer_user",
        )
        cls.env.company.name = "Maison Lumière"
        cls.env["res.lang"]._activate_lang("en_US")
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": f"Łucja Żak {n}", "is_customer": True, "lang": "en_US"}
                for n in range(11)
            ]
        )

    def _pdf(self, partners):
        reports = self.env["ir.actions.report"].with_user(self.seller)
        pdf, kind = reports._render_qweb_pdf(REPORT, partners.ids)
        self.assertEqual(kind, "pdf")
        return pdf

    def _texts(self, partners):
        pages = PdfReader(io.BytesIO(self._pdf(partners))).pages
        return [page.extract_text() for page in pages]

    def _codes(self, partners):
        """What a scanner reads on the sheets, in any order."""
        document = pypdfium2.PdfDocument(self._pdf(partners))
        found = []
        for page in document:
            image = page.render(scale=300 / 72).to_pil()
            found += [
                ("qr" if "QR" in str(code.format) else "bars", code.text)
                for code in zxingcpp.read_barcodes(image)
            ]
        return sorted(found)

    def test_ten_cards_on_a_sheet(self):
        for count, sheets in ((1, 1), (10, 1), (11, 2)):
            with self.subTest(count):
                texts = self._texts(self.customers[:count])
                self.assertEqual(len(texts), sheets)
                for customer in self.customers[:count]:
                    found = [t for t in texts if customer.customer_code in t]
                    self.assertEqual(len(found), 1)
        self.assertIn("Łucja Żak 10", texts[1])
        self.assertIn("Maison Lumière", texts[1])
        self.assertIn("Loyalty card", texts[1])

    @skipUnless(zxingcpp, "needs zxing-cpp and pypdfium2")
    def test_scanner_reads_both_codes(self):
        expected = []
        for customer in self.customers:
            expected += [
                ("bars", customer.customer_code),
                ("qr", customer.customer_code),
            ]
        self.assertEqual(self._codes(self.customers), sorted(expected))

    @skipUnless(zxingcpp, "needs zxing-cpp and pypdfium2")
    def test_difficult_codes_have_a_qr_only(self):
        accent, long = self.customers[:2]
        accent.customer_code = "ÉTÉ-1"
        long.customer_code = "A-CODE-OF-MANY-CHARACTERS-0123456789"
        self.assertEqual(
            self._codes(accent + long),
            [("qr", long.customer_code), ("qr", accent.customer_code)],
        )

    def test_bars_say_the_code_or_nothing(self):
        bars = self.env[f"report.{REPORT}"]._bars
        self.assertEqual(bars("C0000001").value, "C0000001")
        for code in ("ÉTÉ-1", "tab\t1", "A-CODE-OF-MANY-CHARACTERS-0123456789"):
            self.assertIsNone(bars(code), code)

    def test_long_names_are_whole_or_cut(self):
        self.customers[0].name = "Anne-Sophie de La Rochefoucauld-Montmorency"
        [text] = self._texts(self.customers[0])
        self.assertIn("Rochefoucauld-Montmorency", text)
        self.customers[0].name = "Trattoria " * 20
        [text] = self._texts(self.customers[0])
        self.assertIn("…", text)

    def test_customer_without_code_gets_one(self):
        customer = self.customers[0]
        self.env.cr.execute(
            "UPDATE res_partner SET customer_code = NULL WHERE id = %s", [customer.id]
        )
        customer.invalidate_recordset()
        [text] = self._texts(customer)
        self.assertTrue(customer.customer_code)
        self.assertIn(customer.customer_code, text)

    def test_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customers[0].lang = "fr_FR"
        model = type(self.env[f"report.{REPORT}"])
        languages = []

        def note(report, canvas, customer, brand):
            languages.append(report.env.lang)

        with patch.object(model, "_draw_card", note):
            self._pdf(self.customers[:2])
        self.assertEqual(languages, ["fr_FR", self.customers[1].lang])

    def test_broken_logo_gives_the_name(self):
        self.env.company.sudo().write({"uses_default_logo": False})
        with patch(
            "odoo.addons.customer_base.report.loyalty_card.ImageReader"
        ) as reader:
            reader.side_effect = OSError
            [text] = self._texts(self.customers[0])
        self.assertIn("Maison Lumière", text)

    def test_others_are_left_out(self):
        supplier = self.env["res.partner"].create(
            {"name": "Supplier", "is_customer": False}
        )
        [text] = self._texts(self.customers[0] + supplier)
        self.assertNotIn("Supplier", text)
        with self.assertRaisesRegex(UserError, "no customer is selected"):
            self._pdf(supplier)
        action = (self.customers[0] + supplier).action_customer_print_cards()
        self.assertIn("get no card: 1", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["report_name"], REPORT)
        self.assertEqual(
            action["params"]["next"]["context"]["active_ids"], self.customers[0].ids
        )

    def test_only_customer_users_print(self):
        stranger = new_test_user(self.env, "card_stranger", groups="base.group_user")
        reports = self.env["ir.actions.report"].with_user(stranger)
        with self.assertRaises(AccessError):
            reports._render_qweb_pdf(REPORT, self.customers.ids)

    def test_other_reports_stay_as_they_are(self):
        reports = self.env["ir.actions.report"]
        html, kind = reports._render_qweb_pdf("web.preview_externalreport", [1])
        self.assertEqual(kind, "html")  # core does so in tests
        self.assertTrue(html)


@tagged("post_install", "-at_install")
class TestCardDownload(HttpCase):
    """The way the Print menu takes, on a server that has no wkhtmltopdf."""

    def _download(self, login, partner):
        self.authenticate(login, login)
        url = f"/report/pdf/{REPORT}/{partner.id}"
        return self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "qweb-pdf"]),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def test_download(self):
        for login, groups in (
            ("card_http", "base.group_user,customer_base.group_customer_user"),
            ("card_none", "base.group_user"),
        ):
            new_test_user(self.env, login, password=login, groups=groups)
        partner = self.env["res.partner"].create({"name": "Ada", "is_customer": True})
        response = self._download("card_http", partner)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"%PDF-"))
        disposition = response.headers["Content-Disposition"]
        self.assertIn(partner.customer_code, disposition)
        refused = self._download("card_none", partner)
        self.assertFalse(refused.content.startswith(b"%PDF-"))
        self.assertIn("AccessError", refused.text)
