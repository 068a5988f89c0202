from odoo.tests import new_test_user, tagged

from odoo.addons.customer_base.tests.common import PASSWORD, CustomerHttpCase

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestGuards(LoyaltyCommon, CustomerHttpCase):
    """Nobody writes points or history by hand, administrators among them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.new_card(20)
        cls.line = cls.card.history_ids
        # rights of core's own on cards: of the till and of sales, where they are
        groups = ["base.group_system", "customer_base.group_customer_manager"]
        for group in (
            "point_of_sale.group_pos_manager",
            "sales_team.group_sale_manager",
        ):
            if cls.env.ref(group, raise_if_not_found=False):
                groups.append(group)
        for login, names in (
            ("points_admin", ",".join(groups)),
            ("points_clerk", "customer_base.group_customer_user"),
        ):
            new_test_user(cls.env, login, password=PASSWORD, groups=names)

    def setUp(self):
        super().setUp()
        self.env.flush_all()

    def assertClosed(self, model, method, *args, **kwargs):
        _result, error = self.rpc(method, *args, model=model, **kwargs)
        with self.subTest(model=model, method=method, args=args):
            self.assertTrue(error, "was not refused")
        self.env.invalidate_all()
        self.assertEqual(self.card.points, 20)
        self.assertEqual(self.kinds(self.card), [("adjusted", 20, 0)])

    def attack(self):
        card, line = self.card, self.line
        program = self.program.id
        for values in ({"points": 1000000}, {"points": 20}, {"points": False}):
            self.assertClosed("loyalty.card", "write", card.ids, values)
            self.assertClosed(
                "loyalty.card", "web_save", card.ids, values, specification={}
            )
        new = {"program_id": program, "partner_id": self.customer.id, "points": 5}
        self.assertClosed("loyalty.card", "create", [new])
        plain = {"program_id": program, "partner_id": self.customer.id}
        self.assertClosed(
            "loyalty.card", "create", [plain], context={"default_points": 5}
        )
        money = self.new_program("Gift cards", "gift_card").id
        self.assertClosed("loyalty.card", "write", card.ids, {"program_id": money})
        self.assertClosed("loyalty.card", "copy", card.ids, {"points": 5})
        columns = ["program_id/.id", "points"]
        result, _error = self.rpc(
            "load", columns, [[str(program), "5"]], model="loyalty.card"
        )
        self.assertFalse(result and result["ids"])
        self.assertClosed(
            "loyalty.program", "write", [program], {"coupon_ids": [(0, 0, new)]}
        )
        made_up = {"card_id": card.id, "description": "Gift", "issued": 1000}
        self.assertClosed("loyalty.history", "create", [made_up])
        self.assertClosed("loyalty.history", "write", line.ids, {"issued": 1000})
        self.assertClosed("loyalty.history", "unlink", line.ids)
        self.assertClosed(
            "loyalty.card", "write", card.ids, {"history_ids": [(0, 0, made_up)]}
        )
        # the key of the context counts by its class, which comes over no wire
        for value in (1, True, "1", {"value": 1}):
            self.assertClosed(
                "loyalty.card",
                "write",
                card.ids,
                {"points": 1000},
                context={"loyalty_booking": value, "loyalty_explaining": value},
            )
        pending = {"card_id": card.id, "points": 9, "ready_on": "2020-01-01"}
        pending |= {"order_model": "res.partner", "order_id": 1}
        self.assertClosed("loyalty.pending", "create", [pending])
        for model in ("loyalty.adjustment", "loyalty.adjustment.day"):
            self.assertClosed(model, "create", [{"card_ref": card.id, "delta": 5}])
        for values in ({"merged_into_id": card.id}, {"program_id": program}):
            self.assertClosed("loyalty.card", "write", card.ids, values)
        for method in ("_book", "_book_earned", "_give_back", "_open_balances"):
            self.assertClosed("loyalty.card", method, card.ids)

    def test_administrator(self):
        self.authenticate("points_admin", PASSWORD)
        self.attack()

    def test_clerk(self):
        self.authenticate("points_clerk", PASSWORD)
        self.attack()
        for values in ({"code": "MINE"}, {"expiration_date": False}, {"active": False}):
            self.assertClosed("loyalty.card", "write", self.card.ids, values)
        self.assertClosed("loyalty.card", "customer_adjust", self.card.ids, 5, "Mine")
        _result, wizard = self.rpc(
            "create",
            [{"card_id": self.card.id, "new_balance": 99, "description": "Mine"}],
            model="loyalty.card.update.balance",
        )
        self.assertTrue(wizard)
        self.assertClosed(
            "loyalty.adjustment.limit",
            "create",
            [{"group_id": 1, "daily_points": 5}],
        )

    def test_manager_adjusts(self):
        self.authenticate("points_admin", PASSWORD)
        result, error = self.rpc(
            "customer_adjust", self.card.ids, 5, "Promised", model="loyalty.card"
        )
        self.assertFalse(error)
        self.assertEqual(result, 25)
