from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import LoyaltyOrderCase

ACCESS = "odoo.exceptions.AccessError"
INVALID = "odoo.exceptions.ValidationError"
USER = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestLoyaltyDoors(LoyaltyOrderCase):
    """What a cashier may try over the wire to make points."""

    rpc_model = "pos.order"

    def setUp(self):
        super().setUp()
        self.order = self.sync_order(self.ana, None)
        self.theirs = self.new_card(self.bo, 50)
        self.authenticate("cashier", "cashier")

    def points(self):
        cards = self.env["loyalty.card"].with_context(active_test=False).search([])
        return sum(cards.mapped("points"))

    def assertRefused(self, name, *args, method="confirm_coupon_programs", **kwargs):
        before = self.points(), self.env["loyalty.history"].search_count([])
        _result, error = self.rpc(method, *args, **kwargs)
        self.assertEqual(error.get("name"), name, error.get("message"))
        after = self.points(), self.env["loyalty.history"].search_count([])
        self.assertEqual(after, before)

    # -- confirm_coupon_programs -----------------------------------------------------------

    def test_once_and_bounded(self):
        result, error = self.rpc(
            "confirm_coupon_programs", self.order.ids, self.claim(1000000)
        )
        self.assertFalse(error)
        self.assertEqual(self.card(self.ana).points, 20)
        self.assertEqual(result["coupon_updates"][0]["points"], 20)
        self.assertRefused(USER, self.order.ids, self.claim(20))

    def test_no_order(self):
        for ids in ([], False, None):
            self.assertRefused(INVALID, ids, self.claim(1000000))

    def test_several_orders(self):
        second = self.sync_order(self.bo, None)
        self.assertRefused(INVALID, (self.order | second).ids, self.claim(20))

    def test_order_that_rode_with_its_points(self):
        order = self.sync_order(self.ana, {})
        self.assertRefused(USER, order.ids, self.claim(20))

    def test_order_with_a_history(self):
        self.theirs._book("earned", issued=20, document=self.order)
        self.assertRefused(USER, self.order.ids, self.claim(20))

    def test_order_that_is_not_paid(self):
        draft = self.sell(self.ana, paid=False)
        self.assertRefused(USER, draft.ids, self.claim(20))

    def test_order_of_a_closed_register(self):
        self.close(self.config.current_session_id)
        self.assertRefused(USER, self.order.ids, self.claim(20))

    def test_order_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_order SET company_id = %s WHERE id = %s",
            (company.id, self.order.id),
        )
        self.env.invalidate_all()
        self.assertRefused(ACCESS, self.order.ids, self.claim(20))

    def test_user_who_does_not_sell(self):
        new_test_user(
            self.env,
            "clerk",
            password="clerk-password",
            groups="customer_base.group_customer_user",
        )
        self.authenticate("clerk", "clerk-password")
        self.assertRefused(ACCESS, self.order.ids, self.claim(20))
        for method, args in (
            ("customer_loyalty_result", ()),
            ("customer_loyalty_refund_preview", ([],)),
            ("action_retry_loyalty", ()),
        ):
            self.assertRefused(ACCESS, self.order.ids, *args, method=method)

    def test_malformed(self):
        good = self.claim(20)["-1"]
        for data in (
            [good],
            "x",
            7,
            {"x": good},
            {"-1": []},
            {"-1": {**good, "points": "20"}},
            {"-1": {**good, "points": None}},
            {"-1": {**good, "points": 1e300}},
            {"-1": {**good, "program_id": [self.program.id]}},
            {"-1": {**good, "line_codes": {"a": 1}}},
            {"-1": {"points": 20}},
            {"99999999999": good},
        ):
            with self.subTest(data=data):
                self.assertRefused(INVALID, self.order.ids, data)

    def test_points_for_somebody_else(self):
        claim = self.claim(20, key=self.theirs.id, partner_id=self.bo.id)
        self.rpc("confirm_coupon_programs", self.order.ids, claim)
        self.assertEqual(self.theirs.points, 50)

    def test_order_that_nobody_paid(self):
        values = {
            "session_id": self.config.current_session_id.id,
            "partner_id": self.ana.id,
            "amount_total": 9000,
            "amount_tax": 0,
            "amount_paid": 9000,
            "amount_return": 0,
            "state": "paid",
            "lines": [self.line_values(9000)],
        }
        ids, error = self.rpc("create", [values])
        self.assertFalse(error)
        self.rpc("confirm_coupon_programs", ids, self.claim(9000))
        self.assertFalse(self.card(self.ana).points)

    def test_reward_that_comes_back_without_being_paid_back(self):
        card = self.new_card(self.ana, 50)
        lines = [
            self.line_values(30),
            self.reward_values(self.program.reward_ids, -10, 40, card),
        ]
        sale = self.sync_order(self.ana, {}, lines)
        self.assertEqual(card.points, 10)
        reward = sale.lines.filtered("is_reward_line")
        values = self.till_order(
            self.ana,
            {},
            [self.line_values(0, -1, refunded_orderline_id=reward.id)],
        )
        _result, error = self.rpc("sync_from_ui", [values])
        self.assertFalse(error)
        self.assertEqual(card.points, 10)

    def test_gift_card_from_nothing(self):
        gifts = self.new_program(
            "Gift", "gift_card", rule={"product_ids": self.pen.ids}
        )
        card = self.new_card(None, 10, gifts, code="MINE")
        claim = self.claim(500, gifts, code="MINE") | self.claim(
            500, gifts, key=-2, code="NEW"
        )
        claim |= self.claim(500, gifts, key=card.id, coupon_id=card.id)
        self.rpc("confirm_coupon_programs", self.order.ids, claim)
        self.assertEqual(card.points, 10)
        self.assertEqual(gifts.coupon_ids, card)

    def test_context_is_no_key(self):
        context = {
            "loyalty_booking": True,
            "loyalty_gross": {"-1": [1000000, 0]},
            "su": True,
        }
        self.rpc(
            "confirm_coupon_programs",
            self.order.ids,
            self.claim(1000000),
            context=context,
        )
        self.assertEqual(self.card(self.ana).points, 20)

    # -- other ways in -----------------------------------------------------------------------

    def test_private_methods(self):
        row = {"card_id": self.theirs.id, "won": 99, "spent": 0, "order_id": 1}
        for method, args in (
            ("add_loyalty_history_lines", ([row], [])),
            ("_apply_loyalty", (self.claim(20),)),
            ("_process_existing_gift_cards", (self.claim(20),)),
            ("_retry_loyalty", ()),
        ):
            with self.subTest(method=method):
                self.assertRefused(ACCESS, self.order.ids, *args, method=method)

    def test_fields_of_the_order(self):
        self.rpc("confirm_coupon_programs", self.order.ids, self.claim(20))
        for name, value in (
            ("loyalty_applied", False),
            ("loyalty_changes", {"changes": self.claim(99)}),
            ("loyalty_waiting", True),
            ("loyalty_result", {}),
        ):
            with self.subTest(name=name):
                self.assertRefused(
                    ACCESS, self.order.ids, {name: value}, method="write"
                )
                self.assertRefused(ACCESS, self.order.ids, [name], method="read")

    def test_fields_that_ride_in_the_order(self):
        values = self.till_order(
            self.ana,
            self.claim(20),
            loyalty_applied=False,
            loyalty_waiting=True,
            loyalty_result={"coupon_updates": "mine"},
        )
        _result, error = self.rpc("sync_from_ui", [values])
        self.assertFalse(error)
        order = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        self.assertTrue(order.loyalty_applied)
        self.assertFalse(order.loyalty_waiting)
        self.assertEqual(len(order.loyalty_result["coupon_updates"]), 1)

    def test_cards_and_history(self):
        cards, history = {"model": "loyalty.card"}, {"model": "loyalty.history"}
        line = self.theirs.history_ids
        self.assertRefused(
            ACCESS, self.theirs.ids, {"points": 999}, method="write", **cards
        )
        self.assertRefused(
            ACCESS,
            [{"program_id": self.program.id, "points": 999}],
            method="create",
            **cards,
        )
        self.assertRefused(
            ACCESS,
            [{"card_id": self.theirs.id, "description": "x", "issued": 9}],
            method="create",
            **history,
        )
        self.assertRefused(ACCESS, line.ids, {"issued": 9}, method="write", **history)
        self.assertRefused(
            ACCESS, self.theirs.ids, 100, "Because", method="customer_adjust", **cards
        )

    def test_what_a_card_is(self):
        """A card of points is worth nothing as one of money, nor as somebody else's."""
        wallet = self.new_program("€", "ewallet")
        for values in (
            {"program_id": wallet.id},
            {"partner_id": self.ana.id},
            {"code": "MINE"},
            {"expiration_date": "2099-01-01"},
            {"active": False},
        ):
            with self.subTest(values=values):
                self.assertRefused(
                    ACCESS,
                    self.theirs.ids,
                    values,
                    method="write",
                    model="loyalty.card",
                )

    def test_holder_of_a_gift_card(self):
        gifts = self.new_program("Gift", "gift_card")
        card = self.new_card(self.bo, 50, gifts)
        kwargs = {
            "model": "loyalty.card",
            "partner_id": self.ana.id,
            "reason": "wrong_customer",
        }
        method = "customer_reassign_authorised"
        self.assertRefused(ACCESS, card.ids, method="customer_reassign", **kwargs)
        for password in ("cashier", "wrong"):
            with self.subTest(password=password):
                self.assertRefused(
                    ACCESS,
                    card.ids,
                    method=method,
                    login="cashier",
                    password=password,
                    **kwargs,
                )
        self.assertEqual(card.partner_id, self.bo)
        result, error = self.rpc(
            method, card.ids, login="chief", password="chief-password", **kwargs
        )
        self.assertFalse(error)
        self.assertEqual(result, card.ids)
        self.assertEqual((card.partner_id, card.points), (self.ana, 50))
        row = self.env["customer.journal"].search(
            [
                ("event", "=", "card_reassigned"),
                ("subject_uuid", "=", self.ana.customer_uuid),
            ]
        )
        self.assertEqual((row.channel, row.user_id), ("pos", self.chief))

    # -- validate_coupon_programs ----------------------------------------------------------------

    def test_validation(self):
        ok, error = self.rpc("validate_coupon_programs", [], {self.theirs.id: -10}, [])
        self.assertFalse(error)
        self.assertTrue(ok["successful"])
        too_much, _error = self.rpc(
            "validate_coupon_programs", [], {self.theirs.id: -60}, []
        )
        self.assertFalse(too_much["successful"])
        self.theirs.active = False
        archived, _error = self.rpc(
            "validate_coupon_programs", [], {self.theirs.id: -10}, []
        )
        self.assertEqual(archived["payload"]["removed_coupons"], self.theirs.ids)

    def test_validation_of_nonsense(self):
        for args in (
            ([], []),
            ("x", []),
            ({"x": 1}, []),
            ({"-5": 1}, []),
            ({"1": "9"}, []),
            ({"1": None}, []),
            ({}, "x"),
            ({}, [[]]),
            ({}, [Command.clear()]),
        ):
            with self.subTest(args=args):
                self.assertRefused(
                    INVALID, [], *args, method="validate_coupon_programs"
                )

    def test_status_of_a_gift_card(self):
        for code in (None, ["x"], 5):
            self.assertRefused(
                INVALID,
                code,
                self.config.id,
                method="get_gift_card_status",
                model="loyalty.card",
            )
