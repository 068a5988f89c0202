import json
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import HttpCase, TransactionCase, new_test_user
from odoo.tools import mute_logger

from odoo.addons.web.tests import test_js as web

PASSWORD = "a-long-passphrase-91"


def call_together(registry, *calls):
    """Make calls at the same time, each as the server makes it.

    That is on a connection of its own, in a transaction that is repeated when it collides.
    All have begun before one goes on, and none sees what the others will write. A test
    cannot roll it back: it cleans up behind itself.

    :param calls: functions of an environment
    :return: lists of what they answered, and of the errors
    """
    barrier, answers, errors = threading.Barrier(len(calls)), [], []
    first_try = threading.local()

    def begin(call, env):
        if not getattr(first_try, "done", False):
            first_try.done = True
            env.cr.execute("SELECT count(*) FROM res_partner")
            barrier.wait(timeout=20)
        return call(env)

    def run(call):
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                answers.append(retrying(partial(begin, call, env), env))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    with mute_logger("odoo.sql_db", "odoo.service.model"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    return answers, errors


class CustomerHttpCase(HttpCase):
    """Calls as a client makes them, by whoever is logged in, and HOOT tests."""

    rpc_model = "res.partner"

    def run_hoot(self, module):
        """The unit tests of a module's JavaScript, in a real browser."""
        # the module, not its class: pytest would collect core's tests here
        suite = web.HOOTCommon._generate_hash(self, f"@{module}")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=web.unit_test_error_checker,
        )

    def rpc(self, method, *args, model=None, **kwargs):
        """:return: tuple of result and error, as a client gets them over the wire"""
        model = model or self.rpc_model
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model,
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs,
                },
            },
        ).json()
        self.env.invalidate_all()
        return response.get("result"), response.get("error", {}).get("data", {})

    def json2(self, user, method, model=None, **body):
        """:return: the response to a call of another system, with an API key of ``user``"""
        # sudo: keys are made by their owner, who would have to log in
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        key = keys._generate("rpc", "test", datetime.now() + timedelta(hours=1))
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/json/2/{model or self.rpc_model}/{method}",
                data=json.dumps(body),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {key}",
                },
            )
        self.env.invalidate_all()
        return response


class CustomerCase(TransactionCase):
    """Types, users with one group each, and what a test of customers often needs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.partners = cls.env["res.partner"]
        cls.types = cls.env["customer.type"]
        cls.company = cls.env.company
        cls.default_type = cls.types._get_default(cls.company)
        cls.student = cls.types.create(
            {
                "name": "Student",
                "code": "T-STUDENT",
                "discount": 10,
                "proof_required": True,
                "proof_months": 12,
            }
        )
        cls.reseller = cls.types.create(
            {"name": "Reseller", "code": "T-RESELLER", "discount": 20}
        )
        cls.staff = cls.types.create(
            {
                "name": "Staff",
                "code": "T-STAFF",
                "discount": 30,
                "is_reserved": True,
            }
        )
        cls.user = cls.new_user("customer_user", "customer_base.group_customer_user")
        cls.manager = cls.new_user(
            "customer_manager", "customer_base.group_customer_manager"
        )

    @classmethod
    def new_user(cls, login, groups, **values):
        """A user with exactly these groups and what they imply."""
        return new_test_user(
            cls.env, login=f"{login}_t", groups=groups, password=PASSWORD, **values
        )

    @classmethod
    def new_customer(cls, name="Camille Durand", **values):
        return cls.partners.create({"name": name, "is_customer": True, **values})

    @classmethod
    def new_company(cls, name="Second Shop", currency=None):
        company = cls.env["res.company"].create(
            {
                "name": name,
                "currency_id": (currency or cls.company.currency_id).id,
            }
        )
        cls.env.user.company_ids = [Command.link(company.id)]
        return company

    @classmethod
    def subject_of(cls, partner):
        return cls.env["customer.subject"].search(
            [("partner_id", "=", partner.id), ("live", "=", True)]
        )

    @contextmanager
    def refused(self, error=UserError, *parts):
        """The block is refused with a sentence that holds each of ``parts``."""
        with self.assertRaises(error) as refusal, self.cr.savepoint():
            yield
        message = str(refusal.exception)
        for part in parts:
            self.assertIn(part, message)


class PriceCase(CustomerCase):
    """A company with a chart of accounts, a taxed product and a product excluded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=cls.company, install_demo=False
            )
        if not cls.company.country_id:
            cls.company.country_id = cls.env.ref("base.us")
        cls.product, cls.excluded = cls.env["product.product"].create(
            [
                {"name": "Chair", "list_price": 100.0, "taxes_id": False},
                {
                    "name": "Gift card",
                    "list_price": 50.0,
                    "taxes_id": False,
                    "customer_type_excluded": True,
                },
            ]
        )

    def list_of(self, customer_type, company=None):
        company = company or self.company
        return customer_type._effective_pricelists(company)[customer_type.id]
