from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.customer_base.tests.common import CustomerHttpCase


class PosCustomerHttpCase(CustomerHttpCase):
    """A small shop with one till, a cashier, three types and a few products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.company = cls.env.company
        cls._set_up_types()
        cls._set_up_customers()
        cls._set_up_products()
        cls.config = cls._create_config()
        cls.cashier = new_test_user(
            cls.env,
            "cashier",
            password="cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            lang="en_US",
            name="Cas Sierra",
        )

    def setUp(self):
        super().setUp()
        # core counts failures in memory, for each address: start every test from zero
        self.env.registry._login_failures = None
        self.addCleanup(setattr, self.env.registry, "_login_failures", None)

    @classmethod
    def _set_up_types(cls):
        cls.default_type = cls.env["customer.type"]._get_default(cls.company)
        cls.student, cls.staff, cls.other = cls.env["customer.type"].create(
            [
                {"name": "Student", "discount": 10, "proof_required": True},
                {"name": "Staff", "discount": 25, "is_reserved": True},
                {"name": "Club", "discount": 0},
            ]
        )
        cls.student.with_context(lang="fr_FR").name = "Étudiant"

    @classmethod
    def _set_up_customers(cls):
        today = fields.Date.context_today(cls.env.user)
        cls.ana, cls.bo, cls.cleo = cls.env["res.partner"].create(
            [
                {
                    "name": "Ana Student",
                    "is_customer": True,
                    "customer_code": "ANA-1",
                    "customer_type_id": cls.student.id,
                    "customer_note": "Rings twice",
                },
                {"name": "Bo Plain", "is_customer": True, "customer_code": "BO-1"},
                {
                    "name": "Cleo Expired",
                    "is_customer": True,
                    "customer_code": "CLEO-1",
                    "customer_type_id": cls.student.id,
                    "customer_type_until": today - timedelta(days=1),
                },
            ]
        )
        cls.supplier = cls.env["res.partner"].create({"name": "Sol Supplier"})

    @classmethod
    def _set_up_products(cls):
        cls.book, cls.pen, cls.bottle = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "list_price": price,
                    "available_in_pos": True,
                    "taxes_id": [Command.clear()],
                    "customer_type_excluded": excluded,
                }
                for name, price, excluded in (
                    ("Till Book", 20.0, False),
                    ("Till Pen", 3.33, False),
                    ("Till Bottle Deposit", 0.50, True),
                )
            ]
        )

    @classmethod
    def _create_config(cls, **values):
        cash = cls.env["pos.payment.method"].create(
            {
                "name": "Cash",
                "journal_id": cls.env["account.journal"]
                .create({"name": "Till cash", "type": "cash", "code": "TCSH"})
                .id,
            }
        )
        bank = cls.env["pos.payment.method"].create(
            {
                "name": "Card",
                "journal_id": cls.env["account.journal"]
                .search(
                    [("type", "=", "bank"), ("company_id", "=", cls.company.id)],
                    limit=1,
                )
                .id,
            }
        )
        return cls.env["pos.config"].create(
            {
                "name": "Till",
                "payment_method_ids": [Command.set((cash | bank).ids)],
                **values,
            }
        )

    def open_till(self, config=None, user=None):
        """Open the till and its register, ready to sell.

        :return: the ``pos.session``
        """
        config = config or self.config
        config.with_user(user or self.cashier).open_ui()
        session = config.current_session_id
        session.set_opening_control(0, None)
        return session

    def order_values(self, session, **values):
        """A paid order of one book, as a till sends it."""
        method = self.config.payment_method_ids[0]
        line = {
            "uuid": str(uuid4()),
            "product_id": self.book.id,
            "qty": 1,
            "price_unit": 20.0,
            "price_subtotal": 20.0,
            "price_subtotal_incl": 20.0,
            "tax_ids": [],
            "pack_lot_ids": [],
            "discount": 0,
        }
        payment = {
            "uuid": str(uuid4()),
            "amount": 20.0,
            "name": fields.Datetime.to_string(fields.Datetime.now()),
            "payment_method_id": method.id,
        }
        return {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "session_id": session.id,
            "company_id": self.company.id,
            "user_id": self.cashier.id,
            "partner_id": False,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "state": "paid",
            "amount_paid": 20.0,
            "amount_return": 0,
            "amount_tax": 0,
            "amount_total": 20.0,
            "to_invoice": False,
            "last_order_preparation_change": "{}",
            "lines": [Command.create(line)],
            "payment_ids": [Command.create(payment)],
            **values,
        }

    def sync(self, *orders):
        """Send orders as the till does; what it sends stays as it is.

        :return: what the till gets back
        """
        model = self.env["pos.order"].with_user(self.cashier)
        return model.sync_from_ui(deepcopy(list(orders)))

    @contextmanager
    def meanwhile(self, **acts):
        """What others do while a tour runs; a step of it has one of ``acts`` done by name.

        Each is called with an environment without limits, in the transaction of that step.
        """

        def act(session, name):
            acts[name](session.env(su=True))
            return True

        model = self.registry["pos.session"]
        with patch.object(model, "customer_test_act", act, create=True):
            yield

    def run_pos_tour(self, name, config=None, login="cashier", **kwargs):
        config = config or self.config
        self.start_tour(f"/pos/ui/{config.id}", name, login=login, **kwargs)
