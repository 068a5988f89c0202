from unittest.mock import patch

from odoo.tests import tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairTours(RepairCase):
    """The forms in the back office, of a manager who works in French."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.chief.lang = "fr_FR"
        # core shows the form of an order to those who sell
        self.chief.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        student = self.env["customer.type"].create({"name": "Student", "discount": 50})
        self.ana.customer_type_id = student
        self.broken = self.repair(self.ana)
        self.broken.action_validate()
        self.broken.action_create_sale_order()
        self.order = self.broken.sale_order_id

    def tour(self, name, path=None):
        path = path or f"repairs/{self.broken.id}"
        self.start_tour(f"/odoo/{path}", f"customer_repair_{name}", login="chief")

    def test_change_customer(self):
        self.assertEqual(self.order.amount_total, 6)
        self.tour("change_customer_tour")
        self.assertEqual(self.broken.partner_id, self.bo)
        self.assertEqual(self.order.partner_id, self.bo)
        self.assertEqual(self.order.amount_total, 12)
        self.assertEqual(self.rows(self.bo).reason, "requested")
        note = self.env["customer.journal.note"].search(
            [("journal_ref", "in", self.rows(self.ana).ids)]
        )
        self.assertEqual(note.body, "Le vélo est à son voisin")

    def test_refused(self):
        self.order.action_confirm()
        self.tour("refused_tour")
        self.assertEqual(self.broken.partner_id, self.ana)

    def test_page_of_the_customer(self):
        """Nothing is asked before the page is opened."""
        self.ana.phone = "+32 470 11 11 11"
        partners, asked = self.registry["res.partner"], []
        documents = partners.customer_documents

        def ask(partner, kind, *args, **kwargs):
            asked.append(kind)
            return documents(partner, kind, *args, **kwargs)

        with patch.object(partners, "customer_documents", ask):
            self.tour("page_tour", f"res.partner/{self.ana.id}")
        self.assertEqual(asked, ["repair"])
