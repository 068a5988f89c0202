from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestAdjust(LoyaltyCommon, TransactionCase):
    """Plus and minus by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "chief_points", groups="customer_base.group_customer_manager"
        )
        cls.clerk = new_test_user(
            cls.env, "clerk_points", groups="customer_base.group_customer_user"
        )
        cls.env["loyalty.adjustment.limit"].search([]).unlink()
        cls.card = cls.new_card(20)

    def adjust(self, delta, reason="Goodwill", card=None):
        card = card or self.card
        return card.with_user(self.manager).customer_adjust(delta, reason)

    def assertRefused(self, error, part, *args, **kwargs):
        before = self.card.points, len(self.card.history_ids)
        with self.assertRaises(error) as refusal, self.cr.savepoint():
            self.adjust(*args, **kwargs)
        self.assertIn(part, str(refusal.exception))
        self.card.invalidate_recordset()
        self.assertEqual((self.card.points, len(self.card.history_ids)), before)

    def test_plus_and_minus(self):
        self.assertEqual(self.adjust(5.5, "  Birthday  "), 25.5)
        self.assertEqual(self.adjust(-0.5), 25)
        line = self.card.history_ids.sorted("id")[1]
        self.assertEqual(
            (line.kind, line.issued, line.description), ("adjusted", 5.5, "Birthday")
        )
        self.assertEqual(line.create_uid, self.manager)
        row = self.env["loyalty.adjustment"].search([], limit=2)[1]
        self.assertEqual(
            (row.delta, row.balance, row.user_id), (5.5, 25.5, self.manager)
        )
        self.assertEqual(
            (row.card_id, row.partner_id, row.reason),
            (self.card, self.customer, "Birthday"),
        )
        journal = self.env["customer.journal"].browse(row.journal_ref)
        self.assertEqual(journal.event, "points_adjusted")
        self.assertNotIn("Birthday", str(journal.read()))
        self.assertBooked(self.card)

    def test_what_is_refused(self):
        for reason in ("", "   ", None, 3):
            self.assertRefused(ValidationError, "Give the reason", 5, reason)
        self.assertRefused(ValidationError, "at most 500", 5, "x" * 501)
        for delta in (0, 0.001, -0.004):
            self.assertRefused(ValidationError, "Nothing changes", delta)
        for delta in ("5", None, True, float("nan"), float("inf"), 2e9, [1]):
            self.assertRefused(ValidationError, "in figures", delta)

    def test_below_zero(self):
        self.program.clawback_policy = "note"
        self.assertRefused(UserError, "There are only 20 Points on the card", -20.01)
        self.program.clawback_policy = "negative"
        self.assertEqual(self.adjust(-25), -5)
        self.program.clawback_policy = "note"
        self.assertEqual(self.adjust(2), -3)

    def test_money_never_goes_below_zero(self):
        wallet = self.new_card(10, self.new_program("Wallet", "ewallet"))
        with self.assertRaises(UserError):
            self.adjust(-11, card=wallet)
        self.assertEqual(self.adjust(-10, card=wallet), 0)

    def test_expired_and_archived(self):
        self.card.expiration_date = fields.Date.subtract(fields.Date.today(), days=2)
        self.assertRefused(UserError, "has expired", 5)
        self.card.expiration_date = False
        self.card.active = False
        self.assertRefused(UserError, "is archived", 5)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Another shop"})
        program = self.new_program("Theirs", company_id=company.id)
        with self.assertRaises(AccessError):
            self.adjust(5, card=self.new_card(0, program))

    def test_who_may_not(self):
        with self.assertRaises(AccessError):
            self.card.with_user(self.clerk).customer_adjust(5, "Because")

    def test_limit_of_a_day(self):
        self.env["loyalty.adjustment.limit"].create(
            {
                "group_id": self.ref("customer_base.group_customer_manager"),
                "daily_points": 30,
                "daily_money": 5,
            }
        )
        self.adjust(20)
        self.assertRefused(UserError, "10 Points of it are left", -11)
        self.assertEqual(self.adjust(-10), 30)
        self.assertRefused(UserError, "0 Points of it are left", 0.01)
        wallet = self.new_card(0, self.new_program("Wallet", "ewallet"))
        self.assertEqual(self.adjust(5, card=wallet), 5)
        other = self.manager.copy({"login": "chief_points_2"})
        self.assertEqual(self.card.with_user(other).customer_adjust(5, "Also"), 35)

    def test_day_is_not_the_users_to_choose(self):
        self.env["loyalty.adjustment.limit"].create(
            {
                "group_id": self.ref("customer_base.group_customer_manager"),
                "daily_points": 30,
            }
        )
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
            card = self.card.with_user(self.manager).with_context(tz=zone)
            card.customer_adjust(10, "Bit by bit")
        self.assertRefused(UserError, "0 Points of it are left", 1)

    def test_generated_cards_count(self):
        self.env["loyalty.adjustment.limit"].create(
            {
                "group_id": self.ref("customer_base.group_customer_manager"),
                "daily_points": 30,
                "daily_money": 5,
            }
        )
        # the rights of whoever manages the till or the sales
        self.env["ir.model.access"].create(
            [
                {
                    "name": model,
                    "model_id": self.env["ir.model"]._get_id(model),
                    "group_id": self.ref("customer_base.group_customer_manager"),
                    "perm_read": True,
                    "perm_write": True,
                    "perm_create": True,
                }
                for model in ("loyalty.card", "loyalty.history", "loyalty.mail")
            ]
        )
        for program, most in (
            (self.program, 30),
            (self.new_program("Gift", "gift_card"), 5),
        ):
            for points in (most, 1):
                wizard = self.env["loyalty.generate.wizard"].create(
                    {
                        "program_id": program.id,
                        "mode": "selected",
                        "customer_ids": self.customer.ids,
                        "points_granted": points,
                    }
                )
                # the wizard as the manager runs it, whatever may be made with core's rights
                wizard = wizard.with_user(self.manager)
                if points == most:
                    card = wizard.generate_coupons().sudo()
                    row = self.env["loyalty.adjustment"].search([], limit=1)
                    self.assertEqual((row.card_id, row.delta), (card, most))
                else:
                    with self.assertRaises(UserError), self.cr.savepoint():
                        wizard.generate_coupons()

    def test_adjustments_are_append_only(self):
        self.adjust(5)
        row = self.env["loyalty.adjustment"].search([], limit=1)
        for act in (lambda: row.write({"delta": 1}), row.unlink):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()

    def test_window_of_core(self):
        wizards = self.env["loyalty.card.update.balance"].with_user(self.manager)
        wizard = wizards.with_context(default_card_id=self.card.id).create(
            {"new_balance": 30, "description": "Promised"}
        )
        wizard.action_update_card_point()
        self.assertEqual(self.card.points, 30)
        late = wizards.with_context(default_card_id=self.card.id).create(
            {"new_balance": 31, "description": "Promised"}
        )
        self.card._book("earned", issued=5)
        with self.assertRaises(UserError), self.cr.savepoint():
            late.action_update_card_point()
        self.assertEqual(self.card.points, 35)
