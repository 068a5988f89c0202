from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PASSWORD, PriceCase


class DocumentsCase(PriceCase):
    """A customer with addresses, and invoices for one of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.new_user(
            "biller", "customer_base.group_customer_user,account.group_account_invoice"
        )
        cls.customer = cls.new_customer(
            "Ina Voice",
            email="ina@example.com",
            child_ids=[
                Command.create(
                    {"name": "Books", "type": "invoice", "email": "books@example.com"}
                )
            ],
        )

    def invoice(self, partner, price=10, day="2024-03-01", **values):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Scarf", "price_unit": price, "tax_ids": False}
                    )
                ],
                **values,
            }
        )

    def documents(self, kind="invoice", user=None, customer=None, **kwargs):
        customer = (customer or self.customer).with_user(user or self.biller)
        return customer.customer_documents(kind, **kwargs)


@tagged("post_install", "-at_install")
class TestDocuments(DocumentsCase):
    """The documents of a customer in one list."""

    def test_invoices_of_the_customer_and_of_the_addresses(self):
        address = self.customer.child_ids
        first = self.invoice(self.customer)
        back = self.invoice(address, 4, "2024-03-02", move_type="out_refund")
        back.action_post()
        draft = self.invoice(self.customer, day=False)
        self.invoice(self.customer, move_type="in_invoice")
        self.invoice(self.new_customer("Somebody else"))
        found = self.documents()
        self.assertFalse(found["more"])
        self.assertEqual(
            [row["id"] for row in found["rows"]], (draft + back + first).ids
        )
        row = found["rows"][1]
        self.assertEqual(
            {name: row[name] for name in ("model", "date", "email", "amount")},
            {
                "model": "account.move",
                "date": "2024-03-02",
                "email": "books@example.com",
                "amount": -4.0,
            },
        )
        self.assertEqual(row["currency_id"], back.currency_id.id)
        self.assertEqual(row["channel"], "Customer Credit Note")
        self.assertEqual(found["rows"][2]["state"], "draft")
        self.assertEqual(found["rows"][0]["date"], "")

    def test_a_contact_has_its_own(self):
        company = self.new_customer("Voice Ltd", is_company=True)
        contact = self.new_customer("Ann", parent_id=company.id)
        theirs, own = self.invoice(company), self.invoice(contact)
        company_rows = self.documents(customer=company)["rows"]
        self.assertEqual({row["id"] for row in company_rows}, {theirs.id, own.id})
        rows = self.documents(customer=contact)["rows"]
        self.assertEqual([row["id"] for row in rows], own.ids)

    def test_pages(self):
        invoices = [self.invoice(self.customer, day=f"2024-03-0{d}") for d in (1, 2, 3)]
        first = self.documents(limit=2)
        self.assertTrue(first["more"])
        rest = self.documents(limit=2, offset=2)
        self.assertFalse(rest["more"])
        ids = [row["id"] for row in first["rows"] + rest["rows"]]
        self.assertEqual(ids, [invoice.id for invoice in reversed(invoices)])
        self.assertEqual(len(self.documents(limit=-5)["rows"]), 1)
        with self.refused(UserError, "limit"):
            self.documents(limit="many")

    def test_only_what_the_user_may_read(self):
        self.invoice(self.customer)
        self.assertEqual(len(self.documents()["rows"]), 1)
        self.assertEqual(self.documents(user=self.user), {"rows": [], "more": False})
        self.assertTrue(self.customer.with_user(self.biller).customer_has_invoices)
        self.assertFalse(self.customer.with_user(self.user).customer_has_invoices)
        self.env["ir.rule"].create(
            {
                "name": "None of this customer",
                "model_id": self.env.ref("account.model_account_move").id,
                "domain_force": [("partner_id", "!=", self.customer.id)],
            }
        )
        self.assertEqual(self.documents()["rows"], [])

    def test_of_the_companies_that_are_chosen(self):
        self.invoice(self.customer)
        other = self.new_company()
        self.biller.company_ids = [Command.link(other.id)]
        for companies, count in (
            (self.company, 1),
            (other, 0),
            (self.company | other, 1),
        ):
            customer = self.customer.with_context(allowed_company_ids=companies.ids)
            self.assertEqual(len(self.documents(customer=customer)["rows"]), count)

    def test_kinds(self):
        self.invoice(self.customer)
        self.assertEqual(self.documents("nonsense"), {"rows": [], "more": False})
        self.assertEqual(self.documents("order")["rows"], [])
        self.assertFalse(self.partners.new({"name": "N"}).customer_has_invoices)

    def test_refused(self):
        nobody = self.new_user("nobody", "base.group_user")
        with self.refused(AccessError, "Customers: User"):
            self.documents(user=nobody)

    def test_as_many_queries_for_many_as_for_few(self):
        self.invoice(self.customer)
        self.documents()
        counts = []
        for more in (1, 10):
            for _number in range(more):
                self.invoice(self.customer)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.documents()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_the_form_asks_for_no_document(self):
        """Of the documents it reads whether there is an invoice, and nothing else."""
        self.invoice(self.customer)
        partner = self.customer.with_user(self.biller)
        arch = partner.get_view(self.env.ref("base.view_partner_form").id)["arch"]
        fields = etree.fromstring(arch).xpath("//field[not(ancestor::field)]/@name")
        asked = []
        original = type(partner)._customer_documents

        def documents(self, kind, limit, offset=0):
            asked.append((kind, limit))
            return original(self, kind, limit, offset)

        with patch.object(type(partner), "_customer_documents", documents):
            partner.web_read({name: {} for name in fields})
        self.assertEqual(asked, [("invoice", 1)])


@tagged("post_install", "-at_install")
class TestDocumentsRpc(DocumentsCase, HttpCase):
    """The list at the door and in a browser."""

    def rpc(self, user, *args, **kwargs):
        self.authenticate(user.login, PASSWORD)
        return self.url_open(
            "/web/dataset/call_kw/res.partner/customer_documents",
            json={
                "params": {
                    "model": "res.partner",
                    "method": "customer_documents",
                    "args": args,
                    "kwargs": kwargs,
                }
            },
        ).json()

    def test_over_rpc(self):
        self.invoice(self.customer)
        portal = self.new_user("portal", "base.group_portal")
        portal.partner_id.is_customer = True
        for user, partner in (
            (self.new_user("nobody", "base.group_user"), self.customer),
            (self.new_user("contacts", "base.group_partner_manager"), self.customer),
            (portal, portal.partner_id),
        ):
            answer = self.rpc(user, partner.ids, kind="invoice")
            self.assertEqual(
                answer["error"]["data"]["name"], "odoo.exceptions.AccessError"
            )
        answer = self.rpc(self.user, self.customer.ids, kind="invoice")
        self.assertEqual(answer["result"], {"rows": [], "more": False})
        answer = self.rpc(self.biller, self.customer.ids, kind="invoice")
        self.assertEqual(len(answer["result"]["rows"]), 1)
        for wrong in ([2**31 - 1], [], self.customer.ids + self.biller.partner_id.ids):
            answer = self.rpc(self.biller, wrong, kind="invoice")
            self.assertIn("error", answer)

    def test_form(self):
        """Nothing of a page is asked before it is opened."""
        for day in range(1, 26):
            self.invoice(self.customer, day=f"2024-03-{day:02}", ref=f"Ref {day}")
        self.start_tour(
            f"/odoo/customer-file/{self.customer.id}",
            "customer_documents",
            login=self.biller.login,
        )
