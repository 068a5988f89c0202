from odoo.fields import Command
from odoo.tests import tagged

from .common import PriceCase


@tagged("post_install", "-at_install")
class TestFiscalPosition(PriceCase):
    """The taxes of a type: on sales only, and behind what law and people decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        positions = cls.env["account.fiscal.position"]
        cls.of_type = positions.create({"name": "Of the type"})
        cls.by_hand = positions.create({"name": "By hand"})
        cls.reseller.write(
            {"company_id": cls.company.id, "fiscal_position_id": cls.of_type.id}
        )
        cls.customer = cls.new_customer(
            company_id=cls.company.id,
            customer_type_id=cls.reseller.id,
            country_id=cls.company.country_id.id,
        )

    def move(self, move_type, **values):
        return self.env["account.move"].create(
            {"move_type": move_type, "partner_id": self.customer.id, **values}
        )

    def test_on_sales(self):
        for move_type in ("out_invoice", "out_receipt"):
            self.assertEqual(self.move(move_type).fiscal_position_id, self.of_type)

    def test_not_on_bills(self):
        for move_type in ("in_invoice", "in_receipt", "in_refund"):
            self.assertNotEqual(self.move(move_type).fiscal_position_id, self.of_type)

    def test_not_for_whoever_asks_core(self):
        """Purchases, subscriptions and whatnot call core's method without the key."""
        position = self.env["account.fiscal.position"]._get_fiscal_position(
            self.customer
        )
        self.assertNotEqual(position, self.of_type)

    def test_by_hand_wins(self):
        self.customer.property_account_position_id = self.by_hand
        self.assertEqual(self.move("out_invoice").fiscal_position_id, self.by_hand)

    def test_foreign_positions_win(self):
        """Intra-community and export: core finds them by the country."""
        abroad = self.env["res.country"].search(
            [("id", "!=", self.company.country_id.id)], limit=1
        )
        export = self.env["account.fiscal.position"].create(
            {"name": "Abroad", "auto_apply": True, "country_id": abroad.id}
        )
        self.customer.country_id = abroad
        self.assertEqual(self.move("out_invoice").fiscal_position_id, export)

    def test_expired_type_gives_none(self):
        self.customer.customer_type_until = "2020-01-01"
        self.assertNotEqual(self.move("out_invoice").fiscal_position_id, self.of_type)

    def test_contact_and_portal_get_it(self):
        company = self.new_customer(
            "Co",
            is_company=True,
            company_id=self.company.id,
            customer_type_id=self.reseller.id,
        )
        contact = self.new_customer(
            "Ann", parent_id=company.id, company_id=self.company.id
        )
        move = self.move("out_invoice", partner_id=contact.id)
        self.assertEqual(move.fiscal_position_id, self.of_type)

    def test_credit_note_keeps_the_position(self):
        line = Command.create({"product_id": self.product.id})
        for position in (self.by_hand, self.of_type.browse()):
            invoice = self.move("out_invoice", invoice_line_ids=[line])
            invoice.fiscal_position_id = position
            invoice.action_post()
            credit = invoice._reverse_moves()
            self.assertEqual(credit.fiscal_position_id, position)

    def test_position_of_the_parent_company_in_a_branch(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        position = (
            self.env["account.fiscal.position"]
            .with_company(branch)
            .with_context(customer_type_sale=True)
            ._get_fiscal_position(self.customer)
        )
        self.assertEqual(position, self.of_type)
