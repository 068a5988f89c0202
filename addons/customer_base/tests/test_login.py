import json
import time
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlencode
from xmlrpc.client import Fault

from lxml import html

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, get_db_name, new_test_user, tagged
from odoo.tests.common import Opener
from odoo.tools import mute_logger

from odoo.addons.bus.tests.common import WebsocketCase
from odoo.addons.bus.websocket import CloseCode

from .common import PASSWORD, CustomerHttpCase

SENTENCE = "The shop says: call us on 555-0100."
SHOP = "Please contact us."

# a key and its answer to a challenge, as core's own test of passkeys has them
PASSKEY = {
    "id": "wtw0u7D8rp7nq7WBWFCt_FRhEHpU6EHvEgTn3BBid5N-UE5a9XCzS8NaVuh7ydFz",
    "public_key": "pQECAyYgASFYIMLcNLuw_K6e56u1gVioLcAJF8v8eUw7kfqTOqDdl7nFIlggFSs_nZWewd"
    "_JqzeWzXmJ6Wmn_nKuo82rCdoOZ-oewOU=",
    "challenge": "oj09zruUyqUMIFO0ol5UltUd955Qqw9iche5w_g9k6jByR69ioWtnC-RWLRie_8sqHO_T2bI"
    "CJplaQNPRxfpeA",
    "response": {
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAABg",
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoib2owOXpydVV5cVVN"
        "SUZPMG9sNVVsdFVkOTU1UXF3OWljaGU1d19nOWs2akJ5UjY5aW9XdG5DLVJXTFJpZV84c3FIT19UMmJJQ0"
        "pwbGFRTlBSeGZwZUEiLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0OjgwNjkiLCJjcm9zc09yaWdpbiI6"
        "ZmFsc2V9",
        "signature": "MEUCIDj-tI1yRGqnqd6uZeuInPaGY0yNYwC-5W4d024zwUs0AiEApJAst0t7G40ZRp1_TI"
        "KbftD-p9BkmafTPZBBe4Ps0P0",
        "userHandle": "Mg",
    },
}


