from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import PriceCase

from .common import SaleLoyaltyCommon


@tagged("post_install", "-at_install")
class TestReturn(SaleLoyaltyCommon, PriceCase):
    """A credit note takes back in proportion, each time only what is not taken yet."""

    def invoice(self, order):
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        return invoice

    def credit(self, invoice, quantity=None):
        """A posted credit note, of so many of what was invoiced."""
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id})
        credit = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        if quantity is not None:
            lines = credit.invoice_line_ids
            lines.filtered(
                lambda line: line.product_id == self.product
            ).quantity = quantity
            lines.filtered(lambda line: line.product_id != self.product).unlink()
        credit.action_post()
        return credit

    def test_in_proportion(self):
        order = self.confirmed(quantity=4)
        invoice = self.invoice(order)
        card = self.card_of()
        self.assertEqual(card.points, 400)
        for quantity, points in ((1, 300), (2, 100), (1, 0)):
            credit = self.credit(invoice, quantity)
            self.assertEqual(card.points, points)
            self.assertBooked(card)
        line = card.history_ids.sorted("id")[-1]
        self.assertEqual((line.kind, line.used), ("clawed_back", 100))
        self.assertEqual((line.order_model, line.order_id), ("account.move", credit.id))
        order._action_cancel()
        self.assertEqual(card.points, 0)
        self.assertBooked(card)

    def test_what_gives_no_points_takes_none(self):
        order = self.order(quantity=1)
        order.order_line = [Command.create({"product_id": self.other_product.id})]
        order.action_confirm()
        invoice = self.invoice(order)
        lamp = invoice.invoice_line_ids.filtered(
            lambda line: line.product_id == self.other_product
        )
        credit = invoice._reverse_moves()
        credit.invoice_line_ids.filtered(
            lambda line: line.product_id != lamp.product_id
        ).unlink()
        credit.action_post()
        self.assertEqual(self.card_of().points, 100)

    def test_a_correction_of_the_invoice_is_no_return(self):
        order = self.confirmed(quantity=2)
        invoice = self.invoice(order)
        order.order_line.product_uom_qty = 1
        card = self.card_of()
        self.assertEqual(card.points, 100)
        self.credit(invoice, 1)
        self.assertEqual(card.points, 100)
        self.credit(invoice, 1)
        self.assertEqual(card.points, 0)
        self.assertBooked(card)

    def test_points_that_wait(self):
        self.program.pending_days = 14
        order = self.confirmed(quantity=2)
        invoice = self.invoice(order)
        card = self.card_of()
        self.credit(invoice, 1)
        self.assertEqual((card.points, card.points_pending), (0, 100))
        self.credit(invoice, 1)
        self.assertEqual((card.points, card.points_pending), (0, 0))

    def test_an_order_that_follows_its_returns(self):
        """What has come back may be taken off the order, before or after."""
        for days, released in ((0, False), (14, False), (14, True)):
            self.program.pending_days = days
            self.customer = self.new_customer(f"{days} days, {released}")
            order = self.confirmed(quantity=4)
            invoice = self.invoice(order)
            card, line = self.card_of(), order.order_line
            self.credit(invoice, 2)
            if released:
                rows = card.pending_ids
                rows.ready_on = rows.create_date.date()
                rows._release()
            for quantity, points in ((2, 200), (1, 100), (0, 0), (3, 200)):
                line.product_uom_qty = quantity
                there = card.points + card.points_pending
                # two of four came back: beyond two, what is ordered has been returned
                self.assertEqual(there, points, f"{quantity}, {days} days, {released}")
                self.assertBooked(card)

    def test_a_credit_note_that_is_withdrawn(self):
        for days in (0, 14):
            self.program.pending_days = days
            self.customer = self.new_customer(f"{days} days")
            order = self.confirmed(quantity=4)
            invoice = self.invoice(order)
            card = self.card_of()
            self.credit(invoice, 1)
            second = self.credit(invoice, 3)
            self.assertEqual((card.points, card.points_pending), (0, 0))
            second.button_draft()
            points = (0, 300) if days else (300, 0)
            self.assertEqual((card.points, card.points_pending), points)
            self.assertBooked(card)
            second.action_post()
            self.assertEqual((card.points, card.points_pending), (0, 0))
            self.assertBooked(card)
            order._action_cancel()
            second.button_draft()
            self.assertEqual((card.points, card.points_pending), (0, 0))

    def test_a_reward_gives_back(self):
        card = self.new_card(20)
        order = self.order()
        self.spend(order)
        order.action_confirm()
        self.assertEqual(card.points, 110)
        self.credit(self.invoice(order))
        self.assertEqual(card.points, 20)
        self.assertEqual(
            {kind for kind, _issued, _used in self.kinds(card)},
            {"adjusted", "earned", "clawed_back", "returned"},
        )
        self.assertBooked(card)

    def test_points_earned_and_spent_in_one_order(self):
        """More was spent than earned: what was earned goes back all the same."""
        self.reward.required_points = 150
        card = self.new_card(200)
        order = self.order()
        self.spend(order)
        order.action_confirm()
        self.assertEqual(card.points, 200 + 100 - 150)
        self.credit(self.invoice(order))
        self.assertEqual(card.points, 200)
        self.assertBooked(card)

    def test_points_that_are_spent(self):
        for policy, balance in (("negative", -90), ("note", 0), ("reduce", 0)):
            self.program.write({"clawback_policy": policy, "clawback_point_value": 0.5})
            self.customer = self.new_customer(policy)
            order = self.confirmed()
            invoice = self.invoice(order)
            card = self.card_of()
            card._book("spent", used=90)
            credit = self.credit(invoice)
            self.assertEqual(card.points, balance, policy)
            self.assertBooked(card)
            said = "spent already" in "".join(credit.message_ids.mapped("body"))
            self.assertEqual(said, policy != "negative")
            if policy == "reduce":
                self.assertIn("45", "".join(credit.message_ids.mapped("body")))

    def test_a_gift_card_that_was_sold(self):
        gift = self.new_product("Gift card", 50)
        program = self.new_gift_program(gift)
        order = self.confirmed(gift)
        card = program.coupon_ids
        self.assertEqual(card.points, 50)
        self.credit(self.invoice(order))
        self.assertEqual(card.points, 0)
        self.assertBooked(card)

    def test_goods_that_cost_nothing(self):
        free = self.new_product("Sample", 0)
        self.program.rule_ids = [
            Command.clear(),
            self.rule(free, reward_point_mode="unit"),
        ]
        order = self.order(free, quantity=4)
        order.order_line = [Command.create({"product_id": self.product.id})]
        order.action_confirm()
        card = self.card_of()
        self.assertEqual(card.points, 4)
        invoice = self.invoice(order)
        credit = invoice._reverse_moves()
        credit.invoice_line_ids.filtered(
            lambda line: line.product_id == free
        ).quantity = 1
        credit.action_post()
        self.assertEqual(card.points, 3)
