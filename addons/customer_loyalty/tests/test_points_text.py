from odoo import fields
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPointsText(TransactionCase):
    """What a seller reads of the points of a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        programs = cls.env["loyalty.program"]
        cls.bonus, cls.wallet, cls.gift = programs.create(
            [
                {"name": name, "program_type": kind, "portal_point_name": unit}
                for name, kind, unit in (
                    ("Bonus", "loyalty", "Stars"),
                    ("Wallet", "ewallet", "Coins"),
                    ("Gift", "gift_card", "Coins"),
                )
            ]
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Ana", "is_customer": True}
        )
        cls.user = new_test_user(
            cls.env, "clerk", groups="customer_base.group_customer_user"
        )

    def card(self, program, points, **values):
        return self.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": self.customer.id,
                "points": points,
                **values,
            }
        )

    def text(self):
        return self.customer.with_user(self.user)._customer_points_text()

    def test_text(self):
        self.assertEqual(self.text(), "")
        self.card(self.bonus, 120)
        self.card(self.wallet, 5.5)
        self.card(self.gift, 50)
        self.assertEqual(self.text(), "Bonus: 120 Stars · Wallet: 5.50 Coins")

    def test_what_cannot_be_spent(self):
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        self.card(self.wallet, 5, expiration_date=yesterday)
        self.card(self.bonus, 0)
        self.assertEqual(self.text(), "")
        self.card(self.bonus, 7)
        self.bonus.active = False
        self.assertEqual(self.text(), "")
