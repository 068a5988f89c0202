import re
from urllib.parse import urljoin

import requests

from odoo.tests import new_test_user
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from odoo.addons.customer_base.tests.common import PASSWORD
from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase

ACCESS = "odoo.exceptions.AccessError"
USER = "odoo.exceptions.UserError"


class Phone:
    """Another device, with cookies of its own."""

    def __init__(self, case):
        self.case = case
        self.http = requests.Session()

    def call(self, path, data=None):
        """:return: the page, after all redirections"""
        self.http.cookies.set(TEST_CURSOR_COOKIE_NAME, self.case.http_request_key)
        url = urljoin(self.case.base_url(), path)
        return self.http.request(
            "GET" if data is None else "POST", url, data=data, timeout=30
        )

    def submit(self, page, path, **values):
        """Press the button of a form on ``page``, which leads to ``path``."""
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert csrf, "the page has no form"
        return self.call(path, {"csrf_token": csrf[1], **values})

    def begin(self, url):
        """Open the link and press “Begin”."""
        page = self.call(url)
        token = re.search(r'name="token" value="([^"]+)"', page.text)
        if not token:
            return page
        return self.submit(page, "/customer/acting/start", token=token[1])

    def leave(self):
        return self.submit(self.call("/my"), "/customer/acting/leave")


class PosImpersonateCase(PosCustomerHttpCase):
    """A customer with an account, one without, and who may log in as customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls.env["customer.impersonation"]
        cls.company.customer_impersonate_minutes = 60
        cls.company.customer_impersonate_permission = False
        cls.bo.write({"email": "bo@example.com", "lang": "en_US"})
        cls.account = cls.new_user(
            "bo@example.com",
            "base.group_portal",
            partner_id=cls.bo.id,
            name=cls.bo.name,
        )
        pos = "base.group_user,point_of_sale.group_pos_user"
        right = "customer_base.group_customer_impersonate"
        cls.chief = cls.new_user("till_chief", f"{pos},{right}", name="Chi Chief")
        cls.office = cls.new_user(
            "till_office", f"base.group_user,customer_base.group_customer_user,{right}"
        )
        cls.stranger = cls.new_user("till_stranger", "base.group_user")

    @classmethod
    def new_user(cls, login, groups, **values):
        values.setdefault("lang", "en_US")
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            password=PASSWORD,
            company_id=cls.company.id,
            **values,
        )

    def enter(self, user):
        """Log in to the till's browser."""
        password = "cashier" if user == self.cashier else PASSWORD
        return self.authenticate(user.login, password)

    def make(self, **values):
        """A link that who is logged in makes, as the till does."""
        link, error = self.rpc(
            "customer_impersonate_link", self.bo.ids, **{"reason": "order", **values}
        )
        self.assertFalse(error, error.get("message"))
        return link

    def progress(self, link):
        answer, error = self.rpc("customer_impersonate_progress", link["id"])
        self.assertFalse(error, error.get("message"))
        return answer

    def on_phone(self, name, *args, phone=None):
        """What another device does, while the till waits.

        :return: the phone and the page that it shows
        """
        phone = phone or Phone(self)
        self.env.flush_all()
        self.env.cr.clear()
        with self.allow_requests():
            page = getattr(phone, name)(*args)
        self.env.invalidate_all()
        return phone, page

    def assertRefused(self, answer, part="", name=ACCESS):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), name, error)
        self.assertIn(part, error["message"])
