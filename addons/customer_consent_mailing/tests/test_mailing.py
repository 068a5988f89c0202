from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase
from odoo.addons.mail.tests.common import MailCase

from .common import ConsentMailingCase


@tagged("post_install", "-at_install")
class TestMailing(ConsentMailingCase, MailCase):
    def reached(self, mailing, records):
        return records & records.browse(mailing._get_remaining_recipients())

    def send(self, mailing, res_ids=None):
        with self.mock_mail_gateway():
            mailing._action_send_mail(res_ids)
        traces = mailing.mailing_trace_ids
        return {
            trace.res_id: trace.failure_type or "sent"
            for trace in traces.sudo()
            if trace.failure_type
            or trace.trace_status in ("sent", "outgoing", "pending")
        }

    def test_those_who_consent(self):
        yes = self.new_mailed("Yes", True)
        others = (
            self.new_mailed("No", False)
            | self.new_mailed("Unasked")
            | self.new_mailed("Other", True, self.birthday)
        )
        blocked = self.new_mailed("Blocked", True)
        blocked.with_user(self.manager).customer_block(["marketing"], "own_request")
        company = self.new_mailed("Company", True, is_company=True)
        mailing = self.new_mailing(purpose=self.newsletter)
        self.assertIn("consent_granted_ids", mailing.mailing_domain)
        everybody = yes | others | blocked | company
        self.assertEqual(self.reached(mailing, everybody), yes | company)
        # whatever else was chosen of the customers
        mailing.mailing_domain = repr([("id", "in", everybody.ids)])
        self.assertEqual(self.reached(mailing, everybody), yes | company)
        self.assertEqual(self.send(mailing), {yes.id: "sent", company.id: "sent"})

    def test_expired_is_no_consent(self):
        customer = self.new_mailed("Long Ago")
        self.answer_expired(customer)
        mailing = self.new_mailing(purpose=self.birthday)
        self.assertFalse(self.reached(mailing, customer))
        self.answer(customer, True, self.birthday)
        self.assertEqual(self.reached(mailing, customer), customer)

    def test_when_it_is_sent(self):
        """Who withdraws after the recipients were chosen gets nothing any more."""
        one, two = self.new_mailed("One", True), self.new_mailed("Two", True)
        mailing = self.new_mailing(purpose=self.newsletter)
        chosen = (one | two).ids
        self.answer(two, False)
        self.assertEqual(
            self.send(mailing, chosen), {one.id: "sent", two.id: "mail_optout"}
        )
        self.assertEqual(
            self.env["res.partner"]._mailing_get_opt_out_list(mailing)
            & {one.email_normalized, two.email_normalized},
            {two.email_normalized},
        )

    def test_ids_that_a_caller_names(self):
        never = self.new_mailed("Never")
        stranger = self.env["res.partner"].create(
            {"name": "Supplier", "email": "supplier@shop.example"}
        )
        mailing = self.new_mailing(purpose=self.newsletter)
        self.assertEqual(
            set(self.send(mailing, (never | stranger).ids).values()), {"mail_optout"}
        )

    def test_shared_address(self):
        """The refusal of one wins for the address; who was never asked gets none."""
        shared = {"email": "Family <family@shop.example>"}
        yes = self.new_mailed("Mother", True, **shared)
        unasked = self.new_mailed("Child", **shared)
        mailing = self.new_mailing(purpose=self.newsletter)
        self.assertEqual(self.reached(mailing, yes | unasked), yes)
        no = self.new_mailed("Father", False, email="FAMILY@shop.example")
        self.assertFalse(self.reached(mailing, yes | unasked | no))
        no.active = False
        self.assertFalse(self.reached(mailing, yes), "a no stays a no")
        self.assertEqual(self.send(mailing, yes.ids), {yes.id: "mail_optout"})

    def test_moved_to_another_company(self):
        """What they answered this company is no consent to be written to any more."""
        moved, stayed = self.new_mailed("Moved", True), self.new_mailed("Stayed", True)
        here = self.newsletter.company_id
        friends = self.new_list(moved.email, stayed.email).contact_ids
        mailing = self.new_mailing(purpose=self.newsletter)
        to_list = self.new_mailing("mailing.contact", self.newsletter)
        stayed.company_id = moved.company_id = here
        self.assertEqual(self.reached(mailing, moved | stayed), moved | stayed)
        moved.company_id = self.new_company()
        self.assertEqual(self.reached(mailing.sudo(), moved | stayed), stayed)
        reached = self.reached(to_list.sudo(), friends)
        self.assertEqual(reached.mapped("email"), [stayed.email])
        self.assertEqual(self.send(mailing.sudo(), moved.ids)[moved.id], "mail_optout")
        # their consent is none for a customer who shares the address
        shared = self.new_mailed("Shared", email=moved.email)
        self.assertFalse(self.reached(mailing.sudo(), shared))

    def test_mailing_list(self):
        """Customers are known by their address; others are left to core."""
        self.new_mailed("Yes", True)
        self.new_mailed("No", False)
        self.new_mailed("Unasked")
        names = ("yes", "no", "unasked", "unknown", "left")
        friends = self.new_list(*(f"{name}@shop.example" for name in names))
        contacts = friends.contact_ids
        friends.subscription_ids.filtered(
            lambda s: s.contact_id.name == "left@shop.example"
        ).opt_out = True
        mailing = self.new_mailing(
            "mailing.list", self.newsletter, contact_list_ids=friends.ids
        )
        told = {c.id: c.name.partition("@")[0] for c in contacts}
        sent = {told[i]: how for i, how in self.send(mailing).items()}
        self.assertEqual(
            sent, {"yes": "sent", "unknown": "sent", "left": "mail_optout"}, sent
        )
        again = self.new_mailing("mailing.contact", self.newsletter)
        self.assertEqual(
            {told[c.id] for c in self.reached(again, contacts)},
            {"yes", "unknown", "left"},
        )
        sent = {told[i]: how for i, how in self.send(again, contacts.ids).items()}
        self.assertEqual(sent["no"], "mail_optout")
        self.assertEqual(sent["unasked"], "mail_optout")
        self.assertEqual(sent["unknown"], "sent")

    def test_without_purpose(self):
        """As core does, but for who is blocked for marketing."""
        no, unasked = self.new_mailed("No", False), self.new_mailed("Unasked")
        mailing = self.new_mailing()
        self.assertEqual(mailing._get_opt_out_list(), set())
        self.assertEqual(self.reached(mailing, no | unasked), no | unasked)
        no.with_user(self.manager).customer_block(["marketing"], "own_request")
        self.assertEqual(self.reached(mailing, no | unasked), unasked)
        friends = self.new_list("no@shop.example", "unasked@shop.example")
        mailing = self.new_mailing("mailing.list", contact_list_ids=friends.ids)
        self.assertEqual(
            self.reached(mailing, friends.contact_ids).mapped("email"),
            ["unasked@shop.example"],
        )

    def test_form(self):
        customers = self.new_mailed("Yes", True, city="Testville") | self.new_mailed(
            "No", False, city="Testville"
        )
        mailings = self.env["mailing.mailing"].with_user(self.marketer)
        with Form(mailings.with_context(default_mailing_type="mail")) as form:
            form.subject = "Spring"
            form.mailing_model_id = self.env["ir.model"]._get("res.partner")
            self.assertFalse(form.consent_text)
            form.mailing_domain = "[('city', '=', 'Testville')]"
            form.consent_purpose_id = self.birthday
            form.consent_purpose_id = self.newsletter
            self.assertIn("1 of 1", form.consent_text)
            form.mailing_domain = repr([("id", "in", customers.ids)])
            self.assertIn("1 of 2", form.consent_text)
            form.consent_purpose_id = self.env["consent.purpose"]
            self.assertFalse(form.consent_text)
        self.assertEqual(
            form.record._parse_mailing_domain(), [("id", "in", customers.ids)]
        )

    def test_domain_follows_the_purpose(self):
        mailings = self.env["mailing.mailing"].with_user(self.marketer)
        with Form(mailings) as form:
            form.subject = "Spring"
            form.mailing_model_id = self.env["ir.model"]._get("res.partner")
            form.mailing_domain = "[('city', '=', 'Testville')]"
            form.consent_purpose_id = self.birthday
            form.consent_purpose_id = self.newsletter
        self.assertEqual(
            form.record._parse_mailing_domain(),
            [
                "&",
                ("city", "=", "Testville"),
                ("consent_granted_ids", "in", self.newsletter.ids),
            ],
        )

    def test_many_recipients(self):
        """Neither the form nor the sending walks through all answers for each."""
        customer = self.new_mailed("Yes", True, city="Testville")
        mailing = self.new_mailing(
            purpose=self.newsletter, mailing_domain="[('city', '=', 'Testville')]"
        )
        self.assertIn("1 of 1", mailing.consent_text)
        module = "odoo.addons.customer_consent_mailing.models.mailing_mailing"
        with patch(f"{module}._COUNTED_AT_MOST", 0):
            self.assertIn("More than 0", mailing._get_consent_text())
        query = customer._search(mailing._get_recipients_domain())
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("Anti Join", str(plan))

    def test_search_and_value(self):
        yes, no = self.new_mailed("Yes", True), self.new_mailed("No", False)
        both = [("id", "in", (yes | no).ids)]
        partners = self.env["res.partner"].with_user(self.marketer)
        field = "consent_granted_ids"
        self.assertEqual(partners.browse(yes.id)[field], self.newsletter)
        for leaf, found in (
            ((field, "in", self.newsletter.ids), yes),
            ((field, "not in", self.newsletter.ids), no),
            ((field, "=", False), no),
            ((field, "!=", False), yes),
            ((field, "ilike", "newslet"), yes),
            ((field + ".code", "=", "newsletter_t"), yes),
        ):
            self.assertEqual(partners.search([*both, leaf]), found, leaf)

    def test_sent_stays_what_it_was(self):
        self.new_mailed("Yes", True)
        mailing = self.new_mailing(purpose=self.newsletter)
        self.send(mailing)
        with self.refused(UserError, "has been sent"):
            mailing.consent_purpose_id = self.birthday
        mailing.consent_purpose_id = self.newsletter
        self.assertEqual(mailing.copy().consent_purpose_id, self.newsletter)

    def test_purpose_of_another_company(self):
        theirs = self.new_purpose(
            "theirs_t", "Theirs", company_id=self.new_company().id
        )
        with self.refused(AccessError):
            self.new_mailing(purpose=theirs)


