from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestCustomersScreen(PosCustomerHttpCase):
    """Journeys through the Customers screen in a real till."""

    def test_find_open_create_and_pick(self):
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_customers_screen_tour",
            login="cashier",
        )
        made = self.env["res.partner"].search([("customer_code", "=", "CARD-42")])
        self.assertEqual(made.name, "Zoë Scanned")
        self.assertTrue(made.is_customer)
        self.assertEqual(made.customer_type_id, self.student)
        self.assertTrue(made.customer_type_until, "a proof was shown today")

    def test_choose_the_customer_of_an_order(self):
        self.open_till()
        self.run_pos_tour("pos_customer_choose_tour")
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Nell New")]))

    def test_card(self):
        session = self.open_till()
        self.sync(self.order_values(session, partner_id=self.ana.id))
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_card_tour",
            login="cashier",
        )

    def test_keyboard_alone(self):
        self.open_till()
        self.run_pos_tour("pos_customer_keyboard_tour")

    def _search_by(self, *names):
        self.ana.write({"street": "Voorstraat 3", "zip": "3512", "city": "Utrecht"})
        self.config.customer_search_field_ids = self.env["ir.model.fields"].search(
            [("model", "=", "res.partner"), ("name", "in", names)]
        )

    def test_filters_and_search_by_fields(self):
        self._search_by("name", "street")
        session = self.open_till()
        self.sync(self.order_values(session, partner_id=self.ana.id))
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_filters_tour",
            login="cashier",
        )

    def test_search_by_fields_at_first(self):
        self._search_by("street")
        self.config.customer_advanced_by_default = True
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_advanced_first_tour",
            login="cashier",
        )

    def test_long_list_stays_light(self):
        self.env["res.partner"].create(
            [
                {"name": f"Crowd {number:03}", "is_customer": True}
                for number in range(200)
            ]
        )
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_long_list_tour",
            login="cashier",
        )

    def _give_barcodes(self):
        self.book.barcode = "5901234123457"
        self.pen.barcode = "DAN-1"
        self.env["res.partner"].create(
            {"name": "Dan Double", "is_customer": True, "customer_code": "DAN-1"}
        )
        self.bo.barcode = "0420001"
        self.cleo.barcode = "2250123456"

    def test_scan(self):
        self._give_barcodes()
        self.open_till()
        self.run_pos_tour("pos_customer_scan_tour")

    def test_search_and_scan_without_a_network(self):
        self._give_barcodes()
        self.open_till()
        self.run_pos_tour("pos_customer_offline_search_tour")

    def test_refused_creation_keeps_what_was_typed(self):
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_duplicate_code_tour",
            login="cashier",
        )
        made = self.env["res.partner"].search([("name", "=", "Dora Double")])
        self.assertEqual(len(made), 1)
        self.assertEqual(made.phone, "+32 470 11 22 33")
        self.assertEqual(made.customer_code, "DORA-1")

    def test_new_in_the_customer_dialog_of_the_order(self):
        self.config.customer_core_dialog = True
        self.open_till()
        self.run_pos_tour("pos_customer_partner_list_tour")
        made = self.env["res.partner"].search([("name", "=", "Lena Listed")])
        self.assertEqual(len(made), 1)
        self.assertTrue(made.is_customer)

    def test_renewal_by_a_colleague_at_the_till(self):
        gold = self.env["customer.type"].create(
            {
                "name": "Gold",
                "is_reserved": True,
                "proof_required": True,
                "discount": 30,
            }
        )
        self.cleo.customer_type_id = gold
        yesterday = fields.Date.context_today(self.cleo) - timedelta(days=1)
        self.cleo.customer_type_until = yesterday
        chief = new_test_user(
            self.env,
            "chief",
            password="chief-password",
            groups="base.group_user,customer_base.group_customer_manager",
        )
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_renew_tour",
            login="cashier",
        )
        self.assertGreater(self.cleo.customer_type_until, yesterday)
        row = self.env["customer.journal"].search(
            [("event", "=", "type_renewed")], limit=1
        )
        self.assertEqual(row.user_ref, chief.id)


