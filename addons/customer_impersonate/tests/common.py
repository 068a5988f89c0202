from contextlib import contextmanager
from urllib.parse import urlsplit

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tests.common import Opener

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

GROUPS = (
    "base.group_user,customer_base.group_customer_user,"
    "customer_base.group_customer_impersonate"
)


class ActingCase(CustomerHttpCase):
    """An operator and a customer with an account, each with a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = new_test_user(
            cls.env, "acting.operator", GROUPS, password=PASSWORD, name="Olga Operator"
        )
        cls.account = new_test_user(
            cls.env,
            "acting.customer@example.com",
            "base.group_portal",
            password=PASSWORD,
            name="Carl Customer",
            email="acting.customer@example.com",
        )
        cls.customer = cls.account.partner_id
        cls.company = cls.env.company
        (cls.operator | cls.account).write(
            {
                "company_ids": [Command.set(cls.company.ids)],
                "company_id": cls.company.id,
            }
        )
        cls.log = cls.env["customer.impersonation"]

    def link(self, user=None, **kwargs):
        """A link as the back office makes it, in the session of ``user``."""
        self.authenticate((user or self.operator).login, PASSWORD)
        kwargs.setdefault("reason", "help")
        result, error = self.rpc("customer_impersonate", self.customer.ids, **kwargs)
        self.assertFalse(error, error.get("message"))
        return urlsplit(result["url"]).path

    def act(self, **kwargs):
        """Begin to act; returns the row of the log."""
        response = self.url_open(self.link(**kwargs))
        self.assertEqual(response.status_code, 200)
        self.assertIn("o_customer_acting", response.text)
        self.env.invalidate_all()
        return self.log.search([], limit=1)

    def token(self, page):
        """The CSRF token of a page."""
        return (
            self.url_open(page).text.split('name="csrf_token" value="')[1].split('"')[0]
        )

    def leave(self):
        return self.url_open(
            "/customer/acting/leave", data={"csrf_token": self.token("/my")}
        )

    @contextmanager
    def browser(self, **cookies):
        """Another browser, with these cookies."""
        mine, self.opener = self.opener, Opener(self)
        self.opener.cookies.update(cookies)
        try:
            yield
        finally:
            self.opener = mine

    def log_in(self, user):
        """Log in as people do, by the form."""
        token = self.token("/web/login")
        data = {"csrf_token": token, "login": user.login, "password": PASSWORD}
        return self.url_open("/web/login", data=data)

    def who(self):
        """The id of the user of this browser, None when nobody is logged in."""
        response = self.url_open(
            "/web/session/get_session_info",
            json={"jsonrpc": "2.0", "method": "call", "params": {}},
        ).json()
        self.env.invalidate_all()
        return response.get("result", {}).get("uid")
