from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PASSWORD, CustomerHttpCase, PriceCase


def acting(colleague):
    """Let ``colleague`` act as the customer for the block."""
    partners = colleague.env.registry["res.partner"]
    return patch.object(partners, "_customer_acting_user", lambda self: colleague)


@tagged("post_install", "-at_install")
class TestDocumentPlaced(PriceCase, CustomerHttpCase):
    """Who placed a document for the customer: said by the server alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user(
            "colleague", "base.group_user", **{"name": "Olga Operator"}
        )
        cls.portal = new_test_user(
            cls.env,
            "placed.portal@example.com",
            "base.group_portal",
            password=PASSWORD,
            name="Carl Customer",
            lang="en_US",
        )
        cls.customer = cls.portal.partner_id

    def values(self, **values):
        line = {"product_id": self.product.id, "price_unit": 10}
        return {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_line_ids": [Command.create(line)],
            **values,
        }

    def invoice(self, **values):
        return self.env["account.move"].create(self.values(**values))

    def test_stamped_while_acting(self):
        self.assertFalse(self.invoice().on_behalf_user_id)
        with acting(self.colleague):
            invoice = self.invoice()
        self.assertEqual(invoice.on_behalf_user_id, self.colleague)
        self.assertEqual(invoice.create_uid, self.env.user, "never faked")
        self.assertFalse(
            invoice.copy().on_behalf_user_id, "a copy was placed by nobody"
        )

    def test_clients_say_nothing(self):
        accountant = self.new_user("accountant", "account.group_account_invoice")
        self.authenticate(accountant.login, PASSWORD)
        claim = {"on_behalf_user_id": self.colleague.id}
        created, error = self.rpc(
            "create", [self.values(**claim)], model="account.move"
        )
        self.assertFalse(error)
        move = self.env["account.move"].browse(created)
        self.assertFalse(move.on_behalf_user_id)
        created, error = self.rpc(
            "create",
            [self.values()],
            model="account.move",
            context={"default_on_behalf_user_id": self.colleague.id},
        )
        self.assertFalse(error)
        self.assertFalse(self.env["account.move"].browse(created).on_behalf_user_id)

        self.rpc("write", move.ids, {**claim, "ref": "R1"}, model="account.move")
        self.assertFalse(move.on_behalf_user_id)
        self.assertEqual(move.ref, "R1", "the rest of what a till sends back is kept")
        move._customer_place(self.colleague)
        self.rpc("write", move.ids, {"on_behalf_user_id": False}, model="account.move")
        self.assertEqual(move.on_behalf_user_id, self.colleague, "not taken away")

    def test_customer_reads_it_in_the_portal(self):
        with acting(self.colleague):
            invoice = self.invoice()
        own = self.invoice()
        (invoice + own).action_post()
        self.authenticate(self.portal.login, PASSWORD)
        page = self.url_open("/my/invoices").text
        self.assertEqual(page.count("o_customer_placed_by"), 1)
        self.assertIn("Olga Operator", page)
        page = self.url_open(invoice.get_portal_url()).text
        self.assertIn("o_customer_placed_by", page)
        self.assertIn("Olga Operator", page)
        page = self.url_open(own.get_portal_url()).text
        self.assertNotIn("o_customer_placed_by", page)
