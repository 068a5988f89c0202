from odoo.tests import tagged

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestNamesTour(PosCustomerHttpCase):
    """First and last names in a real till."""

    def test_make_find_and_edit(self):
        self.env["ir.config_parameter"].set_param(
            "partner_names_order", "last_first_comma"
        )
        self.config.customer_search_field_ids = self.env["ir.model.fields"].search(
            [
                ("model", "=", "res.partner"),
                ("name", "in", ["firstname", "lastname"]),
            ]
        )
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_firstname_tour",
            login="cashier",
        )
        made = self.env["res.partner"].search([("lastname", "=", "van Dijk")])
        self.assertEqual(made.mapped("name"), ["van Dijk, Sanne"])
        firm = self.env["res.partner"].search([("name", "=", "Dijk, Van & Co")])
        self.assertTrue(firm.is_company)
        self.assertFalse(firm.firstname)
