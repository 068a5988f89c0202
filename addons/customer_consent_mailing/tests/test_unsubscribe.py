from urllib.parse import urlsplit

from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ADDRESS, ConsentMailingCase


@tagged("post_install", "-at_install")
class TestUnsubscribe(ConsentMailingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.new_customer(email=f"Camille <{ADDRESS}>", lang="en_US")
        cls.answer(cls.customer, True)
        cls.mailing = cls.new_mailing(purpose=cls.newsletter)

    def target(self, mailing=None, record=None, email=ADDRESS):
        mailing, record = mailing or self.mailing, record or self.customer
        token = mailing._generate_mailing_recipient_token(record.id, email)
        return {"document_id": record.id, "email": email, "hash_token": token}

    def get(self, route, target=None, mailing=None):
        url = f"/mailing/{(mailing or self.mailing).id}/{route}"
        page = self.url_open(url, params=target or self.target(mailing))
        self.env.invalidate_all()
        return page

    def confirm(self, target=None, mailing=None, **changed):
        """Press the button of the page that asks."""
        self.authenticate(None, None)
        data = {
            **(target or self.target(mailing)),
            "mailing_id": (mailing or self.mailing).id,
            "csrf_token": Request.csrf_token(self),
            **changed,
        }
        page = self.url_open("/mailing/confirm_unsubscribe", data=data)
        self.env.invalidate_all()
        return page

    def one_click(self, target=None, mailing=None):
        mailing, target = mailing or self.mailing, target or self.target(mailing)
        response = self.url_open(
            f"/mailing/{mailing.id}/unsubscribe_oneclick?"
            f"document_id={target['document_id']}&email={target['email']}"
            f"&hash_token={target['hash_token']}",
            data={"List-Unsubscribe": "One-Click"},
        )
        self.env.invalidate_all()
        return response

    def call(self, route, target=None, **more):
        target = {"mailing_id": self.mailing.id, **(target or self.target()), **more}
        answer = self.make_jsonrpc_request(f"/mailing/{route}", target)
        self.env.invalidate_all()
        return answer

    def blacklisted(self, address=ADDRESS):
        return bool(self.env["mail.blacklist"].search([("email", "=", address)]))

    def assert_withdrawn_once(self):
        self.assertEqual(
            self.events(self.customer)[1:],
            [("withdrawn", "link", "customer", "unsubscribed")],
        )
        broken = self.env["consent.event"].verify(self.customer.customer_uuid)
        self.assertEqual(broken, [])

    def test_link_and_button(self):
        with self.subTest("looking changes nothing, however often a scanner looks"):
            for route in ("confirm_unsubscribe", "unsubscribe", "unsubscribe"):
                page = self.get(route)
                self.assertEqual(page.status_code, 200)
                self.assertIn("Newsletter", page.text)
                self.assertIn("/mailing/confirm_unsubscribe", page.text)
            self.assertEqual(len(self.events(self.customer)), 1)
            self.assertFalse(self.blacklisted())
        for _time in range(2):
            page = self.confirm()
            self.assertEqual(page.status_code, 200)
        self.assert_withdrawn_once()
        self.assertFalse(self.blacklisted(), "one purpose is not all")
        page = self.get("unsubscribe")
        self.assertIn('data-last-action="subscription_updated"', page.text)
        self.assert_withdrawn_once()
        self.assertFalse(self.blacklisted())

    def test_legacy_link(self):
        target = self.target()
        page = self.url_open(
            f"/mail/mailing/{self.mailing.id}/unsubscribe",
            params={
                "res_id": target["document_id"],
                "email": target["email"],
                "token": target["hash_token"],
            },
        )
        self.assertIn("/mailing/confirm_unsubscribe", page.text)
        self.assertEqual(self.state(self.customer), "granted")

    def test_one_click(self):
        url = urlsplit(
            self.mailing._get_unsubscribe_oneclick_url(ADDRESS, self.customer.id)
        )
        for _time in range(2):
            response = self.url_open(
                f"{url.path}?{url.query}", data={"List-Unsubscribe": "One-Click"}
            )
            self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assert_withdrawn_once()
        response = self.url_open(f"{url.path}?{url.query}")
        self.assertEqual(response.status_code, 405, "never by GET")

    def test_again_after_a_new_consent(self):
        self.one_click()
        self.answer(self.customer, True)
        self.one_click()
        self.assertEqual(
            [event[0] for event in self.events(self.customer)],
            ["granted", "withdrawn", "granted", "withdrawn"],
        )

    @mute_logger("odoo.http")
    def test_forged(self):
        other = self.new_mailed("Other", True)
        good = self.target()
        second = self.new_mailing(purpose=self.birthday)
        for forged in (
            {**good, "hash_token": "0" * 128},
            {**good, "document_id": other.id},
            {**good, "email": other.email},
            self.target(second),
        ):
            self.assertEqual(self.one_click(forged).status_code, 401)
            self.assertEqual(self.confirm(forged).status_code, 401)
            self.assertEqual(self.get("unsubscribe", forged).status_code, 401)
            self.assertEqual(self.call("blocklist/add", forged), "unauthorized")
            self.assertEqual(
                self.call("list/update", forged, lists_optin_ids=[]), "unauthorized"
            )
        self.assertEqual(self.one_click({**good, "hash_token": ""}).status_code, 400)
        self.assertEqual(self.confirm(csrf_token="forged").status_code, 400)
        for customer in (self.customer, other):
            self.assertEqual(self.state(customer), "granted")

    def test_buttons_of_the_page(self):
        self.assertIs(self.call("blocklist/add"), True)
        self.assert_withdrawn_once()
        self.assertTrue(self.blacklisted(), "whoever wants to hear nothing at all")
        self.assertIs(self.call("blocklist/remove"), True)
        self.assertFalse(self.blacklisted())
        self.assertEqual(self.state(self.customer), "withdrawn", "no consent")
        self.assert_withdrawn_once()

    def test_excluded_by_themselves_is_not_released(self):
        self.call("blocklist/add")
        self.answer(self.customer, True)
        self.assertTrue(self.blacklisted())

    def test_mailing_list(self):
        friends = self.new_list(ADDRESS)
        contact = friends.contact_ids
        twin = self.new_customer("Twin", email=ADDRESS)
        self.answer(twin, True)
        mailing = self.new_mailing(
            "mailing.list", self.newsletter, contact_list_ids=friends.ids
        )
        target = self.target(mailing, contact)
        self.assertIn("Newsletter", self.get("unsubscribe", target, mailing).text)
        self.assertFalse(contact.subscription_ids.opt_out)
        self.one_click(target, mailing)
        self.assert_withdrawn_once()
        self.assertEqual(self.state(twin), "withdrawn", "all who have the address")
        self.assertTrue(contact.subscription_ids.opt_out)
        # to join the list again is no consent
        target["mailing_id"] = mailing.id
        self.call("list/update", target, lists_optin_ids=friends.ids)
        self.assertFalse(contact.subscription_ids.opt_out)
        self.assert_withdrawn_once()
        self.answer(self.customer, True)
        self.call("list/update", target, lists_optin_ids=friends.ids)
        self.assertEqual(self.state(self.customer), "granted")
        self.call("list/update", target, lists_optin_ids=[])
        self.assertEqual(self.state(self.customer), "withdrawn")

    def test_moved_to_another_company(self):
        """A consent is withdrawn wherever it was given."""
        self.customer.company_id = self.new_company()
        self.one_click()
        self.assert_withdrawn_once()
        self.assertFalse(self.blacklisted())

    def new_mailing_to_list(self):
        """A mailing to a list, and the target of its link for our address."""
        friends = self.new_list(ADDRESS)
        mailing = self.new_mailing(
            "mailing.list", self.newsletter, contact_list_ids=friends.ids
        )
        return mailing, self.target(mailing, friends.contact_ids)

    def test_purpose_given_up_since(self):
        """Who shares the address and never answered takes no withdrawal away."""
        unasked = self.new_customer("Unasked", email=ADDRESS)
        mailing, target = self.new_mailing_to_list()
        self.newsletter.active = False
        self.assertEqual(self.one_click(target, mailing).status_code, 200)
        self.assert_withdrawn_once()
        self.assertFalse(self.events(unasked))

    def test_one_refused(self):
        """What is refused for one customer is noted for the others; a collision is not
        refused: Odoo runs the call again."""
        twin = self.new_mailed("Twin", True, email=ADDRESS)
        mailing, _target = self.new_mailing_to_list()
        partners = self.registry["res.partner"]
        unsubscribe, problem = partners._consent_unsubscribe, UserError("No.")

        def refuse(partner, purpose):
            unsubscribe(partner, purpose)
            if partner == twin:
                raise problem

        self.patch(partners, "_consent_unsubscribe", refuse)
        with self.assertLogs("odoo.addons.customer_consent_mailing", "WARNING"):
            noted = mailing.sudo()._consent_unsubscribe(0, ADDRESS)
        self.assertEqual(noted, self.customer)
        self.assert_withdrawn_once()
        self.assertEqual(self.state(twin), "granted")
        problem = ConcurrencyError("Again.")
        with self.assertRaises(ConcurrencyError), self.env.cr.savepoint():
            mailing.sudo()._consent_unsubscribe(0, ADDRESS)

    def test_merged_since(self):
        """The link of a customer who was merged is of whoever they are now."""
        target = self.target()
        live = self.new_mailed("Live", True)
        self.env["customer.redirect"]._add(self.customer.id, live.id)
        self.one_click(target)
        self.assertEqual(self.state(live), "withdrawn")

    def test_unknown_and_without_purpose_are_cores(self):
        stranger = self.env["mailing.contact"].create(
            {"name": "Stranger", "email": "stranger@shop.example"}
        )
        mailing = self.new_mailing("mailing.contact", self.newsletter)
        target = self.target(mailing, stranger, stranger.email)
        self.one_click(target, mailing)
        self.assertTrue(self.blacklisted(stranger.email))
        mailing = self.new_mailing()
        self.one_click(self.target(mailing), mailing)
        self.assertTrue(self.blacklisted())
        self.assertEqual(self.state(self.customer), "granted")
