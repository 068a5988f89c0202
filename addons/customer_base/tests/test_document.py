from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import Form, tagged

from .common import PriceCase


@tagged("post_install", "-at_install")
class TestDocument(PriceCase):
    """A sale makes a customer, and keeps the customer from being deleted."""

    def move(self, partner, move_type="out_invoice"):
        return self.env["account.move"].create(
            {"move_type": move_type, "partner_id": partner.id}
        )

    def test_invoice_makes_customer(self):
        for move_type in ("out_invoice", "out_refund", "out_receipt"):
            partner = self.partners.create({"name": move_type})
            self.move(partner, move_type)
            self.assertTrue(partner.is_customer)
            self.assertTrue(partner.customer_code)
            self.assertEqual(partner.customer_type_id, self.default_type)

    def test_bill_does_not(self):
        for move_type in ("in_invoice", "in_refund", "entry"):
            partner = self.partners.create({"name": move_type})
            self.move(partner, move_type)
            self.assertFalse(partner.is_customer)
            self.assertFalse(partner.customer_code)

    def test_partner_given_later(self):
        move = self.env["account.move"].create({"move_type": "out_invoice"})
        partner = self.partners.create({"name": "Later"})
        move.partner_id = partner
        self.assertTrue(partner.is_customer)

    def test_partner_given_in_the_form(self):
        partner = self.partners.create({"name": "Form"})
        moves = self.env["account.move"].with_context(default_move_type="out_invoice")
        with Form(moves) as form:
            form.partner_id = partner
        self.assertTrue(partner.is_customer)

    def test_invoice_to_an_address_makes_its_owner(self):
        owner = self.partners.create({"name": "Owner"})
        address = self.partners.create(
            {"name": "Home", "parent_id": owner.id, "type": "invoice"}
        )
        self.move(address)
        self.assertTrue(owner.is_customer)
        self.assertFalse(address.is_customer)

    def test_by_accountant_without_our_groups(self):
        accountant = self.new_user("accountant", "account.group_account_invoice")
        partner = self.partners.create({"name": "By accountant"})
        self.env["account.move"].with_user(accountant).create(
            {"move_type": "out_invoice", "partner_id": partner.id}
        )
        self.assertTrue(partner.is_customer)

    # -- deletion --------------------------------------------------------------------

    def test_manager_deletes(self):
        customer = self.new_customer()
        subject = self.subject_of(customer)
        customer.with_user(self.manager).unlink()
        self.assertFalse(customer.exists())
        self.assertFalse(subject.live)

    def test_user_does_not(self):
        customer = self.new_customer()
        with self.refused(AccessError):
            customer.with_user(self.user).unlink()
        self.assertTrue(customer.exists())

    def test_manager_does_not_delete_suppliers(self):
        supplier = self.partners.create({"name": "Our Supplier", "supplier_rank": 1})
        with self.refused(AccessError, "Our Supplier"):
            supplier.with_user(self.manager).unlink()

    def test_with_documents_archive_is_offered(self):
        customer = self.new_customer("Ann With Invoice")
        subject = self.subject_of(customer)
        self.move(customer)
        with self.assertRaises(RedirectWarning) as refusal, self.cr.savepoint():
            customer.with_user(self.manager).unlink()
        message, action_id, button, context = refusal.exception.args
        self.assertIn("Ann With Invoice", message)
        self.assertIn("Archive", button)
        self.assertTrue(subject.live)
        self.assertTrue(customer.exists())
        self.assertFalse(
            self.env["customer.journal"].search([("subject_uuid", "=", subject.uuid)])
        )
        action = self.env["ir.actions.server"].browse(action_id)
        action.with_user(self.manager).with_context(**context).run()
        self.assertFalse(customer.active)
        self.assertTrue(subject.live)

    def test_documents_that_the_user_does_not_see(self):
        customer = self.new_customer("Ann With Bill")
        self.move(customer, "in_invoice")
        with self.assertRaises(RedirectWarning), self.cr.savepoint():
            customer.with_user(self.manager).unlink()

    def test_customer_beside_one_with_documents(self):
        customers = self.new_customer("A") + self.new_customer("B")
        self.move(customers[1])
        with self.assertRaises(RedirectWarning), self.cr.savepoint():
            customers.with_user(self.manager).unlink()
        self.assertEqual(customers.exists(), customers)
