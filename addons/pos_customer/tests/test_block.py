from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from odoo import fields
from odoo.tests import tagged

from .common_block import BlockHttpCase


@tagged("post_install", "-at_install")
class TestBlock(BlockHttpCase):
    """What is paid is kept, and flagged; what changes is told to open tills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.open_till(cls)
        cls.cash = cls.config.payment_method_ids.filtered("is_cash_count")
        # the block was there before today's sales
        cls.env.cr.execute(
            "UPDATE customer_block SET since = since - interval '2 days'"
        )
        cls.env.invalidate_all()

    def order_data(self, partner, paid=True, amount=20.0, **values):
        """What a till sends."""
        payment = {
            "uuid": str(uuid4()),
            "amount": amount,
            "name": fields.Datetime.to_string(fields.Datetime.now()),
            "payment_method_id": self.cash.id,
        }
        line = {
            "uuid": str(uuid4()),
            "product_id": self.book.id,
            "qty": 1 if amount > 0 else -1,
            "price_unit": abs(amount),
            "price_subtotal": amount,
            "price_subtotal_incl": amount,
            "discount": 0,
            "tax_ids": [[6, False, []]],
            "pack_lot_ids": [],
        }
        return {
            "access_token": "",
            "amount_paid": amount if paid else 0,
            "amount_return": 0,
            "amount_tax": 0,
            "amount_total": amount,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "fiscal_position_id": False,
            "lines": [[0, 0, line]],
            "name": "Order",
            "partner_id": partner.id,
            "payment_ids": [[0, 0, payment]] if paid else [],
            "session_id": self.session.id,
            "state": "paid" if paid else "draft",
            "to_invoice": False,
            "user_id": self.cashier.id,
            "uuid": str(uuid4()),
            **values,
        }

    def sync(self, data):
        # a copy: core takes values out of what it is given
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([dict(data)])
        self.env.invalidate_all()
        return self.env["pos.order"].search([("uuid", "=", data["uuid"])])

    def flagged(self):
        return self.env["pos.order"].search(
            [("customer_block_flag", "=", True), ("session_id", "=", self.session.id)]
        )

    def test_paid_is_kept_and_flagged(self):
        order = self.sync(self.order_data(self.bo))
        self.assertEqual((order.state, order.partner_id), ("paid", self.bo))
        self.assertEqual(self.flagged(), order)
        self.assertEqual(
            len(order.message_ids.filtered(lambda m: "Unpaid invoices" in m.body)), 1
        )
        self.assertNotIn("Third reminder", str(order.message_ids.mapped("body")))

    def test_sent_twice_flagged_once(self):
        data = self.order_data(self.bo)
        self.sync(data)
        order = self.sync(data)
        self.assertEqual(self.flagged(), order)
        self.assertEqual(
            len(order.message_ids.filtered(lambda m: "Unpaid invoices" in m.body)), 1
        )

    def test_others_are_not_flagged(self):
        self.sync(self.order_data(self.ana))
        self.sync(self.order_data(self.env["res.partner"]))
        self.assertFalse(self.flagged())

    def test_allowed_is_not_flagged(self):
        data = self.order_data(self.bo)
        self.bo.with_user(self.chief).customer_override_block(data["uuid"])
        self.sync(data)
        self.assertFalse(self.flagged())
        self.assertTrue(self.sync(self.order_data(self.bo)).customer_block_flag)

    def test_open_orders_are_flagged_when_paid(self):
        data = self.order_data(self.bo, paid=False)
        self.assertEqual(self.sync(data).state, "draft")
        self.assertFalse(self.flagged())
        paid = self.order_data(self.bo)
        names = ("payment_ids", "amount_paid", "state")
        order = self.sync({**data, **{n: paid[n] for n in names}, "lines": []})
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.flagged(), order)

    def test_refund_is_not_flagged(self):
        self.sync(self.order_data(self.bo, amount=-20.0, is_refund=True))
        self.assertFalse(self.flagged())

    def test_the_instant_of_the_sale_counts(self):
        """Sold offline and sent later: neither a block since then nor its end matters."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            "UPDATE customer_block SET since = %s", [now - timedelta(minutes=30)]
        )
        self.env.invalidate_all()
        self.bo.customer_unblock()
        for minutes, expected in ((60, False), (20, True), (-1, False)):
            at = fields.Datetime.to_string(now - timedelta(minutes=minutes))
            order = self.sync(self.order_data(self.bo, date_order=at))
            self.assertEqual(order.customer_block_flag, expected, minutes)

    # -- open tills ---------------------------------------------------------------------

    def test_open_tills_are_told(self):
        company = self.env["res.partner"].create(
            {"name": "Debt Co", "is_company": True, "is_customer": True}
        )
        self.ana.parent_id = company
        self.env.cr.precommit.run()
        configs = self.env.registry["pos.config"]
        for act in (
            lambda: company.customer_block(["pos"], "abuse"),
            lambda: company.customer_unblock(),
        ):
            with patch.object(configs, "_notify", autospec=True) as notify:
                act()
                self.env.cr.precommit.run()
            told = [str(call.args[2]) for call in notify.call_args_list]
            self.assertTrue(told)
            for partner in company | self.ana:
                self.assertTrue(any(str(partner.id) in message for message in told))
