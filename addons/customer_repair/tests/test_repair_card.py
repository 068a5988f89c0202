import json
import unittest

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_open

from .common import RepairCase

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None


@tagged("post_install", "-at_install")
class TestRepairCard(RepairCase):
    """Repairs of the customer, on the card and on the form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.new_user(
            "seller", "customer_base.group_customer_user", "Sel Ler"
        )

    def card(self, user=None):
        return self.ana.with_user(user or self.seller).customer_card()["repairs"]

    def test_repairs(self):
        serial = self.env["stock.lot"].create(
            {"name": "SN-7", "product_id": self.bike.id}
        )
        done, open_, gone = (self.repair(self.ana) for _i in range(3))
        self.repair(self.bo)
        self.finish(done)
        gone.action_repair_cancel()
        open_.lot_id = serial
        rows = self.card()
        self.assertEqual([row["id"] for row in rows], [open_.id, gone.id, done.id])
        self.assertEqual(
            {k: rows[0][k] for k in ("name", "product", "serial", "state")},
            {
                "name": open_.name,
                "product": "Bike",
                "serial": "SN-7",
                "state": "draft",
            },
        )
        self.assertEqual(rows[2]["state_label"], "Repaired")

    def test_fits_the_schema(self):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        for _i in range(12):
            self.repair(self.ana, parts=0)
        with file_open("customer_base/static/schema/customer_card.schema.json") as file:
            validator = Draft202012Validator(json.load(file))
        for partner in (self.ana, self.bo):
            card = partner.with_user(self.seller).customer_card()
            errors = validator.iter_errors(json.loads(json.dumps(card)))
            self.assertFalse([f"{e.json_path}: {e.message}" for e in errors])
        self.assertEqual(len(self.card()), 10)

    def test_other_companies_are_left_out(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        self.repair(
            self.ana,
            parts=0,
            company_id=company.id,
            picking_type_id=warehouse.repair_type_id.id,
        )
        self.assertEqual(self.card(), [])

    def test_button_of_the_form(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.ana.id}
        )
        repairs = self.repair(self.ana) | self.repair(contact)
        partner = self.ana.with_user(self.mechanic)
        self.assertEqual(partner.customer_repair_count, 2)
        action = partner.action_customer_repairs()
        self.assertEqual(self.env["repair.order"].search(action["domain"]), repairs)
        with self.assertRaises(AccessError):
            self.ana.with_user(self.seller).action_customer_repairs()

    def test_page_of_the_form(self):
        self.mechanic.group_ids += self.env.ref("customer_base.group_customer_user")
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.ana.id}
        )
        repair, other = self.repair(self.ana), self.repair(contact)
        self.repair(self.bo)
        other.action_create_sale_order()
        rows = self.ana.with_user(self.mechanic).customer_documents("repair")["rows"]
        self.assertEqual([row["id"] for row in rows], [other.id, repair.id])
        self.assertEqual(
            [(row["channel"], row["status"], row["amount"]) for row in rows],
            [("Bike", "New", 12), ("Bike", "New", False)],
        )
        # a seller who reads no repairs has no such page, and none by the wire either
        partner = self.ana.with_user(self.seller)
        self.assertFalse(partner.customer_repair_count)
        self.assertEqual(partner.customer_documents("repair")["rows"], [])
        self.assertFalse(partner.new({"name": "New"}).customer_repair_count)

    def test_over_rpc(self):
        self.repair(self.ana)
        self.authenticate("mechanic", "mechanic-password")
        _result, error = self.rpc("customer_card", self.ana.ids, model="res.partner")
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.authenticate("seller", "seller-password")
        card, _error = self.rpc("customer_card", self.ana.ids, model="res.partner")
        self.assertEqual(len(card["repairs"]), 1)
        _result, error = self.rpc(
            "action_customer_repairs", self.ana.ids, model="res.partner"
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
