from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.customer_base.tests.common import (
    PASSWORD,
    CustomerCase,
    CustomerHttpCase,
)

from .common import LoyaltyCommon


class OfficeCase(LoyaltyCommon, CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gifts = cls.new_program("Gifts", "gift_card")

    def loyalty(self, user=None, customer=None):
        customer = customer or self.customer
        return customer.with_user(user or self.user).customer_loyalty()

    def history(self, user=None, **kwargs):
        customer = self.customer.with_user(user or self.user)
        return customer.customer_loyalty_history(**kwargs)

    def row(self, card, user=None):
        loyalty = self.loyalty(user)
        cards = loyalty["accounts"] + loyalty["vouchers"]
        return next((row for row in cards if row["card_id"] == card.id), None)


@tagged("post_install", "-at_install")
class TestLoyaltyOffice(OfficeCase):
    """What the Loyalty page of the customer's form shows."""

    # -- cards --------------------------------------------------------------------------

    def test_account(self):
        self.program.pending_days = 14
        card = self.new_card(120)
        card._book_earned(30, self.sale)
        row = self.row(card)
        self.assertIn(row, self.loyalty()["accounts"])
        ready_on = fields.Date.today() + timedelta(days=14)
        for key, value in {
            "name": "Bonus",
            "kind": "loyalty",
            "text": "120 Points",
            "pending_text": "30 Points",
            "ready_on": str(ready_on),
            "holder_id": self.customer.id,
            "expired": False,
            "expires_soon": False,
        }.items():
            self.assertEqual(row[key], value, key)
        self.assertEqual(
            row["updated_at"], fields.Datetime.to_string(card.history_ids.create_date)
        )

    def test_points_that_expire(self):
        self.program.write({"expiry_basis": "earning", "expiry_months": 12})
        card = self.new_card(40)
        row = self.row(card)
        self.assertEqual(row["expires_on"], str(card.points_expire_on))
        self.assertEqual(row["expiring_text"], "40 Points")
        self.assertFalse(row["expires_soon"])
        self.program.expiry_notice_days = 400
        self.assertTrue(self.row(card)["expires_soon"])
        self.assertFalse(row["until"])

    def test_voucher_until_it_is_used_up(self):
        card = self.new_card(50, self.gifts, code="GIFT-1")
        self.assertIn(self.row(card), self.loyalty()["vouchers"])
        self.assertEqual(self.row(card)["code"], "GIFT-1")
        card.expiration_date = fields.Date.today() - timedelta(days=1)
        self.assertTrue(self.row(card)["expired"])
        card._book("spent", used=50)
        self.assertIsNone(self.row(card))

    def test_of_contacts_too(self):
        contact = self.new_customer("Bo Contact")
        contact.parent_id = self.customer
        card = self.new_card(5, partner_id=contact.id)
        self.assertEqual(self.row(card)["holder"], contact.display_name)
        self.assertEqual(len(self.history()["rows"]), 1)

    def test_programs_without_a_card(self):
        def offered(program):
            ids = [row["id"] for row in self.loyalty()["programs"]]
            return program.id in ids

        self.assertTrue(offered(self.program))
        self.assertFalse(offered(self.gifts))
        self.program.customer_type_ids = self.student
        self.assertFalse(offered(self.program))
        self.customer.customer_type_id = self.student
        self.assertTrue(offered(self.program))
        self.program.date_from = fields.Date.today() + timedelta(days=3)
        self.assertFalse(offered(self.program))
        self.program.date_from = False
        self.new_card()
        self.assertFalse(offered(self.program))

    def test_who_may_change(self):
        self.assertFalse(self.loyalty()["may_change"])
        self.assertTrue(self.loyalty(self.manager)["may_change"])

    def test_of_the_companies_that_are_chosen(self):
        other = self.new_company()
        card = self.new_card(7, self.new_program("Theirs", company_id=other.id))
        self.assertIsNone(self.row(card))
        self.assertEqual(self.history()["rows"], [])
        self.user.company_ids += other
        customer = self.customer.with_context(
            allowed_company_ids=(self.company | other).ids
        )
        accounts = self.loyalty(customer=customer)["accounts"]
        self.assertIn(card.id, [row["card_id"] for row in accounts])

    def test_page_is_there_when_there_is_loyalty(self):
        shown = self.customer.with_user(self.user)
        self.assertTrue(shown.customer_has_loyalty)
        self.new_card(1)
        self.env["loyalty.program"].search([]).active = False
        self.env.invalidate_all()
        self.assertTrue(shown.customer_has_loyalty, "there is a card")
        other = self.new_customer("Zoe").with_user(self.user)
        self.assertFalse(other.customer_has_loyalty)
        self.assertFalse(shown.new({"name": "N"}).customer_has_loyalty)

    # -- transactions -------------------------------------------------------------------

    def test_transactions(self):
        card = self.new_card(100)
        card._book("spent", used=30, document=self.sale)
        card._book("clawed_back", used=20, document=self.refund, shortfall=5)
        rows = self.history()["rows"]
        self.assertEqual(
            [row["kind"] for row in rows], ["clawed_back", "spent", "adjusted"]
        )
        self.assertEqual(
            [row["balance"] for row in rows], ["50 Points", "70 Points", "100 Points"]
        )
        self.assertEqual(
            [row["change"] for row in rows], ["−20 Points", "−30 Points", "+100 Points"]
        )
        self.assertEqual([row["gain"] for row in rows], [False, False, True])
        self.assertEqual(rows[0]["shortfall"], "5 Points")
        self.assertEqual(rows[2]["description"], "Begin")
        self.assertEqual(rows[2]["document"], False)
        self.assertEqual(rows[2]["operator"], self.env.user.name)
        labels = dict(
            self.env["loyalty.history"]
            ._fields["kind"]
            ._description_selection(self.env(user=self.user))
        )
        self.assertEqual(rows[0]["label"], labels["clawed_back"])

    def test_documents(self):
        """A link for who may open it, a name for the others, nothing once it is gone."""
        card = self.new_card()
        readable = self.new_customer("Somebody")
        hidden = self.env["ir.config_parameter"].create({"key": "k", "value": "v"})
        for document in (readable, hidden, self.sale):
            card._book("earned", issued=1, document=document)
        self.sale.unlink()
        rows = self.history()["rows"]
        self.assertEqual(
            [row["document"] for row in rows],
            [
                False,
                {"model": hidden._name, "id": False, "name": hidden.display_name},
                {"model": "res.partner", "id": readable.id, "name": "Somebody"},
            ],
        )

    def test_pages(self):
        card, gift = self.new_card(1), self.new_card(1, self.gifts)
        for _number in range(4):
            card._book("earned", issued=1)
        first = self.history(limit=2)
        self.assertEqual((len(first["rows"]), first["more"]), (2, True))
        rest = self.history(limit=10, offset=2)
        self.assertEqual((len(rest["rows"]), rest["more"]), (4, False))
        ids = [row["id"] for row in first["rows"] + rest["rows"]]
        self.assertEqual(ids, sorted(ids, reverse=True))
        only = self.history(card_id=gift.id)["rows"]
        self.assertEqual([row["card_id"] for row in only], gift.ids)
        self.assertEqual(len(self.history(limit=-5)["rows"]), 1)
        with self.refused(UserError, "limit"):
            self.history(limit="many")
        self.assertEqual(self.history(card_id="DROP")["rows"], [], "nobody's card")

    def test_card_of_somebody_else(self):
        theirs = self.new_card(5, partner_id=self.new_customer("Zoe").id)
        self.assertEqual(self.history(card_id=theirs.id)["rows"], [])

    def test_archived_card_keeps_its_transactions(self):
        card = self.new_card(5)
        card.active = False
        self.assertIsNone(self.row(card))
        self.assertEqual(len(self.history()["rows"]), 1)

    def test_as_many_queries_for_many_as_for_few(self):
        card = self.new_card(1)
        counts = []
        for more in (2, 30):
            for _number in range(more):
                card._book("earned", issued=1, document=self.new_customer("Doc"))
            self.env.flush_all()
            self.history(limit=100)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.history(limit=100)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_refused(self):
        nobody = self.new_user("nobody", "base.group_user")
        for method in (self.loyalty, self.history):
            with self.refused(AccessError, "Customers: User"):
                method(user=nobody)

    # -- plus and minus -----------------------------------------------------------------

    def wizard(self, user=None, **values):
        wizards = self.env["customer.points.wizard"].with_user(user or self.manager)
        return wizards.create({"reason": "Sorry for the wait", **values})

    def test_plus_and_minus(self):
        card = self.new_card(100)
        wizard = self.wizard(card_id=card.id, amount=20)
        self.assertEqual(wizard.balance_text, "100 Points")
        self.assertEqual(wizard.new_text, "120 Points")
        wizard.action_apply()
        self.assertEqual(card.points, 120)
        self.wizard(card_id=card.id, amount=50, direction="minus").action_apply()
        self.assertEqual(card.points, 70)
        line = card.history_ids.sorted("id")[-1]
        self.assertEqual((line.kind, line.used), ("adjusted", 50))
        self.assertEqual(line.description, "Sorry for the wait")
        self.assertEqual(line.operator, self.manager.name)
        self.assertBooked(card)

    def test_window(self):
        card = self.new_card(10)
        window = self.env["customer.points.wizard"].with_user(self.manager)
        window = window.with_context(default_card_id=card.id)
        with Form(window.with_context(default_direction="minus")) as form:
            form.amount = 4
            form.reason = "Wrong till"
            self.assertEqual(form.new_text, "6 Points")
            self.assertFalse(form.is_below_zero)
            form.amount = 40
            self.assertTrue(form.is_below_zero)
        self.assertIn("Bonus", form.record.title)

    def test_first_points_make_the_card(self):
        self.wizard(
            partner_id=self.customer.id, program_id=self.program.id, amount=5
        ).action_apply()
        card = self.env["loyalty.card"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual((card.program_id, card.points), (self.program, 5))
        self.wizard(
            partner_id=self.customer.id, program_id=self.program.id, amount=5
        ).action_apply()
        self.assertEqual(card.points, 10, "the card is there already")
        self.assertBooked(card)

    def test_first_points_where_the_customer_is_not_taken(self):
        self.program.customer_type_ids = self.student
        wizard = self.wizard(
            partner_id=self.customer.id, program_id=self.program.id, amount=5
        )
        with self.refused(UserError, "Bonus", "types"):
            wizard.action_apply()

    def test_refused_amounts(self):
        card = self.new_card(10, self.gifts)
        for amount, direction, error in (
            (0, "plus", ValidationError),
            (-5, "plus", UserError),
            (11, "minus", UserError),
        ):
            wizard = self.wizard(card_id=card.id, amount=amount, direction=direction)
            with self.refused(error):
                wizard.action_apply()
        blank = self.wizard(card_id=card.id, amount=1, reason=" ")
        with self.refused(ValidationError, "reason"):
            blank.action_apply()
        self.assertEqual(card.points, 10)

    # -- forms --------------------------------------------------------------------------

    def test_forms_open(self):
        """Every view of this module renders for who sees its menu."""
        for model in (
            "loyalty.adjustment",
            "loyalty.adjustment.limit",
            "loyalty.pending",
            "loyalty.history",
            "loyalty.card",
            "loyalty.program",
        ):
            records = self.env[model].with_user(self.manager)
            for kind in ("list", "form", "search"):
                self.assertTrue(records.get_view(view_type=kind)["arch"])

    def test_history_in_lists(self):
        card = self.new_card(3)
        line = card.history_ids.with_user(self.user)
        self.assertEqual(line.partner_id, self.customer)
        self.assertEqual(line.program_id, self.program)


@tagged("post_install", "-at_install")
class TestLoyaltyOfficeRpc(OfficeCase, CustomerHttpCase):
    """The same at the door and in a browser."""

    def test_over_rpc(self):
        self.new_card(5)
        portal = self.new_user("portal", "base.group_portal")
        nobody = self.new_user("nobody", "base.group_user")
        for method in ("customer_loyalty", "customer_loyalty_history"):
            for user, partner in (
                (nobody, self.customer),
                (portal, self.customer),
                (portal, portal.partner_id),
            ):
                self.authenticate(user.login, PASSWORD)
                result, error = self.rpc(method, partner.ids)
                self.assertEqual(
                    error.get("name"), "odoo.exceptions.AccessError", result
                )
            self.authenticate(self.user.login, PASSWORD)
            self.assertTrue(self.rpc(method, self.customer.ids)[0])
            for wrong in ([2**31 - 1], [], self.customer.ids + portal.partner_id.ids):
                self.assertTrue(self.rpc(method, wrong)[1])

    def test_wizard_over_rpc(self):
        """A user of the Customers app does not even open the window."""
        card = self.new_card(5)
        self.authenticate(self.user.login, PASSWORD)
        values = {"card_id": card.id, "amount": 9, "reason": "Mine"}
        _, error = self.rpc("create", [values], model="customer.points.wizard")
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.assertEqual(card.points, 5)

    def test_tour(self):
        """Nothing is asked before the page is opened; plus and minus show at once."""
        card = self.new_card(100)
        for number in range(24):
            card._book("earned", issued=1, description=f"Purchase {number}")
        self.new_card(25, self.gifts, code="GIFT-TOUR")
        self.start_tour(
            f"/odoo/customer-file/{self.customer.id}",
            "customer_loyalty_office",
            login=self.manager.login,
        )
        self.assertEqual(card.points, 144)
        self.assertBooked(card)
