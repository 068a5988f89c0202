from odoo.tests import HttpCase, tagged

from .test_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportTour(ImportCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_import()
        cls.type = cls.env["customer.type"].create(
            {"name": "Tour type", "code": "TOURTYPE"}
        )

    def test_import_screen(self):
        action = self.env.ref("customer_base.res_partner_customer_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "customer_base_import", login="import_manager"
        )
        codes = [("customer_code", "=like", "TOUR-%")]
        company, contact, person = self.partners.search(codes, order="customer_code")
        self.assertTrue(company.is_company)
        self.assertEqual(contact.parent_id, company)
        self.assertEqual(person.customer_type_id, self.type)
        self.assertEqual(self.partners.search_count(codes), 3)
