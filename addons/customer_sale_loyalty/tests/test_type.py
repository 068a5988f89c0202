from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestType(SaleLoyaltyCommon, TransactionCase):
    """Programmes for customers of some types only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.env["customer.type"].create({"name": "Student"})
        cls.program.customer_type_ids = cls.student
        cls.promotion = cls.new_program(
            "Students save",
            "promo_code",
            applies_on="current",
            trigger="with_code",
            customer_type_ids=cls.student.ids,
            rule_ids=[Command.create({"mode": "with_code", "code": "STUDENT-ONLY-24"})],
            reward_ids=[Command.create({"required_points": 1, "discount": 10})],
        )
        cls.coupons = cls.new_program(
            "Student coupons",
            "coupons",
            applies_on="current",
            trigger="with_code",
            customer_type_ids=cls.student.ids,
            reward_ids=[Command.create({"required_points": 1, "discount": 10})],
        )

    def test_points(self):
        self.confirmed()
        self.assertFalse(self.card_of())
        self.customer.customer_type_id = self.student
        order = self.confirmed()
        self.assertEqual(self.card_of().points, 100)
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer.id}
        )
        self.confirmed(partner_id=contact.id)
        self.assertEqual(self.card_of(customer=contact).points, 100)
        # the type is over today
        self.customer.customer_type_until = fields.Date.subtract(
            fields.Date.context_today(order), days=1
        )
        self.confirmed()
        self.assertEqual(self.card_of().points, 100)

    def test_codes(self):
        coupon = self.new_card(1, self.coupons, partner_id=False)
        for code, name in (
            ("STUDENT-ONLY-24", "Students save"),
            (coupon.code, "Student coupons"),
        ):
            order = self.order()
            result = order._try_apply_code(code)
            self.assertIn(name, result["error"])
            self.assertIn("Student", result["error"])
            self.assertNotIn("not_found", result)
            self.assertFalse(
                order.applied_coupon_ids | order.coupon_point_ids.coupon_id
            )
        self.assertNotIn("only", self.order()._try_apply_code("NO-SUCH")["error"])
        self.customer.customer_type_id = self.student
        for code in ("STUDENT-ONLY-24", coupon.code):
            self.assertNotIn("error", self.order()._try_apply_code(code))

    def test_a_customer_who_is_none_any_more(self):
        self.customer.customer_type_id = self.student
        card = self.new_card(20)
        order = self.order()
        self.spend(order)
        self.customer.customer_type_id = False
        order.action_confirm()
        self.assertFalse(order.order_line.reward_id)
        self.assertEqual(card.points, 20)
