from datetime import datetime, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentOffice(ConsentCase):
    """What the back office shows."""

    def row(self, purpose, user=None):
        overview = self.ana.with_user(user or self.user).consent_overview()
        return next(r for r in overview["rows"] if r["purpose"] == purpose.code)

    def test_overview(self):
        self.assertEqual(self.row(self.news)["state"], "unanswered")
        self.assertEqual(self.row(self.news)["body"], "I want news by e-mail.")
        self.assertFalse(self.row(self.news)["problem"])
        self.ana.with_user(self.user).consent_set(
            "t_news", True, "backend", note="phone"
        )
        newer = self.publish(self.news, "I want all the news.", lang=self.wording.lang)
        self.assertEqual(newer.version, 2)
        row = self.row(self.news)
        self.assertEqual((row["state"], row["version"]), ("granted", 1))
        self.assertEqual(row["body"], "I want news by e-mail.", "as it was agreed to")
        labels = self.ana.with_user(self.user).consent_overview()["labels"]
        self.assertIn("phone", dict(labels["reason"]))
        self.assertEqual(
            labels.keys(), {"event", "state", "channel", "actor", "reason"}
        )

    def test_overview_shows_what_a_yes_counts_for(self):
        self.ana.consent_set("t_news", True, "backend")
        newer = self.publish(self.news, "Other words.")

        def row():
            rows = self.ana.with_user(self.user).consent_overview()["rows"]
            return next(r for r in rows if r["purpose"] == "t_news")

        self.assertEqual(row()["body"], self.wording.body, "what was agreed to")
        self.ana.consent_set("t_news", False, "backend")
        self.assertEqual(row()["body"], newer.body)
        self.assertEqual(row()["asked_wording"], newer.id)

    def test_overview_says_why_no_yes_is_possible(self):
        draft = self.new_purpose("t_draft", "Draft")
        self.assertIn("no published wording", self.row(draft)["problem"])
        self.news.ask_in_backend = False
        self.assertIn("is not asked here", self.row(self.news)["problem"])
        self.ana.consent_set("t_study", True, "api")
        self.study.action_archive()
        self.assertIn("given up", self.row(self.study)["problem"])

    def test_purpose_form(self):
        purposes = self.env["consent.purpose"].with_user(self.manager)
        with Form(purposes) as form:
            form.name = "Invitations"
            form.code = "t_invitations"
            with form.wording_ids.new() as line:
                line.lang = self.wording.lang
                line.body = "Invite me."
        purpose = form.record
        wording = purpose.wording_ids
        self.assertEqual(wording.version, 1)
        self.assertFalse(purpose.is_in_use)
        wording.action_publish()
        self.assertTrue(purpose.is_in_use)
        with Form(purpose) as form:
            with form.wording_ids.new() as line:
                line.lang = wording.lang
                line.body = "Invite me, please."
        self.assertEqual(purpose.wording_ids.mapped("version"), [2, 1])

    def test_languages_without_wording(self):
        installed = dict(self.env["res.lang"].get_installed())
        names = set(self.news.missing_langs.split(", ")) - {""}
        self.assertEqual(
            names,
            {name for code, name in installed.items() if code != self.wording.lang},
        )
        self.assertNotIn(installed[self.wording.lang], names)

    def test_starter_purposes(self):
        """They are there to begin with; what is published, the shop published."""
        purpose = self.env.ref("customer_consent.consent_purpose_newsletter_email")
        copy = self.new_purpose("t_copy", "Copy")
        bodies = {"t_copy": "Anything, please."}
        english = dict.fromkeys(bodies, "Something, please.")
        languages = [("en_US", "English"), ("fr_FR", "French"), ("nl_NL", "Dutch")]

        def drafts(model):
            return bodies if model.env.lang == "fr_FR" else english

        for code, _name in languages:
            self.env["res.lang"]._activate_lang(code)
        with (
            patch.object(type(purpose), "_get_draft_bodies", drafts),
            patch.object(
                type(self.env["res.lang"]), "get_installed", lambda lang: languages
            ),
        ):
            copy._draft_wordings()
            copy._draft_wordings()
        by_lang = {w.lang: w.body for w in copy.wording_ids}
        self.assertEqual(
            by_lang, {"en_US": "Something, please.", "fr_FR": "Anything, please."}
        )
        self.assertFalse(copy.wording_ids.filtered("published_at"))
        self.assertIn(purpose.code, purpose._get_draft_bodies())

    def test_customers_by_consent(self):
        bo = self.new_customer("Bo")
        self.ana.consent_set("t_news", True, "api")
        bo.consent_set("t_news", False, "api")
        self.ana._consent_set(
            "t_study", True, "api", at=datetime.utcnow() - timedelta(days=500)
        )
        view = self.env.ref("customer_base.res_partner_view_search_customer")
        arch = self.partners.get_view(view.id, "search")["arch"]
        self.assertIn("consent_state_ids", arch)
        customers = self.partners.with_user(self.user)

        def consenting(code):
            granted = [("is_granted", "=", True), ("purpose_id.code", "=", code)]
            return customers.search([("consent_state_ids", "any", granted)])

        self.assertEqual(consenting("t_news"), self.ana)
        self.assertFalse(consenting("t_study"), "expired")

    def test_reports(self):
        self.ana.consent_set("t_news", True, "api")
        states = self.states.with_user(self.user)
        groups = states._read_group(
            [("purpose_id", "=", self.news.id)],
            ["customer_type_id", "state", "since:month"],
            ["__count"],
        )
        self.assertEqual(
            [(kind, state, count) for kind, state, _month, count in groups],
            [(self.ana.customer_type_id, "granted", 1)],
        )
        row = states.search([("partner_id", "=", self.ana.id)])
        self.assertEqual(row.action_open_customer()["res_id"], self.ana.id)
        for xmlid in ("consent_state_action", "consent_event_action"):
            action = self.env.ref(f"customer_consent.{xmlid}")
            model = self.env[action.res_model].with_user(self.user)
            for mode in action.view_mode.split(","):
                model.get_view(view_type=mode)
            model.get_view(view_type="search")

    def test_filters(self):
        """Each filter of the lists of answers and of events can be applied."""
        now = datetime.utcnow()
        self.ana._consent_set("t_study", True, "api", at=now - timedelta(days=350))
        bo = self.new_customer("Bo")
        bo._consent_set("t_study", True, "api", at=now - timedelta(days=500))
        found = {}
        for model in (self.states, self.events):
            arch = model.get_view(view_type="search")["arch"]
            for domain, name in self.filters(arch):
                found[model._name, name] = model.search(domain).partner_id
        answers = "consent.state"
        self.assertIn(self.ana, found[answers, "granted"])
        self.assertNotIn(bo, found[answers, "granted"])
        self.assertIn(self.ana, found[answers, "expiring"])
        self.assertNotIn(bo, found[answers, "expiring"])
        self.assertIn(bo, found[answers, "expired"])
        self.assertNotIn(self.ana, found[answers, "expired"])

    def filters(self, arch):
        for node in etree.fromstring(arch).iter("filter"):
            if node.get("domain"):
                yield safe_eval(node.get("domain")), node.get("name")

    def test_export_for_mailing_tools(self):
        self.ana.consent_set("t_news", True, "api")
        export = self.env.ref("customer_consent.ir_exports_consent_state")
        names = export.export_fields.mapped("name")
        row = self.states.search([("partner_id", "=", self.ana.id)])
        cells = dict(zip(names, row.export_data(names)["datas"][0], strict=True))
        self.assertEqual(cells["partner_id/email"], "ana@example.com")
        self.assertEqual(cells["purpose_id/code"], "t_news")
        self.assertTrue(cells["is_granted"])
        self.assertTrue(cells["since"])

    def test_link(self):
        url = self.ana.with_user(self.user).consent_link()
        self.assertEqual(
            self.partners._consent_partner_of_link(url.split("/")[-1]), self.ana
        )
        with self.refused(UserError, "“Nobody” is not one"):
            self.partners.create({"name": "Nobody"}).with_user(
                self.manager
            ).consent_link()

    def test_link_by_email(self):
        before = self.env["mail.mail"].search([])
        email = self.ana.with_user(self.user).consent_send_link()
        self.assertEqual(email, "ana@example.com")
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.ana)
        self.assertIn("/consent/", mail.body_html)
        self.assertFalse(mail.model, "no colleague reads the link in the messages")
        self.assertFalse(self.chain_of(self.ana))
        before |= mail
        self.ana.email = "ana@example.com, somebody@example.com"
        self.ana.with_user(self.user).consent_send_link()
        mail = self.env["mail.mail"].search([]) - before
        self.assertFalse(mail.recipient_ids)
        self.assertEqual(mail.email_to, "ana@example.com", "the link is for one person")
        self.ana.email = False
        with self.refused(UserError, "no e-mail address"):
            self.ana.with_user(self.user).consent_send_link()


@tagged("post_install", "-at_install")
class TestConsentTab(ConsentCase, HttpCase):
    def test_tab(self):
        self.new_purpose("t_draft", "Draft")
        partners = type(self.partners)
        original, closed = partners._consent_set, "The shop is closed"

        def refuse(partner, purpose, *args, **kwargs):
            if purpose == "t_study":
                raise UserError(closed)
            return original(partner, purpose, *args, **kwargs)

        with patch.object(partners, "_consent_set", refuse):
            self.start_tour(
                f"/odoo/customer-file/{self.ana.id}",
                "customer_consents",
                login=self.manager.login,
            )
        given, withdrawn = self.chain_of(self.ana)
        self.assertEqual((given.event, given.reason), ("granted", "phone"))
        self.assertEqual(given.channel, "backend")
        self.assertEqual(given.user_ref, self.manager.id)
        self.assertEqual(withdrawn.event, "withdrawn")
        self.assertEqual(withdrawn.note, "She came back about it")
