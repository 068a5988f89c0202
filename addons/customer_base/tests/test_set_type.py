from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSetType(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "set_type_seller",
            groups="base.group_user,customer_base.group_customer_user",
        )
        cls.manager = new_test_user(
            cls.env,
            "set_type_manager",
            groups="base.group_user,customer_base.group_customer_manager",
        )
        types = cls.env["customer.type"]
        cls.student = types.create(
            {"name": "Student", "proof_required": True, "proof_months": 12}
        )
        cls.staff = types.create({"name": "Staff", "is_reserved": True})
        cls.club = types.create({"name": "Club"})
        partners = cls.env["res.partner"]
        cls.one, cls.two, cls.colleague = partners.create(
            [
                {"name": name, "is_customer": True}
                for name in ("One", "Two", "Colleague")
            ]
        )
        cls.colleague.customer_type_id = cls.staff
        cls.company = partners.create(
            {"name": "Company", "is_customer": True, "is_company": True}
        )
        cls.contact = partners.create(
            {"name": "Contact", "is_customer": True, "parent_id": cls.company.id}
        )
        cls.supplier = partners.create({"name": "Supplier", "is_customer": False})

    def _wizard(self, user, partners, customer_type, until=None):
        action = partners.with_user(user).action_customer_set_type()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )
        form.customer_type_id = customer_type
        if until:
            form.customer_type_until = until
        return form.save()

    @freeze_time("2026-03-10 12:00:00")
    def test_valid_until_comes_from_the_proof(self):
        wizard = self._wizard(self.seller, self.one + self.two, self.student)
        self.assertEqual(wizard.customer_type_until, date(2027, 3, 10))
        self.assertEqual(wizard.change_count, 2)
        action = wizard.action_apply()
        self.assertEqual(action["params"]["type"], "success")
        for partner in self.one + self.two:
            self.assertEqual(partner.customer_type_id, self.student)
            self.assertEqual(partner.customer_type_until, date(2027, 3, 10))
        again = self._wizard(self.seller, self.one + self.two, self.student)
        self.assertEqual((again.change_count, again.unchanged_count), (0, 2))
        with self.assertRaisesRegex(UserError, "had it already: 2"):
            again.action_apply()

    @freeze_time("2026-03-10 12:00:00")
    def test_a_date_of_ones_own(self):
        wizard = self._wizard(self.seller, self.one, self.student, date(2026, 9, 30))
        wizard.action_apply()
        self.assertEqual(self.one.customer_type_until, date(2026, 9, 30))

    def test_type_without_proof_ends_never(self):
        self.one.customer_type_id = self.student
        self._wizard(self.seller, self.one, self.club).action_apply()
        self.assertFalse(self.one.customer_type_until)

    def test_mixed_selection(self):
        everyone = (
            self.one + self.colleague + self.company + self.contact + self.supplier
        )
        wizard = self._wizard(self.seller, everyone, self.club)
        self.assertEqual(wizard.change_count, 2)
        self.assertEqual(wizard.reserved_count, 1)
        self.assertEqual(wizard.contact_count, 1)
        self.assertEqual(wizard.stranger_count, 1)
        params = wizard.action_apply()["params"]
        self.assertEqual(params["type"], "warning")
        for text in ("“Club”: 2", "reserved type", "follow it: 1", "no customers: 1"):
            self.assertIn(text, params["message"])
        self.assertEqual(self.contact.customer_type_id, self.club)
        self.assertEqual(self.colleague.customer_type_id, self.staff)
        self.assertFalse(self.supplier.customer_type_id)

    def test_manager_takes_a_reserved_type(self):
        wizard = self._wizard(self.manager, self.colleague, self.club)
        self.assertEqual(wizard.reserved_count, 0)
        wizard.action_apply()
        self.assertEqual(self.colleague.customer_type_id, self.club)

    def test_wizard_gives_no_right(self):
        wizard = self._wizard(self.seller, self.one, self.staff)
        with self.assertRaisesRegex(AccessError, "reserved"):
            wizard.action_apply()

    def test_wizard_needs_the_app(self):
        stranger = new_test_user(
            self.env, "set_type_stranger", groups="base.group_user"
        )
        with self.assertRaises(AccessError):
            self.one.with_user(stranger).action_customer_set_type()
        with self.assertRaises(AccessError):
            self.env["customer.type.wizard"].with_user(stranger).create(
                {"customer_type_id": self.club.id}
            )

    def test_no_customers_at_all(self):
        with self.assertRaisesRegex(UserError, "no customer is selected"):
            self.supplier.with_user(self.seller).action_customer_set_type()

    def test_actions_menu(self):
        """In order, for customer users only."""
        names = [
            action["name"]
            for action in self.env["ir.actions.actions"]
            .with_user(self.seller)
            .get_bindings("res.partner")["action"]
        ]
        self.assertLess(names.index("Set type…"), names.index("Print loyalty cards"))
        stranger = new_test_user(self.env, "set_type_other", groups="base.group_user")
        bindings = self.env["ir.actions.actions"].with_user(stranger)
        names = [
            a["name"] for a in bindings.get_bindings("res.partner").get("action", ())
        ]
        self.assertNotIn("Set type…", names)
        self.assertNotIn("Print loyalty cards", names)

    def test_menu_entry_runs_on_the_selection(self):
        action = self.env.ref("customer_base.res_partner_set_type_action")
        result = (
            action.with_user(self.seller)
            .with_context(
                active_model="res.partner", active_ids=(self.one + self.two).ids
            )
            .run()
        )
        self.assertEqual(result["res_model"], "customer.type.wizard")
        self.assertEqual(
            result["context"]["default_partner_ids"], (self.one + self.two).ids
        )