@tagged("post_install", "-at_install")
class TestMailingRpc(ConsentMailingCase, CustomerHttpCase, HttpCase):
    def test_refused_over_the_wire(self):
        no = self.new_mailed("No", False)
        mailing = self.new_mailing(
            purpose=self.newsletter, mailing_domain=repr([("id", "=", no.id)])
        )
        self.authenticate(self.user.login, PASSWORD)
        _result, error = self.rpc(
            "write", mailing.ids, {"consent_purpose_id": False}, model="mailing.mailing"
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        for name in (
            "_consent_unsubscribe",
            "_consent_stop_sms",
            "_get_consent_refused",
        ):
            _result, error = self.rpc(name, mailing.ids, model="mailing.mailing")
            self.assertTrue(error, name)
        self.authenticate(self.marketer.login, PASSWORD)
        for name in ("_consent_add", "_consent_claim", "_consent_release"):
            _result, error = self.rpc(name, no.email, model="mail.blacklist")
            self.assertTrue(error, name)
        _result, error = self.rpc(
            "consent_set", no.ids, self.newsletter.code, True, "api"
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        _result, error = self.rpc(
            "action_send_mail", mailing.ids, model="mailing.mailing"
        )
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertFalse(mailing.mailing_trace_ids)

    def test_readers_of_what_is_consented(self):
        yes = self.new_mailed("Yes", True)
        plain = self.new_user("plain", "base.group_user")
        self.authenticate(plain.login, PASSWORD)
        _result, error = self.rpc("read", yes.ids, ["consent_granted_ids"])
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        _result, error = self.rpc(
            "search", [["consent_granted_ids", "in", self.newsletter.ids]]
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.authenticate(self.marketer.login, PASSWORD)
        result, _error = self.rpc("read", yes.ids, ["consent_granted_ids"])
        self.assertEqual(result[0]["consent_granted_ids"], self.newsletter.ids)