class LoginCase(CustomerHttpCase):
    """A customer with an account, who can be blocked, and somebody who is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account, cls.other = (
            cls.new_account("blocked.login@example.com", name="Bart Blocked"),
            cls.new_account("other.login@example.com", name="Olga Other"),
        )
        cls.customer = cls.account.partner_id
        cls.colleague = new_test_user(
            cls.env, "colleague.login", "base.group_user", password=PASSWORD
        )
        cls.env["res.company"].search([]).customer_login_message = SENTENCE

    @classmethod
    def new_account(cls, login, **values):
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            password=PASSWORD,
            email=login,
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
            **values,
        )

    def block(self, partner=None, **kwargs):
        (partner or self.customer).customer_block(["login"], "abuse", **kwargs)
        self.env.flush_all()

    def end_block(self):
        """The block ends by itself: nobody does anything."""
        blocks = self.env["customer.block"].search([("scope", "=", "login")])
        ago = fields.Datetime.now() - timedelta(hours=1)
        blocks.write({"since": ago, "until": ago + timedelta(minutes=30)})
        self.env.flush_all()

    # -- browsers -------------------------------------------------------------------------

    @contextmanager
    def browser(self, **cookies):
        """Another browser, with these cookies."""
        mine, self.opener = self.opener, Opener(self)
        self.opener.cookies.update(cookies)
        try:
            yield
        finally:
            self.opener = mine

    def cookie(self):
        return self.opener.cookies["session_id"]

    def post(self, page, **data):
        """Send the form of ``page`` as a browser does."""
        form = html.fromstring(self.url_open(page).content)
        data["csrf_token"] = form.xpath("//input[@name='csrf_token']/@value")[0]
        with mute_logger("odoo.http", "odoo.addons.auth_signup.controllers.main"):
            response = self.url_open(page, data=data)
        self.env.invalidate_all()
        return response

    def log_in(self, user=None, password=PASSWORD):
        user = user or self.account
        return self.post("/web/login", login=user.login, password=password)

    def alert(self, response):
        """What the page says is wrong."""
        texts = html.fromstring(response.content).xpath(
            "//p[contains(@class, 'alert-danger')]//text()"
        )
        return "".join(texts).strip()

    def who(self):
        """The id of the user of this browser, None when nobody is logged in."""
        response = self.url_open(
            "/web/session/get_session_info",
            json={"jsonrpc": "2.0", "method": "call", "params": {}},
        ).json()
        self.env.invalidate_all()
        return response.get("result", {}).get("uid")


@tagged("post_install", "-at_install")
class TestLogin(LoginCase):
    """Every door of a blocked account is closed, and no session of it is valid."""

    # -- sessions -------------------------------------------------------------------------

    def test_sessions_end_at_the_next_request_and_for_good(self):
        self.log_in()
        self.assertEqual(self.who(), self.account.id)
        cookie = self.cookie()
        self.block()
        self.assertIsNone(self.who())
        with self.browser(session_id=cookie):
            self.assertIn("/web/login", self.url_open("/my").url)
        self.customer.customer_unblock()
        for old in (cookie, self.cookie()):
            with self.browser(session_id=old):
                self.assertIsNone(self.who(), "the end of a block revives nothing")
        self.log_in()
        self.assertEqual(self.who(), self.account.id)

    def test_a_block_that_ends_by_itself(self):
        self.log_in()
        cookie = self.cookie()
        self.block(until="2200-01-31")
        self.assertEqual(self.alert(self.log_in()), SENTENCE)
        self.end_block()
        with self.browser(session_id=cookie):
            self.assertIsNone(self.who())
        self.log_in()
        self.assertEqual(self.who(), self.account.id)

    def test_nobody_else_is_logged_out(self):
        for user in (self.other, self.colleague):
            with self.browser():
                self.log_in(user)
                self.block()
                self.assertEqual(self.who(), user.id)
                self.customer.customer_unblock()
                self.assertEqual(self.who(), user.id)

    def test_a_session_made_during_a_block_is_no_session(self):
        """Whatever makes it: the token itself is refused."""
        self.block()
        users = type(self.env["res.users"])
        with patch.object(users, "_customer_refuse_login"):
            self.authenticate(self.account.login, PASSWORD)
        self.assertFalse(self.session.session_token)
        self.assertIsNone(self.who())

    def test_other_scopes_leave_the_login_alone(self):
        self.log_in()
        self.customer.customer_block(["pos", "credit", "marketing"], "unpaid")
        self.assertEqual(self.who(), self.account.id)

    def test_pages_without_a_controller(self):
        if "website.page" not in self.env:
            self.skipTest("no website")
        self.env["website.page"].create(
            {
                "url": "/login-blocked-page",
                "is_published": True,
                "type": "qweb",
                "arch": '<p id="who" t-out="request.env.uid"/>',
            }
        )

        def reader():
            page = self.url_open("/login-blocked-page").content
            return int(html.fromstring(page).xpath("string(//p[@id='who'])"))

        self.log_in()
        self.assertEqual(reader(), self.account.id)
        cookie = self.cookie()
        self.block()
        self.assertNotEqual(reader(), self.account.id)
        self.customer.customer_unblock()
        with self.browser(session_id=cookie):
            self.assertNotEqual(reader(), self.account.id)

    # -- what brings an account under a block ---------------------------------------------

    def assert_logged_out(self, act):
        self.log_in()
        self.assertEqual(self.who(), self.account.id)
        cookie = self.cookie()
        act()
        self.env.flush_all()
        with self.browser(session_id=cookie):
            self.assertIsNone(self.who())
        self.env["customer.block"].search([]).unlink()
        self.env.registry.clear_cache()
        with self.browser(session_id=cookie):
            self.assertIsNone(self.who(), "an epoch has ended it, not the block alone")

    def new_company(self, blocked=True):
        company = self.env["res.partner"].create(
            {"name": "Acme", "is_company": True, "is_customer": True}
        )
        if blocked:
            self.block(company)
        return company

    def test_the_company_is_blocked(self):
        self.customer.parent_id = self.new_company(blocked=False)
        self.assert_logged_out(lambda: self.block(self.customer.parent_id))

    def test_moved_under_a_blocked_company(self):
        company = self.new_company()
        self.assert_logged_out(lambda: self.customer.write({"parent_id": company.id}))

    def test_the_account_gets_a_blocked_partner(self):
        partner = self.env["res.partner"].create({"name": "P", "is_customer": True})
        self.block(partner)
        self.assert_logged_out(lambda: self.account.write({"partner_id": partner.id}))

    def test_merged_with_a_blocked_customer(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        for blocked_is_source in (True, False):
            with self.subTest(blocked_is_source=blocked_is_source), self.browser():
                customer = self.account.partner_id
                blocked = self.env["res.partner"].create(
                    {
                        "name": "Twin",
                        "is_customer": True,
                        "email": self.account.email,
                    }
                )
                self.block(blocked)
                target = customer if blocked_is_source else blocked
                self.assert_logged_out(
                    lambda both=blocked | customer, target=target: wizard._merge(
                        both.ids, target
                    )
                )

    def test_colleagues_are_never_locked_out(self):
        company = self.new_company()
        partner = self.colleague.partner_id
        self.log_in(self.colleague)
        partner.parent_id = company
        self.assertEqual(self.who(), self.colleague.id)
        with self.browser():
            self.log_in(self.colleague)
            self.assertEqual(self.who(), self.colleague.id)
        partner.is_customer = True
        with self.assertRaisesRegex(UserError, "Settings"):
            partner.customer_block(["login", "pos"], "abuse")
        partner.customer_block(["pos"], "abuse")

    def test_a_colleague_who_becomes_a_portal_user(self):
        self.colleague.partner_id.parent_id = self.new_company()
        self.log_in(self.colleague)
        groups = self.env.ref("base.group_portal")
        self.colleague.group_ids = [Command.set(groups.ids)]
        self.assertIsNone(self.who())

    # -- passwords ------------------------------------------------------------------------

    def test_password(self):
        self.block()
        logs = self.account.log_ids
        self.assertEqual(self.alert(self.log_in()), SENTENCE)
        self.assertIsNone(self.who())
        self.assertEqual(self.account.log_ids, logs, "no login, no date of one")
        self.assertNotIn(SENTENCE, self.url_open("/web/login").text)
        self.customer.customer_unblock()
        self.log_in()
        self.assertEqual(self.who(), self.account.id)

    def test_the_truth_is_told_to_the_owner_only(self):
        wrong = self.alert(self.log_in(password="wrong"))
        self.assertTrue(wrong)
        self.block()
        self.assertEqual(self.alert(self.log_in(password="wrong")), wrong)

    def test_password_of_an_app(self):
        """The call by which apps log in."""
        self.block()
        params = {
            "db": get_db_name(),
            "login": self.account.login,
            "password": PASSWORD,
        }
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/session/authenticate",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            ).json()
        self.assertEqual(answer["error"]["data"]["message"], SENTENCE)
        self.assertIsNone(self.who())

    def test_the_sentence_without_one_of_the_shop(self):
        company = self.account.company_id
        company.customer_login_message = False
        company.write({"phone": "+32 2 290 34 90", "email": "shop@example.com"})
        text = company._customer_login_text()
        self.assertIn("+32 2 290 34 90, shop@example.com", text)
        company.write({"phone": False, "email": False})
        self.assertTrue(company._customer_login_text().endswith(SHOP))

    def test_the_sentence_is_written_in_the_settings(self):
        action = self.env["res.config.settings"].create({})
        action = action.action_customer_login_message()
        company = self.env[action["res_model"]].browse(action["res_id"])
        with Form(company, view=action["views"][0][0]) as form:
            form.customer_login_message = "Write to us."
        self.assertEqual(company._customer_login_text(), "Write to us.")

    def test_the_sentence_in_the_language_of_the_customer(self):
        for code in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        company = self.account.company_id
        company.with_context(lang="fr_FR").customer_login_message = "Appelez-nous."
        self.customer.lang = "fr_FR"
        partner = self.customer.with_context(lang=None)
        self.assertEqual(partner._customer_login_refusal(), "Appelez-nous.")
        partner = self.customer.with_context(lang="en_US")
        self.assertEqual(partner._customer_login_refusal(), SENTENCE)

    # -- second step, passkey, other sites ------------------------------------------------

    def totp(self):
        if "auth_totp.device" not in self.env:
            self.skipTest("no second step")
        from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp

        self.account.totp_secret = "A" * 32
        self.env.flush_all()
        code = hotp(b"\0" * 20, int(time.time() / TIMESTEP))
        page = self.log_in()
        self.assertIn("/web/login/totp", page.url)
        return f"{code:06}"

    def test_second_step(self):
        code = self.totp()
        self.block()
        page = self.post("/web/login/totp", totp_token=code)
        self.assertEqual(self.alert(page), SENTENCE)
        self.assertIsNone(self.who())
        self.customer.customer_unblock()
        self.account.totp_last_counter = False
        self.env.flush_all()
        self.post("/web/login/totp", totp_token=code)
        self.assertEqual(self.who(), self.account.id)

    def test_device_without_second_step(self):
        self.totp()
        # sudo: keys are made by their owner, who would have to log in
        devices = self.env["auth_totp.device"].with_user(self.account).sudo()
        until = fields.Datetime.now() + timedelta(days=1)
        self.opener.cookies["td_id"] = devices._generate("browser", "Mine", until)
        self.block()
        self.url_open("/web/login/totp")
        self.assertIsNone(self.who())
        self.customer.customer_unblock()
        self.url_open("/web/login/totp")
        self.assertEqual(self.who(), self.account.id)

    def passkey_login(self):
        def start(keys):
            from odoo.http import request

            request.session["webauthn_challenge"] = PASSKEY["challenge"]
            return {"challenge": PASSKEY["challenge"]}

        token = html.fromstring(self.url_open("/web/login").content)
        token = token.xpath("//input[@name='csrf_token']/@value")[0]
        with patch.object(type(self.env["auth.passkey.key"]), "_start_auth", start):
            self.url_open("/auth/passkey/start-auth", json={})
        answer = {
            "id": PASSKEY["id"],
            "rawId": PASSKEY["id"],
            "response": PASSKEY["response"],
            "type": "public-key",
            "clientExtensionResults": {},
            "authenticatorAttachment": "cross-platform",
        }
        return self.url_open(
            "/web/login",
            data={
                "type": "webauthn",
                "webauthn_response": json.dumps(answer),
                "csrf_token": token,
                "password": "",
            },
        )

    def test_passkey(self):
        if "auth.passkey.key" not in self.env:
            self.skipTest("no passkeys")
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "http://localhost:8069"
        )
        self.env.cr.execute(
            "INSERT INTO auth_passkey_key"
            " (name, credential_identifier, public_key, create_uid)"
            " VALUES ('key', %s, %s, %s)",
            (PASSKEY["id"], PASSKEY["public_key"], self.account.id),
        )
        self.block()
        self.assertEqual(self.alert(self.passkey_login()), SENTENCE)
        self.assertIsNone(self.who())
        self.customer.customer_unblock()
        self.passkey_login()
        self.assertEqual(self.who(), self.account.id)

    def test_login_by_another_site(self):
        """Its controller swallows every refusal: the login page tells it, once."""
        if "auth.oauth.provider" not in self.env:
            self.skipTest("no login by other sites")
        provider = self.env["auth.oauth.provider"].create(
            {
                "name": "Site",
                "auth_endpoint": "https://site.example.com/auth",
                "validation_endpoint": "https://site.example.com/validate",
                "body": "Site",
                "enabled": True,
            }
        )
        self.account.write({"oauth_provider_id": provider.id, "oauth_uid": "u-1"})
        self.block()
        state = {"d": get_db_name(), "p": provider.id}
        query = urlencode({"state": json.dumps(state), "access_token": "t-1"})
        users = type(self.env["res.users"])
        with patch.object(users, "_auth_oauth_rpc", return_value={"sub": "u-1"}):
            page = self.url_open(f"/auth_oauth/signin?{query}")
            self.assertEqual(self.alert(page), SENTENCE)
            self.assertIsNone(self.who())
            self.assertNotIn(SENTENCE, self.url_open("/web/login").text)
            self.customer.customer_unblock()
            self.url_open(f"/auth_oauth/signin?{query}")
        self.assertEqual(self.who(), self.account.id)

    # -- programs -------------------------------------------------------------------------

    def test_password_of_a_program(self):
        def read(password=PASSWORD):
            return self.xmlrpc_object.execute_kw(
                get_db_name(),
                self.account.id,
                password,
                "res.partner",
                "read",
                [self.customer.ids, ["name"]],
            )[0]["name"]

        # sudo: keys are made by their owner, who would have to log in
        keys = self.env["res.users.apikeys"].with_user(self.account).sudo()
        until = fields.Datetime.now() + timedelta(hours=1)
        secrets = (PASSWORD, keys._generate("rpc", "test", until))
        for secret in secrets:
            self.assertEqual(read(secret), "Bart Blocked")
        self.block()
        for secret in secrets:
            with (
                self.subTest(secret=secret),
                mute_logger("odoo.addons.rpc.controllers.xmlrpc"),
                self.assertRaisesRegex(Fault, SENTENCE),
            ):
                read(secret)
            login = (get_db_name(), self.account.login, secret, {})
            self.assertFalse(self.xmlrpc_common.authenticate(*login))
        self.customer.customer_unblock()
        for secret in secrets:
            self.assertEqual(read(secret), "Bart Blocked")

    def test_key_of_another_system(self):
        ids = {"ids": self.customer.ids, "fields": ["name"]}
        self.assertEqual(self.json2(self.account, "read", **ids).status_code, 200)
        self.block()
        answer = self.json2(self.account, "read", **ids)
        self.assertEqual(answer.status_code, 403)
        self.assertIn(SENTENCE, answer.text)
        self.assertEqual(
            self.json2(self.other, "context_get", "res.users").status_code, 200
        )
        self.customer.customer_unblock()
        self.assertEqual(self.json2(self.account, "read", **ids).status_code, 200)


@tagged("post_install", "-at_install")
class TestLoginWebsocket(LoginCase, WebsocketCase):
    """What a server tells open pages ends as well."""

    def test_open_pages_hear_nothing_more(self):
        session = self.authenticate(self.account.login, PASSWORD)
        websocket = self.websocket_connect(cookie=f"session_id={session.sid};")
        last = self.env["bus.bus"]._bus_last_id()
        self.subscribe(websocket, ["customer_login"], last)
        self.block()
        self.env["bus.bus"]._sendone("customer_login", "test", "message")
        self.trigger_notification_dispatching(["customer_login"])
        self.assert_close_with_code(websocket, CloseCode.SESSION_EXPIRED)
