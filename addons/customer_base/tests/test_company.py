from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCompany(CustomerCase):
    """A customer whom two companies share is readable in both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_company()
        cls.users = [
            cls.new_user(
                f"user_{company.id}",
                "customer_base.group_customer_manager",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for company in (cls.company, cls.other)
        ]
        cls.locals = [
            cls.types.create(
                {
                    "name": f"Local {company.name}",
                    "discount": 15,
                    "company_id": company.id,
                }
            )
            for company in (cls.company, cls.other)
        ]
        cls.other_default = cls.types.create(
            {"name": "Default there", "is_default": True, "company_id": cls.other.id}
        )
        cls.other_default.discount = 7
        cls.shared = cls.new_customer("Shared", customer_type_id=cls.reseller.id)
        cls.plain = cls.new_customer("Plain")

    def use(self, user, partner):
        """All that a screen does with a customer."""
        self.env.invalidate_all()
        partner = partner.with_user(user)
        view = self.env.ref("base.view_partner_form")
        self.assertTrue(Form(partner, view=view).name)
        partner.read(["customer_type_id", "customer_type_until", "customer_uuid"])
        partner.web_read(
            {"customer_type_id": {"fields": {"display_name": {}}}, "name": {}}
        )
        pricelist = partner.property_product_pricelist
        card = partner.customer_card()
        rows = partner.browse().customer_search(partner.name)["rows"]
        self.assertIn(partner.id, [row["id"] for row in rows])
        panel = partner.browse().search_panel_select_range(
            "customer_type_id", enable_counters=True, expand=True
        )
        self.assertTrue(panel["values"])
        partner.browse().formatted_read_group(
            [("id", "=", partner.id)], ["customer_type_id"], ["__count"]
        )
        self.assertTrue(partner.browse().name_search(partner.name))
        return pricelist, card["identity"]["type"]

    def test_shared_in_both(self):
        for user, company in zip(self.users, (self.company, self.other), strict=True):
            pricelist, customer_type = self.use(user, self.shared)
            self.assertEqual(pricelist.sudo().company_id, company)
            self.assertEqual(customer_type["name"], "Reseller")
            partner = self.shared.with_user(user)
            partner.write({"email": "both@example.com"})
            partner.write({"customer_type_id": self.student.id})
            partner.customer_renew_type()
            partner.write({"customer_type_id": self.reseller.id})

    def test_default_of_the_current_company(self):
        _pricelist, here = self.use(self.users[0], self.plain)
        self.assertEqual(here["name"], self.default_type.name)
        pricelist, there = self.use(self.users[1], self.plain)
        self.assertEqual(there["name"], "Default there")
        self.assertEqual(pricelist.sudo().customer_type_id, self.other_default)

    def test_new_shared_customer_gets_the_shared_default(self):
        for user in self.users:
            partner = (
                self.partners.with_user(user).create({"name": "New"}).with_user(user)
            )
            self.assertFalse(partner.company_id)
            self.assertEqual(partner.customer_type_id, self.default_type)

    def test_new_customer_of_the_company_gets_its_default(self):
        partner = self.new_customer(company_id=self.other.id)
        self.assertEqual(partner.customer_type_id, self.other_default)
        self.use(self.users[1], partner)

    def test_types_of_the_other_company_are_invisible(self):
        for user, mine, theirs in (
            (self.users[0], *self.locals),
            (self.users[1], *reversed(self.locals)),
        ):
            seen = self.types.with_user(user).search([])
            self.assertIn(mine, seen)
            self.assertNotIn(theirs, seen)

    def test_partner_of_a_colleague_in_the_other_company(self):
        """Core shows partners of internal users to all companies."""
        colleague = self.users[1].partner_id
        colleague.write(
            {
                "company_id": self.other.id,
                "is_customer": True,
                "customer_type_id": self.locals[1].id,
            }
        )
        self.use(self.users[0], colleague)
        self.env.invalidate_all()
        self.assertEqual(
            colleague.with_user(self.users[0])._get_effective_customer_types(
                self.company
            )[colleague],
            self.default_type,
        )

    def test_search_does_not_cross(self):
        self.new_customer("Theirs Alone", company_id=self.other.id)
        found = self.partners.with_user(self.users[0]).customer_search("Theirs Alone")
        self.assertFalse(found["rows"])