@tagged("post_install", "-at_install")
class TestCustomersScreenPhone(PosCustomerHttpCase):
    """The Customers screen on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_from_the_products_and_back(self):
        self.open_till()
        self.run_pos_tour("pos_customer_phone_tour")


@tagged("post_install", "-at_install")
class TestCustomersScreenRpc(PosCustomerHttpCase):
    """Attacks on what the screen calls, over the wire of a real client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold = cls.env["customer.type"].create(
            {
                "name": "Gold",
                "is_reserved": True,
                "proof_required": True,
                "discount": 30,
            }
        )
        today = fields.Date.context_today(cls.env.user)
        cls.past = today - timedelta(days=2)
        cls.ana.write(
            {
                "customer_type_id": cls.gold.id,
                "customer_type_until": cls.past,
                "customer_sensitive_note": "Allergic to nickel",
            }
        )
        cls.ana.customer_type_until = cls.past
        cls.chief = new_test_user(
            cls.env,
            "chief",
            password="chief-password",
            groups="base.group_user,customer_base.group_customer_manager",
        )
        cls.nurse = new_test_user(
            cls.env,
            "nurse",
            password="nurse-password",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "customer_base.group_customer_sensitive",
        )
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger-password", groups="base.group_user"
        )

    def renew(self, login, password):
        return self.rpc(
            "customer_renew_type_authorised",
            self.ana.ids,
            login=login,
            password=password,
        )

    def journal(self, event):
        return self.env["customer.journal"].search(
            [("event", "=", event), ("subject_uuid", "=", self.ana.customer_uuid)]
        )

    def assertRefused(self, answer, part):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)
        self.assertIn(part, error["message"])

    # -- sensitive note -------------------------------------------------------------

    def test_sensitive_note_is_read_on_the_record(self):
        self.authenticate("nurse", "nurse-password")
        note, _error = self.rpc("customer_sensitive_note_read", self.ana.ids)
        self.assertEqual(note, "Allergic to nickel")
        row = self.journal("sensitive_note_read")
        self.assertEqual(len(row), 1)
        self.assertEqual((row.user_ref, row.channel), (self.nurse.id, "pos"))
        self.assertNotIn("nickel", str(row.read()))

    def test_sensitive_note_of_nobody_leaves_no_row(self):
        self.ana.customer_sensitive_note = False
        self.authenticate("nurse", "nurse-password")
        note, _error = self.rpc("customer_sensitive_note_read", self.ana.ids)
        self.assertEqual(note, "")
        self.assertFalse(self.journal("sensitive_note_read"))

    def test_sensitive_note_refused(self):
        for login, password in (
            ("cashier", "cashier"),
            ("chief", "chief-password"),
            ("admin", "admin"),
        ):
            with self.subTest(login=login):
                self.authenticate(login, password)
                self.assertRefused(
                    self.rpc("customer_sensitive_note_read", self.ana.ids),
                    "sensitive notes",
                )
        self.assertFalse(self.journal("sensitive_note_read"))

    def test_sensitive_note_never_in_card_rows_or_till_data(self):
        self.authenticate("cashier", "cashier")
        card, _error = self.rpc("customer_card", self.ana.ids, self.config.id)
        rows, _error = self.rpc("customer_search", query="Ana")
        loaded, _error = self.rpc(
            "get_new_partner", self.config.id, [["id", "=", self.ana.id]], 0
        )
        self.assertEqual(card["note"]["sensitive"], True)
        self.assertEqual(rows["rows"][0]["id"], self.ana.id)
        self.assertEqual(loaded["res.partner"][0]["id"], self.ana.id)
        self.assertNotIn("nickel", str((card, rows, loaded)))
        self.assertNotIn("Rings twice", str(rows))

    # -- renewal by a colleague -----------------------------------------------------

    def test_renewal_needs_a_colleague(self):
        self.authenticate("cashier", "cashier")
        self.assertRefused(self.rpc("customer_renew_type", self.ana.ids), "reserved")
        until, error = self.renew("chief", "chief-password")
        self.assertFalse(error)
        self.assertEqual(fields.Date.to_string(self.ana.customer_type_until), until)
        self.assertGreater(self.ana.customer_type_until, self.past)
        row = self.journal("type_renewed")
        self.assertEqual((row.user_ref, row.channel), (self.chief.id, "pos"))
        # the cashier is still the one who is logged in
        _result, error = self.rpc("customer_search", query="Ana")
        self.assertFalse(error)

    def test_renewal_does_not_tell_what_is_wrong(self):
        self.authenticate("cashier", "cashier")
        wrong = self.renew("chief", "guess")
        unknown = self.renew("nobody", "guess")
        odd = self.renew(["chief"], {"a": 1})
        for answer in (wrong, unknown, odd):
            self.assertRefused(answer, "The login or the password is wrong.")
        self.assertEqual(self.ana.customer_type_until, self.past)

    def test_renewal_by_a_colleague_without_the_right(self):
        self.authenticate("cashier", "cashier")
        self.assertRefused(
            self.renew("nurse", "nurse-password"), "This colleague has no right"
        )
        self.assertEqual(self.ana.customer_type_until, self.past)

    def test_renewal_is_throttled(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "3")
        self.authenticate("cashier", "cashier")
        # a cashier's own password does not start the count afresh
        for login, password in (
            ("chief", "guess"),
            ("cashier", "cashier"),
            ("chief", "guess again"),
        ):
            self.renew(login, password)
        with self.assertLogs("odoo.addons.base.models.res_users", "WARNING") as logs:
            self.assertRefused(self.renew("chief", "chief-password"), "too many")
        self.assertNotIn("chief-password", str(logs.output))
        self.assertEqual(self.ana.customer_type_until, self.past)

    def test_renewal_refused_to_a_user_of_no_customers(self):
        self.authenticate("stranger", "stranger-password")
        self.assertRefused(self.renew("chief", "chief-password"), "Customers: User")

    def test_helpers_are_private(self):
        self.authenticate("cashier", "cashier")
        for method in ("_customer_check_password", "_customer_authorising_user"):
            result, error = self.rpc(method, "chief", "chief-password")
            self.assertIsNone(result)
            self.assertTrue(error)
