from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import SALE_MANAGER, SELLER, SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestAttack(SaleLoyaltyCommon, CustomerHttpCase):
    """Salespeople and their managers make no points with orders, over the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_seller(SALE_MANAGER, "sales_team.group_sale_manager")
        cls.card = cls.new_card(20)
        cls.foreign = cls.new_card(500, partner_id=cls.new_customer("Another").id)

    def assertClosed(self, model, method, *args, points=20, **kwargs):
        _result, error = self.rpc(method, *args, model=model, **kwargs)
        with self.subTest(model=model, method=method, args=args):
            self.assertIn(
                "AccessError", error.get("name", "nothing was refused"), error
            )
        self.assertEqual((self.card.points, self.foreign.points), (points, 500))

    def call(self, method, *args, **kwargs):
        """What is allowed."""
        result, error = self.rpc(method, *args, **kwargs)
        self.assertFalse(error)
        return result

    def attack(self, user):
        draft = self.order(user=user)
        confirmed = self.confirmed(user=user)
        self.env.flush_all()
        # the points of the order itself
        self.assertEqual(self.card.points, 120)
        for order in (draft, confirmed):
            self.attack_lines(order)
            self.attack_order(order)
        confirmed._action_cancel()
        self.env.flush_all()
        self.assertEqual(self.card.points, 20)

    def test_a_line_earns_where_it_is(self):
        order, draft = self.confirmed(), self.order()
        self.env.flush_all()
        self.authenticate(SELLER, PASSWORD)
        line = order.order_line.ids
        for method, model, ids, values in (
            ("write", "sale.order.line", line, {"order_id": draft.id}),
            (
                "write",
                "sale.order",
                draft.ids,
                {"order_line": [Command.link(line[0])]},
            ),
        ):
            _result, error = self.rpc(method, ids, values, model=model)
            self.assertIn("UserError", error.get("name", "nothing was refused"))
            self.assertEqual(order.order_line.ids, line)
            self.assertEqual(self.card.points, 120)

    def test_defaults_make_no_points(self):
        order = self.confirmed()
        other = self.new_customer("Whoever has it now")
        self.env.flush_all()
        self.authenticate(SELLER, PASSWORD)
        self.call(
            "write",
            order.ids,
            {"partner_id": other.id},
            model="sale.order",
            context={"default_points": 1000000},
        )
        self.assertEqual(self.card_of(customer=other).points, 100)
        self.program.pending_days = 9
        self.call(
            "write",
            order.order_line.ids,
            {"product_uom_qty": 2},
            model="sale.order.line",
            context={"default_taken_back": -1000000},
        )
        row = self.env["loyalty.pending"].search([("order_id", "=", order.id)])
        self.assertEqual(row.points - row.taken_back, 100)

    def attack_lines(self, order):
        line, reward = order.order_line, self.reward.id
        for cost in (-1000, 0, 5):
            for card in (self.card, self.foreign):
                values = {"points_cost": cost, "coupon_id": card.id}
                made_up = {
                    **values,
                    "name": "Made up",
                    "product_id": self.product.id,
                    "reward_id": reward,
                }
                for names in (("points_cost",), ("coupon_id",), tuple(values)):
                    some = {name: values[name] for name in names}
                    self.assertClosed(
                        "sale.order.line", "write", line.ids, some, points=120
                    )
                    self.assertClosed(
                        "sale.order",
                        "write",
                        order.ids,
                        {"order_line": [Command.update(line.id, some)]},
                        points=120,
                    )
                self.assertClosed(
                    "sale.order.line",
                    "create",
                    [{**made_up, "order_id": order.id}],
                    points=120,
                )
                self.assertClosed(
                    "sale.order",
                    "write",
                    order.ids,
                    {"order_line": [Command.create(made_up)]},
                    points=120,
                )
                # what is not asked for, but given
                self.assertClosed(
                    "sale.order.line",
                    "create",
                    [{"product_id": self.product.id, "order_id": order.id}],
                    context={f"default_{name}": made_up[name] for name in values},
                    points=120,
                )
                for method in ("copy", "web_save"):
                    self.assertClosed(
                        "sale.order.line",
                        method,
                        line.ids,
                        {**values, "order_id": order.id},
                        points=120,
                        **({"specification": {}} if method == "web_save" else {}),
                    )
                self.assertClosed(
                    "sale.order",
                    "copy",
                    order.ids,
                    {"order_line": [Command.create(made_up)], "state": "sale"},
                    points=120,
                )
        for value in (1, True, {"value": 1}):
            self.assertClosed(
                "sale.order.line",
                "write",
                line.ids,
                {"points_cost": -1000, "coupon_id": self.card.id},
                context={"loyalty_booking": value},
                points=120,
            )

    def attack_order(self, order):
        entry = {"coupon_id": self.card.id, "points": 1000}
        for values in (
            {"applied_coupon_ids": [Command.link(self.foreign.id)]},
            {"applied_coupon_ids": [Command.set(self.foreign.ids)]},
            {"coupon_point_ids": [Command.create(entry)]},
            {"code_enabled_rule_ids": [Command.link(self.program.rule_ids.id)]},
        ):
            self.assertClosed("sale.order", "write", order.ids, values, points=120)
            self.assertClosed(
                "sale.order",
                "create",
                [{"partner_id": self.customer.id, **values}],
                points=120,
            )
            self.assertClosed("sale.order", "copy", order.ids, values, points=120)
            self.assertClosed(
                "sale.order",
                "create",
                [{"partner_id": self.customer.id}],
                context={f"default_{name}": value for name, value in values.items()},
                points=120,
            )
        self.assertClosed(
            "sale.order.coupon.points",
            "create",
            [{**entry, "order_id": order.id}],
            points=120,
        )
        if entries := order.coupon_point_ids.ids:
            for method, args in (("write", [{"points": 1000}]), ("unlink", [])):
                self.assertClosed(
                    "sale.order.coupon.points", method, entries, *args, points=120
                )
        for method in (
            "_update_loyalty_history",
            "_add_points_for_coupon",
            "_undo_points",
            "_book_earned_change",
        ):
            self.assertClosed("sale.order", method, order.ids, points=120)

    def test_salesperson(self):
        self.authenticate(SELLER, PASSWORD)
        self.attack(self.seller)

    def test_sales_manager(self):
        self.authenticate(SALE_MANAGER, PASSWORD)
        self.attack(self.env["res.users"].search([("login", "=", SALE_MANAGER)]))

    def test_the_state_written_by_hand(self):
        """Neither confirming again and again, nor cancelling what never was confirmed."""
        self.authenticate(SELLER, PASSWORD)
        self.rpc_model = "sale.order"
        order = self.order()
        self.env.flush_all()
        for _time in range(3):
            self.call("action_confirm", order.ids)
            self.assertEqual(self.card.points, 120)
            self.call("write", order.ids, {"state": "draft"})
            self.assertEqual(self.card.points, 20)
        order = self.order()
        self.spend(order)
        self.env.flush_all()
        self.call("write", order.ids, {"state": "sale"})
        self.call("action_cancel", order.ids)
        self.assertEqual(self.card.points, 20)
        self.assertBooked(self.card)

    def test_a_reward_that_was_never_paid(self):
        self.authenticate(SELLER, PASSWORD)
        order = self.order()
        lines = self.spend(order)
        self.env.flush_all()
        self.call("write", order.ids, {"state": "sale"}, model="sale.order")
        lines.sudo().points_cost = 0
        self.assertEqual(self.card.points, 20)
        self.assertBooked(self.card)

    def test_defaults_of_the_caller(self):
        """What core creates while it confirms is not the caller's to fill in."""
        self.authenticate(SELLER, PASSWORD)
        order = self.order()
        self.env.flush_all()
        self.call(
            "action_confirm",
            order.ids,
            model="sale.order",
            context={
                "default_points_cost": -1000,
                "default_coupon_id": self.card.id,
                "default_issued": 1000,
                "default_points": 1000,
            },
        )
        self.assertEqual(self.card.points, 120)
        self.assertBooked(self.card)

    def test_a_quantity_that_goes_up_and_down(self):
        self.authenticate(SELLER, PASSWORD)
        self.reward.required_points = 1e7
        order = self.confirmed()
        line = order.order_line
        self.env.flush_all()
        for _time in range(3):
            for quantity in (0, 1000, 1):
                self.call(
                    "write",
                    line.ids,
                    {"product_uom_qty": quantity},
                    model="sale.order.line",
                )
                self.call("action_open_reward_wizard", order.ids, model="sale.order")
        self.assertEqual(self.card.points, 120)
        self.assertBooked(self.card)
