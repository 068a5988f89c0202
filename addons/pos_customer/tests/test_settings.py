from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestSettings(PosCustomerHttpCase):
    """What each till asks of customers, and how it finds them."""

    def _fields(self, *names):
        return self.env["ir.model.fields"].search(
            [("model", "=", "res.partner"), ("name", "in", names)]
        )

    def _loaded(self):
        session = self.config.current_session_id or self.open_till()
        return session.with_user(self.cashier).load_data([])["pos.config"][0]

    def test_an_untouched_till_has_the_usual_fields(self):
        loaded = self._loaded()
        self.assertEqual(loaded["customer_search_fields"][:2], ["name", "phone"])
        self.assertFalse(loaded["customer_required_fields"])
        self.assertEqual(loaded["customer_form_fields"][:2], ["phone", "email"])
        self.assertFalse(loaded["customer_core_dialog"])
        self.assertFalse(loaded["customer_advanced_by_default"])

    def test_chosen_fields_reach_a_cashier_by_name(self):
        self.config.write(
            {
                "customer_search_field_ids": self._fields("street", "name"),
                "customer_form_field_ids": self._fields("phone"),
                "customer_required_field_ids": self._fields("zip"),
                "customer_advanced_by_default": True,
                "customer_core_dialog": True,
            }
        )
        loaded = self._loaded()
        self.assertEqual(loaded["customer_search_fields"], ["name", "street"])
        self.assertEqual(loaded["customer_required_fields"], ["zip"])
        self.assertEqual(
            loaded["customer_form_fields"],
            ["phone", "zip"],
            "what is required is shown",
        )
        self.assertTrue(loaded["customer_core_dialog"])
        self.assertTrue(loaded["customer_advanced_by_default"])
        # records that a cashier may not read would keep the till from opening
        self.assertNotIn("customer_search_field_ids", loaded)

    def test_only_fields_of_a_customer(self):
        foreign = self.env["ir.model.fields"].search(
            [("model", "=", "res.users"), ("name", "=", "login")]
        )
        for name, field in (
            ("customer_search_field_ids", foreign),
            ("customer_search_field_ids", self._fields("customer_sensitive_note")),
            ("customer_form_field_ids", self._fields("customer_sensitive_note")),
            ("customer_required_field_ids", self._fields("properties")),
        ):
            with self.subTest(name=name, field=field.name):
                with self.assertRaises(ValidationError):
                    self.config[name] = field

    def test_settings_save(self):
        settings = self.env["res.config.settings"].create(
            {
                "pos_config_id": self.config.id,
                "pos_customer_required_field_ids": [
                    Command.set(self._fields("email").ids)
                ],
                "pos_customer_core_dialog": True,
            }
        )
        settings.execute()
        self.assertEqual(self.config.customer_required_fields, ["email"])
        self.assertTrue(self.config.customer_core_dialog)

    def test_a_manager_of_tills_makes_and_copies_one(self):
        manager = new_test_user(
            self.env, "till_manager", groups="point_of_sale.group_pos_manager"
        )
        self.config.customer_required_field_ids = self._fields("email")
        configs = self.env["pos.config"].with_user(manager)
        made = configs.create({"name": "Second till"})
        self.assertFalse(made.customer_required_fields)
        self.assertEqual(
            self.config.with_user(manager).read(["customer_required_fields"])[0][
                "customer_required_fields"
            ],
            ["email"],
        )
        self.config.with_user(manager).write({"customer_core_dialog": True})
