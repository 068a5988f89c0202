from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestAccess(CustomerCase):
    """Who may touch which partner, and how long that is remembered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.new_customer(customer_sensitive_note="zzpeanut")
        cls.supplier = cls.partners.create({"name": "The Supplier"})
        cls.contacts = cls.new_user(
            "contacts", "base.group_user,base.group_partner_manager"
        )

    def test_customer_user_edits_customers(self):
        customer = self.customer.with_user(self.user)
        customer.write({"email": "new@example.com", "customer_note": "Likes tea"})
        home = customer.browse().create(
            {"name": "Home", "type": "delivery", "parent_id": customer.id}
        )
        home.street = "Main Street 1"
        self.assertEqual(home.street, "Main Street 1")

    def test_customer_user_leaves_others_alone(self):
        supplier = self.supplier.with_user(self.user)
        for vals in ({"name": "X"}, {"is_customer": True}, {"active": False}):
            with self.refused(AccessError, "The Supplier"):
                supplier.write(vals)
        with self.refused(AccessError, "The Supplier"):
            (self.customer + self.supplier).with_user(self.user).write({"city": "X"})
        self.assertEqual(supplier.name, "The Supplier")
        self.assertFalse(supplier.has_access("write"))
        self.assertTrue(supplier.has_access("read"))

    def test_customer_user_does_not_reach_a_supplier_through_a_contact(self):
        for vals in (
            {"vat": "XX123"},
            {"street": "Elsewhere 5"},
            {"customer_type_id": self.student.id},
        ):
            with self.refused(AccessError):
                self.partners.with_user(self.user).create(
                    {"name": "Contact", "parent_id": self.supplier.id, **vals}
                )
        self.assertFalse(self.supplier.vat)
        self.assertFalse(self.supplier.street)

    def test_customer_user_leaves_internal_users_alone(self):
        colleague = self.new_user("colleague", "base.group_user").partner_id
        with self.refused(AccessError):
            colleague.with_user(self.user).email = "mine@example.com"
        colleague.is_customer = True  # buys here as well
        with self.refused(AccessError):
            colleague.with_user(self.user).email = "mine@example.com"

    def test_contact_manager_edits_all(self):
        for partner in (self.customer, self.supplier):
            partner.with_user(self.contacts).city = "Here"
            self.assertEqual(partner.city, "Here")
        created = self.partners.with_user(self.contacts).create({"name": "New"})
        self.assertFalse(created.is_customer)

    def test_both_groups_edit_all(self):
        self.user.group_ids = [
            Command.link(self.env.ref("base.group_partner_manager").id)
        ]
        self.supplier.with_user(self.user).city = "There"
        self.assertFalse(
            self.partners.with_user(self.user).create({"name": "N"}).is_customer
        )

    def test_right_is_forgotten_with_the_group(self):
        supplier = self.supplier.with_user(self.user)
        manager = self.env.ref("base.group_partner_manager")
        self.assertFalse(supplier.has_access("write"))
        self.user.group_ids = [Command.link(manager.id)]
        self.assertTrue(supplier.has_access("write"))
        self.user.group_ids = [Command.unlink(manager.id)]
        self.assertFalse(supplier.has_access("write"))

    def test_right_is_forgotten_with_an_implied_group(self):
        supplier = self.supplier.with_user(self.user)
        manager = self.env.ref("base.group_partner_manager")
        team = self.env["res.groups"].create({"name": "Team"})
        self.user.group_ids = [Command.link(team.id)]
        self.assertFalse(supplier.has_access("write"))
        team.implied_ids = [Command.link(manager.id)]
        self.assertTrue(supplier.has_access("write"))
        team.implied_ids = [Command.unlink(manager.id)]
        self.assertFalse(supplier.has_access("write"))

    def test_right_is_forgotten_with_the_access_record(self):
        supplier = self.supplier.with_user(self.user)
        self.assertFalse(supplier.has_access("write"))
        access = self.env["ir.model.access"].create(
            {
                "name": "all",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
            }
        )
        self.assertTrue(supplier.has_access("write"))
        access.active = False
        self.assertFalse(supplier.has_access("write"))

    def test_right_is_not_remembered_from_sudo(self):
        self.env.registry.clear_cache()
        partners = self.partners.with_user(self.user)
        for operation in ("write", "create"):
            self.assertFalse(partners.sudo()._customer_right_is_ours(operation))
            self.assertTrue(partners._customer_right_is_ours(operation))

    def test_administrators_imply_no_special_right(self):
        system = self.env.ref("base.group_system")
        for name in ("sensitive", "privacy", "impersonate"):
            group = self.env.ref(f"customer_base.group_customer_{name}")
            self.assertNotIn(group, system.all_implied_ids)
            self.assertFalse(
                self.env.ref("base.user_admin").has_group(
                    f"customer_base.group_customer_{name}"
                )
            )

    def test_every_model_has_a_company_rule_or_no_company(self):
        for name in ("customer.type", "customer.journal", "customer.journal.note"):
            self.assertTrue(
                self.env["ir.rule"].search_count(
                    [("model_id.model", "=", name), ("groups", "=", False)]
                ),
                name,
            )
