from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCustomer(CustomerCase):
    """Who is a customer, and what every customer has."""

    def assertIsCustomer(self, partner):
        self.assertTrue(partner.is_customer)
        self.assertEqual(len(partner.customer_type_id), 1)
        self.assertTrue(partner.customer_code)
        self.assertEqual(len(self.subject_of(partner)), 1)
        self.assertEqual(self.subject_of(partner).uuid, partner.customer_uuid)

    def assertIsNoCustomer(self, partner):
        self.assertFalse(partner.is_customer)
        self.assertFalse(partner.customer_code)
        self.assertFalse(self.subject_of(partner))

    def test_by_flag(self):
        partner = self.new_customer()
        self.assertIsCustomer(partner)
        self.assertEqual(partner.customer_type_id, self.default_type)

    def test_by_flag_afterwards(self):
        partner = self.partners.create({"name": "Later"})
        self.assertIsNoCustomer(partner)
        partner.is_customer = True
        self.assertIsCustomer(partner)

    def test_by_rank(self):
        self.assertIsCustomer(self.partners.create({"name": "R", "customer_rank": 1}))
        partner = self.partners.create({"name": "R2"})
        partner._increase_rank("customer_rank")
        self.assertIsCustomer(partner)

    def test_by_menu_of_invoicing(self):
        """Core turns the key of its own customer menu into a rank further down."""
        partners = self.partners.with_context(res_partner_search_mode="customer")
        self.assertIsCustomer(partners.create({"name": "Menu"}))
        partner_id, _name = partners.name_create("Quick")
        self.assertIsCustomer(self.partners.browse(partner_id))

    def test_by_context_of_our_app(self):
        partners = self.partners.with_context(default_is_customer=True)
        partner_id, _name = partners.name_create("Quick")
        self.assertIsCustomer(self.partners.browse(partner_id))

    def test_by_form(self):
        action = self.env.ref("customer_base.res_partner_customer_action")
        context = {"default_is_customer": True, "default_is_company": False}
        self.assertIn("default_is_customer", action.context)
        with Form(self.partners.with_context(**context)) as form:
            form.name = "By Form"
        partner = form.record
        self.assertIsCustomer(partner)
        self.assertFalse(partner.specific_property_product_pricelist)

    def test_by_form_as_customer_user(self):
        partners = self.partners.with_user(self.user)
        with Form(partners.with_context(default_is_customer=True)) as form:
            form.name = "By cashier"
        self.assertIsCustomer(form.record.sudo())
        with Form(form.record) as form:
            form.email = "cashier@example.com"
        self.assertEqual(form.record.email, "cashier@example.com")

    def test_portal_access_makes_customer(self):
        partner = self.partners.create({"name": "Portal", "email": "p@example.com"})
        self.assertIsNoCustomer(partner)
        wizard = (
            self.env["portal.wizard"].with_context(active_ids=partner.ids).create({})
        )
        wizard.user_ids.action_grant_access()
        self.assertTrue(partner.user_ids._is_portal())
        self.assertIsCustomer(partner)

    def test_signup_makes_customer(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        login = "signup@example.com"
        self.env["res.users"].signup(
            {"login": login, "name": "S", "password": "x" * 12}
        )
        user = self.env["res.users"].search([("login", "=", login)])
        self.assertTrue(user._is_portal())
        self.assertIsCustomer(user.partner_id)

    def test_supplier_with_portal_stays_supplier(self):
        partner = self.partners.create({"name": "Supplier", "supplier_rank": 1})
        self.new_user("supplier", "base.group_portal", partner_id=partner.id)
        self.assertIsNoCustomer(partner)

    def test_internal_users_are_none(self):
        self.assertIsNoCustomer(self.user.partner_id)

    def test_suppliers_are_none(self):
        partners = self.partners.with_context(res_partner_search_mode="supplier")
        self.assertIsNoCustomer(partners.create({"name": "Supplier"}))
        self.assertIsNoCustomer(self.partners.create({"name": "S", "supplier_rank": 2}))

    def test_addresses_are_none(self):
        customer = self.new_customer()
        for user in (self.env.user, self.user):
            address = (
                self.partners.with_user(user)
                .with_context(default_is_customer=True)
                .create({"name": "Home", "type": "delivery", "parent_id": customer.id})
            )
            self.assertIsNoCustomer(address.sudo())
            self.assertEqual(address.customer_type_id, customer.customer_type_id)

    def test_addresses_in_the_form_are_none(self):
        customer = self.new_customer()
        customer.with_context(default_is_customer=True).write(
            {"child_ids": [Command.create({"name": "Home", "type": "delivery"})]}
        )
        self.assertIsNoCustomer(customer.child_ids)

    def test_rank_of_an_address_counts_for_its_owner(self):
        owner = self.partners.create({"name": "Owner"})
        address = self.partners.create(
            {"name": "Home", "type": "invoice", "parent_id": owner.id}
        )
        address._increase_rank("customer_rank")
        self.assertIsNoCustomer(address)
        self.assertIsCustomer(owner)

    def test_created_by_customer_user_is_customer(self):
        partner = self.partners.with_user(self.user).create({"name": "By right"})
        self.assertIsCustomer(partner.sudo())

    def test_created_by_customer_user_after_somebody_with_sudo(self):
        """A right remembered for the superuser is not the right of the user."""
        partners = self.partners.with_user(self.user)
        self.env.registry.clear_cache()
        partners.sudo().create({"name": "By the system"})
        self.assertTrue(partners.create({"name": "By right"}).is_customer)

    def test_values_of_the_caller_stay(self):
        vals = {"name": "Given", "customer_rank": 1, "customer_code": " T-GIVEN "}
        partner = self.partners.create(vals)
        self.assertEqual(
            vals, {"name": "Given", "customer_rank": 1, "customer_code": " T-GIVEN "}
        )
        partner.write(vals)
        self.assertEqual(vals["customer_code"], " T-GIVEN ")

    def test_type_emptied_gives_default_back(self):
        customer = self.new_customer(customer_type_id=self.student.id)
        self.assertTrue(customer.customer_type_until)
        customer.customer_type_id = False
        self.assertEqual(customer.customer_type_id, self.default_type)
        self.assertFalse(customer.customer_type_until)

    def test_contact_follows_company(self):
        company = self.new_customer("Co", is_company=True)
        contact = self.new_customer("Ann", parent_id=company.id)
        company.customer_type_id = self.student
        self.assertEqual(contact.customer_type_id, self.student)
        self.assertEqual(contact.customer_type_until, company.customer_type_until)

    def test_company_follows_contact(self):
        company = self.new_customer("Co", is_company=True)
        contact = self.new_customer("Ann", parent_id=company.id)
        contact.customer_type_id = self.student
        self.assertEqual(company.customer_type_id, self.student)
        self.assertEqual(contact.customer_type_until, company.customer_type_until)
        self.assertTrue(company.customer_type_until)

    def test_new_contact_takes_type_of_company(self):
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.student.id
        )
        contact = self.new_customer("Ann", parent_id=company.id)
        self.assertEqual(contact.customer_type_id, self.student)
        self.assertEqual(company.customer_type_id, self.student)
        moved = self.new_customer("Bob")
        moved.parent_id = company
        self.assertEqual(moved.customer_type_id, self.student)
        self.assertEqual(moved.customer_type_until, company.customer_type_until)

    def test_new_contact_of_company_without_type(self):
        company = self.partners.create({"name": "Co", "is_company": True})
        contact = self.new_customer("Ann", parent_id=company.id)
        self.assertEqual(contact.customer_type_id, self.default_type)
        self.assertEqual(company.customer_type_id, self.default_type)
        self.assertFalse(company.is_customer)

    def test_copy(self):
        customer = self.new_customer(
            customer_type_id=self.reseller.id, customer_sensitive_note="nuts"
        )
        copy = customer.copy()
        self.assertIsCustomer(copy)
        self.assertNotEqual(copy.customer_code, customer.customer_code)
        self.assertNotEqual(copy.customer_uuid, customer.customer_uuid)
        self.assertEqual(copy.customer_type_id, self.reseller)
        self.assertFalse(copy.customer_sensitive_note)

    def test_archive_and_restore_keep_all(self):
        customer = self.new_customer(customer_type_id=self.student.id)
        kept = (
            customer.customer_type_id,
            customer.customer_type_until,
            customer.customer_code,
            customer.customer_uuid,
        )
        customer.action_archive()
        customer.action_unarchive()
        self.assertEqual(
            kept,
            (
                customer.customer_type_id,
                customer.customer_type_until,
                customer.customer_code,
                customer.customer_uuid,
            ),
        )
        self.assertIsCustomer(customer)

    def test_uuid_is_searchable(self):
        customer, nobody = self.new_customer(), self.partners.create({"name": "N"})
        both = [("id", "in", (customer + nobody).ids)]
        found = self.partners.search([*both, ("customer_uuid", "=", "x")])
        self.assertFalse(found)
        uuid = customer.customer_uuid
        found = self.partners.search([*both, ("customer_uuid", "=", uuid)])
        self.assertEqual(found, customer)
        found = self.partners.search([*both, ("customer_uuid", "=", False)])
        self.assertEqual(found, nobody)
        found = self.partners.search([*both, ("customer_uuid", "!=", False)])
        self.assertEqual(found, customer)

    def test_uuid_of_a_new_record(self):
        self.assertFalse(self.partners.new({"name": "New"}).customer_uuid)

    def test_adopt_existing(self):
        partner = self.partners.create({"name": "Old"})
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET customer_rank = 3 WHERE id = %s", [partner.id]
        )
        self.env.invalidate_all()
        self.partners._customer_adopt_existing()
        self.assertIsCustomer(partner)

    def _count_queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_queries_of_creating_do_not_grow(self):
        """What customers cost over partners is the same for 20 and for 200."""

        def extra(count):
            plain = self._count_queries(
                lambda: self.partners.create(
                    [{"name": f"Plain {i}"} for i in range(count)]
                )
            )
            ours = self._count_queries(
                lambda: self.partners.create(
                    [{"name": f"C {i}", "is_customer": True} for i in range(count)]
                )
            )
            return ours - plain

        extra(2)  # fills the caches
        few, many = extra(20), extra(200)
        self.assertLessEqual(many, few + 6, f"20 customers: {few}, 200: {many}")
        self.assertLess(many, 30)

    def test_queries_of_adopting_do_not_grow(self):
        def adopt(count):
            partners = self.partners.create(
                [{"name": f"Plain {i}"} for i in range(count)]
            )
            return self._count_queries(partners._become_customer)

        adopt(2)
        few, many = adopt(20), adopt(200)
        self.assertLess(many, few + 20, f"20 customers: {few}, 200: {many}")
