from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

PASSWORD = "a-long-passphrase-91"


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
