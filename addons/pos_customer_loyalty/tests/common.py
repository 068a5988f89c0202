from uuid import uuid4

from odoo.fields import Command

from odoo.addons.pos_customer.tests.common_order import PastOrderCase


class LoyaltyOrderCase(PastOrderCase):
    """One till, one programme of a point for each unit of money, and what a till sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.new_program("Points", "loyalty")

    @classmethod
    def new_program(cls, name, program_type, rule=None, **values):
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": program_type,
                "applies_on": "both" if program_type == "loyalty" else "future",
                "trigger": "auto",
                "portal_point_name": name,
                "portal_visible": True,
                "rule_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "reward_point_mode": "money",
                            "reward_point_amount": 1,
                            **(rule or {}),
                        }
                    ),
                ],
                "reward_ids": [
                    Command.clear(),
                    Command.create({"required_points": 10, "discount": 10}),
                ],
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.open_till()

    def sell_with_points(self, partner, points=20, program=None, **kwargs):
        """A sale by which the till gave ``points`` to ``partner``."""
        order = self.sell(partner, **kwargs)
        self.give_points(order, partner.id, points, program or self.program)
        return order

    def give_points(self, order, partner_id, points, program):
        """As the till does, who knows the customer by ``partner_id``."""
        order.confirm_coupon_programs(
            {
                "-1": {
                    "points": points,
                    "program_id": program.id,
                    "partner_id": partner_id,
                    "coupon_id": -1,
                    "barcode": False,
                }
            }
        )

    def card(self, partner, program=None):
        return self.env["loyalty.card"].search(
            [
                ("partner_id", "=", partner.id),
                ("program_id", "=", (program or self.program).id),
            ]
        )

    def lines(self, card):
        """History of a card, the oldest first."""
        return [
            (line.issued, line.used, line.order_model, line.order_id)
            for line in card.history_ids.sorted("id")
        ]

    # -- as a till sends it ----------------------------------------------------------------

    def new_card(self, partner, points=0, program=None, **values):
        """A card with its line."""
        card = self.env["loyalty.card"].create(
            {
                "program_id": (program or self.program).id,
                "partner_id": partner and partner.id,
                **values,
            }
        )
        if points:
            card._book("adjusted", issued=points, description="Begin")
        return card

    def claim(self, points, program=None, key=-1, **values):
        """What the till says of one card."""
        program = program or self.program
        return {
            str(key): {
                "points": points,
                "program_id": program.id,
                "coupon_id": key,
                "barcode": False,
                **values,
            }
        }

    def line_values(self, price=20.0, qty=1, product=None, **values):
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": (product or self.book).id,
                "qty": qty,
                "price_unit": price,
                "price_subtotal": price * qty,
                "price_subtotal_incl": price * qty,
                "tax_ids": [],
                "pack_lot_ids": [],
                "discount": 0,
                **values,
            }
        )

    def reward_values(self, reward, price, cost, card=None, code="abc", **values):
        return self.line_values(
            price,
            product=reward.discount_line_product_id,
            is_reward_line=True,
            reward_id=reward.id,
            coupon_id=card.id if card else False,
            points_cost=cost,
            reward_identifier_code=code,
            **values,
        )

    def till_order(self, partner, changes, lines=None, **values):
        """An order as the till sends it, paid by cash."""
        lines = lines or [self.line_values()]
        total = sum(line[2]["price_subtotal_incl"] for line in lines)
        if values.get("is_refund"):
            # as core's till, which turns the signs of the lines of a return
            for line in lines:
                for name in ("price_subtotal", "price_subtotal_incl"):
                    line[2][name] *= -1
        payment = {
            "uuid": str(uuid4()),
            "amount": total,
            "name": "2026-01-01 10:00:00",
            "payment_method_id": self.cash.id,
        }
        return self.order_values(
            self.config.current_session_id,
            partner_id=partner and partner.id,
            amount_total=total,
            amount_paid=total,
            lines=lines,
            payment_ids=[Command.create(payment)] if total else [],
            **({} if changes is None else {"loyalty_changes": changes}),
            **values,
        )

    def sync_order(self, *args, **kwargs):
        """:return: the order that a till sent"""
        values = self.till_order(*args, **kwargs)
        self.sync(values)
        return self.env["pos.order"].search([("uuid", "=", values["uuid"])])

    def sync_refund(self, sale, qty=None, lines=None, changes=None):
        """:return: the return of ``lines``, or of ``qty`` of the first line"""
        sold = lines or sale.lines
        values = [
            self.line_values(
                line.price_unit,
                -(qty or line.qty),
                line.product_id,
                refunded_orderline_id=line.id,
                is_reward_line=line.is_reward_line,
                reward_id=line.reward_id.id,
                coupon_id=line.coupon_id.id,
                points_cost=line.points_cost,
                reward_identifier_code=line.reward_identifier_code,
            )
            for line in sold
        ]
        return self.sync_order(sale.partner_id, changes or {}, values, is_refund=True)

    def kinds(self, card):
        """Lines of a card, the oldest first."""
        return [
            (line.kind, line.issued, line.used)
            for line in card.history_ids.sorted("id")
        ]

    def assertBooked(self):
        """Every balance is the sum of its lines."""
        self.env.flush_all()
        cards = self.env["loyalty.card"].with_context(active_test=False).search([])
        for id_, difference in cards._get_balance_differences().items():
            self.assertAlmostEqual(difference, 0, 4, f"card {id_}")

    def notes(self, order):
        """What the order says of its points."""
        return " ".join(order.message_ids.mapped("body"))
