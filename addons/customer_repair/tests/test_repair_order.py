from unittest.mock import patch

from odoo import fields
from odoo.exceptions import RedirectWarning
from odoo.tests import Form, tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairOrder(RepairCase):
    """A repair is a document of its customer."""

    def test_a_repair_makes_a_customer(self):
        stranger = self.env["res.partner"].create({"name": "Passer-by"})
        self.assertFalse(stranger.is_customer)
        repairs = self.env["repair.order"].with_user(self.mechanic)
        with Form(repairs) as form:
            form.partner_id = stranger
            form.product_id = self.bike
        self.assertTrue(stranger.is_customer)
        self.assertTrue(stranger.customer_type_id.is_default)

    def test_a_customer_given_later(self):
        stranger = self.env["res.partner"].create({"name": "Passer-by"})
        self.repair().partner_id = stranger
        self.assertTrue(stranger.is_customer)

    def test_a_return_brings_its_customer(self):
        stranger = self.env["res.partner"].create({"name": "Sends it back"})
        transfer = self.transfer(stranger)
        self.assertFalse(stranger.is_customer)
        repair = self.repair()
        repair.picking_id = transfer
        self.assertEqual(repair.partner_id, stranger)
        self.assertTrue(stranger.is_customer)

    def test_the_form_says_who_it_is(self):
        student = self.env["customer.type"].create({"name": "Student", "discount": 10})
        self.ana.customer_type_id = student
        repairs = self.env["repair.order"].with_user(self.mechanic)
        # where customers have points, a module says how many
        points = patch.object(
            self.registry["res.partner"],
            "_customer_points_text",
            lambda partner: "30 points" if partner == self.ana else "",
        )
        with points, Form(repairs) as form:
            self.assertFalse(form.customer_type_label)
            form.partner_id = self.ana
            self.assertIn("Student", form.customer_type_label)
            self.assertEqual(form.customer_note, "Rings twice")
            self.assertEqual(form.customer_points_text, "30 points")
            form.partner_id = self.bo
            self.assertNotIn("Student", form.customer_type_label)
            self.assertFalse(form.customer_note)
            self.assertFalse(form.customer_points_text)

    def test_merged_customers(self):
        """Core's merge carries repairs, also those whose customer is kept."""
        repair = self.repair(self.ana)
        repair.action_validate()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.ana | self.bo).ids, self.bo)
        self.env.invalidate_all()
        self.assertEqual(repair.partner_id, self.bo)
        self.assertFalse(self.rows(self.bo))

    def test_repairs_of_the_past_serve(self):
        self.repair(self.ana)
        self.env.cr.execute("UPDATE customer_search_index SET served_on = NULL")
        self.env["customer.search.index"]._note_past_sales("repair.order")
        self.env.cr.execute(
            "SELECT partner_id FROM customer_search_index WHERE served_on = %s",
            [fields.Date.today()],
        )
        served = [row[0] for row in self.env.cr.fetchall()]
        self.assertIn(self.ana.id, served)
        self.assertNotIn(self.bo.id, served)

    def test_a_customer_with_a_repair_is_not_deleted(self):
        self.repair(self.ana)
        with self.assertRaises(RedirectWarning):
            self.ana.unlink()
