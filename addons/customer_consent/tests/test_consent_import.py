from datetime import datetime, timedelta
from pathlib import Path

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import ConsentCase, ConsentSetup

COLUMNS = ["partner_id", "purpose_id", "state", "since", "wording_id", "source"]


class ImportCase(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls.new_user("importer", "customer_base.group_customer_manager")
        cls.code = cls.ana.customer_code

    def line(self, **cells):
        values = {
            "partner_id": self.code,
            "purpose_id": "t_news",
            "state": "yes",
            "since": "2024-03-15",
            "wording_id": "1",
            "source": "old-shop",
            **cells,
        }
        return [values[name] for name in COLUMNS]

    def load(self, *lines, columns=None):
        rows = [list(line) for line in lines]
        states = self.states.with_user(self.importer)
        return states.load(columns or COLUMNS, rows)

    def assertLoaded(self, result):
        self.assertFalse(result["messages"])
        self.assertTrue(result["ids"])


@tagged("post_install", "-at_install")
class TestConsentImport(ImportCase):
    """Consents of a file: with their date and source, never newer than they are."""

    def test_line(self):
        result = self.load(self.line())
        self.assertLoaded(result)
        event = self.chain_of(self.ana)
        self.assertEqual(event.event, "imported")
        self.assertEqual((event.state, event.channel), ("granted", "import"))
        self.assertEqual(event.at, datetime(2024, 3, 15))
        self.assertGreater(event.recorded_at, event.at)
        self.assertEqual((event.source, event.actor), ("old-shop", "operator"))
        self.assertEqual(event.wording_ref, self.wording.id)
        self.assertEqual(event.user_ref, self.importer.id)
        self.assertEqual(self.answer(self.ana), "granted")
        self.assertEqual(self.states.browse(result["ids"]).partner_id, self.ana)
        self.assertFalse(self.events.verify(self.ana.customer_uuid))

    def test_same_file_again(self):
        lines = [self.line(), self.line(purpose_id="t_study", state="no")]
        self.assertLoaded(self.load(*lines))
        before = self.chain_of(self.ana)
        self.assertEqual(len(before), 2)
        self.assertLoaded(self.load(*lines, lines[0]))
        self.assertEqual(self.chain_of(self.ana), before)

    def test_later_refusal_stays(self):
        self.ana.consent_set("t_news", False, "api")
        for _time in range(2):
            self.assertLoaded(self.load(self.line()))
            self.assertEqual(self.answer(self.ana), "refused")
        self.assertEqual(len(self.chain_of(self.ana)), 2)

    def test_order_of_lines(self):
        """The latest date counts, wherever it stands; at one instant the no."""
        self.assertLoaded(
            self.load(
                self.line(state="no", since="2024-06-01 10:00:00"),
                self.line(since="2024-05-01"),
                self.line(purpose_id="t_study", state="no"),
                self.line(purpose_id="t_study"),
            )
        )
        self.assertEqual(self.answer(self.ana), "withdrawn")
        self.assertNotEqual(self.answer(self.ana, self.study), "granted")
        self.assertFalse(self.events.verify(self.ana.customer_uuid))

    def test_old_consent_has_lapsed(self):
        self.assertLoaded(self.load(self.line(purpose_id="t_study")))
        self.assertEqual(self.answer(self.ana, self.study), "expired")

    def test_who(self):
        bo = self.new_customer("Bo", email="Bo <bo@Example.com>", active=False)
        self.assertLoaded(self.load(self.line(partner_id="BO@example.com ")))
        self.assertLoaded(self.load(self.line(partner_id=self.code.lower())))
        for path in ("partner_id/.id", "partner_id/id"):
            cara = self.new_customer("Cara")
            text = str(cara.id) if path[-3:] == ".id" else self.xmlid(cara)
            columns = [path, *COLUMNS[1:]]
            self.assertLoaded(self.load(self.line(partner_id=text), columns=columns))
            self.assertEqual(self.answer(cara), "granted")
        self.assertEqual(self.answer(bo), "granted")
        self.assertEqual(self.answer(self.ana), "granted")

    def xmlid(self, record):
        data = {"module": "__t__", "name": "cara", "model": record._name}
        self.env["ir.model.data"].create({**data, "res_id": record.id})
        return "__t__.cara"

    def test_time_zone(self):
        self.importer.tz = "Asia/Tokyo"
        self.assertLoaded(self.load(self.line(since="2024-03-15 08:30:00")))
        self.assertEqual(self.chain_of(self.ana).at, datetime(2024, 3, 14, 23, 30))

    def test_purpose_and_wording_by_their_text(self):
        self.assertLoaded(
            self.load(
                self.line(
                    purpose_id=" NEWS by e-mail", wording_id="I want news  by e-mail."
                )
            )
        )
        self.assertEqual(self.chain_of(self.ana).wording_ref, self.wording.id)

    def test_wording_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["res.lang"]._activate_lang("fr_FR")
        dutch = self.publish(self.news, "Ik wil nieuws.", lang="nl_NL", version=5)
        self.publish(self.news, "Je veux tout savoir.", lang="fr_FR", version=5)
        self.ana.lang = "nl_NL"
        self.assertLoaded(self.load(self.line(wording_id="5")))
        self.assertEqual(self.chain_of(self.ana).wording_ref, dutch.id)

    def test_refused(self):
        """Each with its line and its reason, and not a line of the file is written."""
        self.new_customer("Twin", email="twin@example.com")
        self.new_customer("Other Twin", email="twin@example.com")
        supplier = self.partners.create({"name": "Supplier"})
        self.wording.copy({"version": 9, "body": "A draft"})
        tomorrow = str(datetime.now().date() + timedelta(days=2))
        draft = self.new_purpose("t_draft", "Draft")
        for cells, reason in (
            ({"since": ""}, "without a date"),
            ({"since": "soon"}, "is no date"),
            ({"since": tomorrow}, "in the future"),
            ({"purpose_id": ""}, "what the consent is for"),
            ({"purpose_id": "t_none"}, "no purpose “t_none”"),
            ({"partner_id": ""}, "whose consent"),
            ({"partner_id": "NOBODY"}, "no customer “NOBODY”"),
            ({"partner_id": str(supplier.id)}, "no customer"),
            ({"partner_id": "twin@example.com"}, "2 customers have the e-mail"),
            ({"state": "perhaps"}, "no answer"),
            ({"state": ""}, "no answer"),
            ({"wording_id": ""}, "which wording"),
            ({"wording_id": "8"}, "no published wording “8”"),
            ({"wording_id": "9"}, "no published wording “9”"),
            ({"wording_id": "A draft"}, "no published wording"),
            ({"purpose_id": draft.code}, "no published wording"),
            ({"source": "Ana, by phone!"}, "short code"),
            ({"source": "x" * 65}, "short code"),
        ):
            with self.subTest(**cells):
                result = self.load(self.line(), self.line(**cells))
                self.assertFalse(result["ids"])
                (message,) = result["messages"]
                self.assertIn(reason, message["message"])
                self.assertIn("2", message["message"].split(":")[0])
                self.assertEqual(message["record"], 2)
                self.assertFalse(self.chain_of(self.ana))

    def test_refused_while_writing(self):
        """What only the ledger's own rules refuse: nothing is written either."""
        self.study.action_archive()
        result = self.load(self.line(), self.line(purpose_id="t_study"))
        self.assertFalse(result["ids"])
        self.assertIn("given up", result["messages"][0]["message"])
        self.assertFalse(self.chain_of(self.ana))
        self.assertEqual(self.answer(self.ana), "unanswered")

    def test_customer_of_another_company(self):
        abroad = self.new_customer("Abroad", company_id=self.new_company().id)
        result = self.load(self.line(partner_id=abroad.customer_code))
        self.assertIn("no customer", result["messages"][0]["message"])

    def test_parts(self):
        """A long file comes in parts: lines are counted from its beginning."""
        context = {"_import_limit": 1}
        states = self.states.with_user(self.importer).with_context(**context)
        result = states.load(COLUMNS, [self.line(), self.line(since="")])
        self.assertLoaded(result)
        self.assertEqual(result["nextrow"], 1)


class ImportScreen:
    """Core's import screen, without the browser."""

    OPTIONS = {
        "has_headers": True,
        "separator": ",",
        "quoting": '"',
        "encoding": "utf-8",
    }

    def screen(self, file, file_type="text/csv", name="consents.csv"):
        wizard = self.env["base_import.import"].with_user(self.importer)
        return wizard.create(
            {
                "res_model": "consent.state",
                "file": file,
                "file_name": name,
                "file_type": file_type,
            }
        )

    def matched(self, preview):
        return ["/".join(preview["matches"].get(i, ())) for i in range(len(COLUMNS))]


@tagged("post_install", "-at_install")
class TestConsentImportScreen(ImportScreen, ImportCase):
    def csv(self, *lines):
        head = "Customer,Purpose,Answer,Date,Wording,Source"
        rows = [",".join(line) for line in lines]
        return "\n".join([head, *rows]).encode()

    def run_screen(self, *lines, dryrun=False, **options):
        screen = self.screen(self.csv(*lines))
        options = {**self.OPTIONS, "date_format": "%d/%m/%Y", **options}
        return screen.execute_import(COLUMNS, COLUMNS, options, dryrun=dryrun)

    def test_template(self):
        (template,) = self.states.get_import_templates()
        folder = Path(__file__).parents[2]
        data = (folder / template["template"].lstrip("/")).read_bytes()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        screen = self.screen(data, kind, "consents.xlsx")
        for lang, _name in self.env["res.lang"].get_installed():
            preview = screen.with_context(lang=lang).parse_preview(
                {"has_headers": True}
            )
            self.assertFalse(preview.get("error"))
            self.assertEqual(self.matched(preview), COLUMNS, lang)

    def test_trial_writes_nothing(self):
        result = self.run_screen(self.line(since="15/03/2024"), dryrun=True)
        self.assertFalse(result["messages"])
        self.assertFalse(self.chain_of(self.ana))
        result = self.run_screen(self.line(since="15/03/2024"))
        self.assertFalse(result["messages"])
        self.assertEqual(self.chain_of(self.ana).at, datetime(2024, 3, 15))

    def test_line_of_the_file(self):
        lines = [self.line(since="15/03/2024"), self.line(since="")]
        result = self.run_screen(*lines, dryrun=True)
        self.assertEqual(result["messages"][0]["record"], 3)
        result = self.run_screen(*lines, skip=1)
        self.assertEqual(result["messages"][0]["record"], 3)


@tagged("post_install", "-at_install")
class TestConsentImportTour(ImportCase, HttpCase):
    def test_import(self):
        self.ana.customer_code = "T-IMPORT-1"
        self.start_tour(
            "/odoo/consents", "customer_consent_import", login=self.importer.login
        )
        self.assertEqual(self.chain_of(self.ana).source, "old-shop")


@tagged("post_install", "-at_install")
class TestConsentImportRpc(ConsentSetup, CustomerHttpCase):
    rpc_model = "consent.state"

    def test_managers_only(self):
        ana = self.env["res.partner"].create({"name": "Ana", "is_customer": True})
        for login, groups in (
            ("t_stranger", "base.group_user"),
            ("t_user", "customer_base.group_customer_user"),
            ("t_portal", "base.group_portal"),
            ("t_manager", "customer_base.group_customer_manager"),
        ):
            new_test_user(self.env, login, groups=groups, password=PASSWORD)
            self.authenticate(login, PASSWORD)
            row = [ana.customer_code, "t_news", "yes", "2024-03-15", "1", "rpc"]
            result, error = self.rpc("load", COLUMNS, [row])
            if login == "t_manager":
                self.assertFalse(error or result["messages"])
                self.assertEqual(self.chain_of(ana).source, "rpc")
                continue
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", login)
            self.assertFalse(self.chain_of(ana))
