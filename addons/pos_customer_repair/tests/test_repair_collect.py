from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import WorkOrderCase


@tagged("post_install", "-at_install")
class TestRepairCollect(WorkOrderCase):
    """What is paid of a repair, and what a till may still be paid for."""

    def collect(self, repair):
        order_id = repair.with_user(self.cashier).customer_repair_collect(
            self.config.id
        )
        return self.env["sale.order"].browse(order_id)

    def till_row(self, repair):
        return repair.with_user(self.cashier)._customer_card_row()["till"]

    def pay_invoice(self, invoice):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

    def refund(self, session, sold, **values):
        """What a till sends once ``sold`` is brought back: it names no sale order."""
        values = self.order_values(
            session, amount_total=-20, amount_paid=-20, is_refund=True, **values
        )
        values["lines"][0][2].update(
            product_id=sold.product_id.id,
            qty=-1,
            price_subtotal=-20,
            price_subtotal_incl=-20,
            refunded_orderline_id=sold.id,
        )
        values["payment_ids"][0][2]["amount"] = -20
        if values["state"] == "draft":
            values["payment_ids"] = []
        self.sync(values)
        self.env.invalidate_all()

    # -- invoices -------------------------------------------------------------------------

    def test_invoiced_is_not_paid(self):
        repair = self.take_in(price=20)
        self.finish(repair, parts=0)
        order = self.collect(repair)
        order.action_confirm()
        invoice = order._create_invoices()
        here = self.repairs.with_user(self.cashier)
        for post in (lambda: None, invoice.action_post):
            post()
            with self.assertRaisesRegex(UserError, "pay the invoice"):
                self.collect(repair)
            row = self.till_row(repair)
            self.assertEqual((row["paid"], row["collect"]), (False, False))
            self.assertEqual(row["due"], 20)
            # a till that holds it charges it no second time
            self.assertEqual(
                here.customer_repairs_paid(order.ids, self.config.id), [repair.name]
            )
        self.pay_invoice(invoice)
        with self.assertRaisesRegex(UserError, "is paid already"):
            self.collect(repair)
        row = self.till_row(repair)
        self.assertEqual((row["paid"], row["due"]), (True, 0))

    def test_deposit_at_the_till_and_the_rest_invoiced(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        repair.with_user(self.cashier).customer_repair_deposit(self.config.id)
        order = repair.sale_order_id
        self.sell(session, order)
        self.finish(repair)
        invoice = order._create_invoices(final=True)
        with self.assertRaisesRegex(UserError, "pay the invoice"):
            self.collect(repair)
        invoice.action_post()
        self.pay_invoice(invoice)
        with self.assertRaisesRegex(UserError, "is paid already"):
            self.collect(repair)
        row = self.till_row(repair)
        self.assertEqual((row["paid"], row["collect"], row["due"]), (True, False, 0))

    # -- lines ----------------------------------------------------------------------------

    def test_a_part_that_is_paid(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        self.finish(repair)
        order = self.collect(repair)
        self.sell(session, order, order.order_line[0])
        row = self.till_row(repair)
        self.assertEqual((row["paid"], row["collect"]), (False, False))
        self.assertEqual(row["due"], 13.5)
        with self.assertRaisesRegex(UserError, "Settle the rest"):
            self.collect(repair)

    def test_a_refund_counts_once_it_is_paid(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        self.finish(repair, parts=0)
        order = self.collect(repair)
        self.sell(session, order, order.order_line)
        sold = order.order_line.pos_order_line_ids
        self.refund(session, sold, state="draft")
        self.assertTrue(sold.refund_orderline_ids)
        self.assertTrue(repair._customer_is_paid())
        self.refund(session, sold)
        self.assertFalse(repair._customer_is_paid())
        row = self.till_row(repair)
        self.assertEqual((row["paid"], row["collect"], row["due"]), (False, False, 20))

    # -- orders of several repairs --------------------------------------------------------

    def test_repairs_of_one_order_are_paid_together(self):
        first, second = self.take_in(price=20), self.take_in()
        second.sale_order_id = first.sale_order_id
        self.finish(first, parts=0)
        with self.assertRaisesRegex(UserError, f"one order with {second.name}"):
            self.collect(first)
        self.finish(second)
        order = self.collect(first)
        self.assertEqual(order, self.collect(second))
        self.assertEqual(order.amount_unpaid, 20 + 13.5)

    def test_other_services_of_the_order_are_not_delivered(self):
        overhaul, delivery = self.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "list_price": 30,
                    "invoice_policy": "delivery",
                    "taxes_id": [Command.clear()],
                    **values,
                }
                for name, values in (
                    ("Overhaul", {"service_tracking": "repair"}),
                    ("Home delivery", {}),
                )
            ]
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ana.id,
                "order_line": [
                    Command.create({"product_id": product.id})
                    for product in (overhaul, delivery)
                ],
            }
        )
        order.action_confirm()
        repair = order.repair_order_ids
        self.finish(repair, parts=0)
        self.assertEqual(self.collect(repair), order)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [1, 0])

    # -- quotations -----------------------------------------------------------------------

    def test_a_quotation_is_confirmed_with_the_money(self):
        session = self.open_till()
        self.labour.invoice_policy = "delivery"
        repair = self.take_in(price=20)
        order = repair.sale_order_id
        repair.with_user(self.cashier).customer_repair_deposit(self.config.id)
        self.assertEqual(order.state, "draft")
        self.finish(repair, parts=0)
        self.collect(repair)
        self.assertEqual(order.state, "draft")
        draft = {
            **self.sale_values(session, order, order.order_line),
            "state": "draft",
            "payment_ids": [],
            "amount_paid": 0,
        }
        self.sync(draft)
        self.assertEqual(order.state, "draft")
        # the block came too late: the money is in the till
        self.block(self.ana)
        self.sell(session, order, order.order_line)
        self.assertEqual(order.state, "sale")
        line = order.order_line
        self.assertEqual((line.qty_delivered, line.qty_to_invoice), (1, 0))

    def test_a_deposit_confirms_the_quotation(self):
        session = self.open_till()
        repair = self.take_in(price=45)
        self.sell(session, repair.sale_order_id)
        self.assertEqual(repair.sale_order_id.state, "sale")
        self.assertEqual(self.till_row(repair)["due"], 25)
        labour = repair.sale_order_id.order_line.filtered(
            lambda line: line.product_id == self.labour
        )
        self.assertFalse(labour.qty_delivered, "nothing is repaired yet")

    # -- what is to be paid ---------------------------------------------------------------

    def test_other_things_on_the_ticket_of_a_deposit(self):
        session = self.open_till()
        repair = self.take_in(price=45)
        repair.with_user(self.cashier).customer_repair_deposit(self.config.id)
        order = repair.sale_order_id
        values = self.sale_values(session, order)
        book = self.order_values(session)["lines"][0]
        values["lines"].append(book)
        values.update(amount_total=40, amount_paid=40)
        values["payment_ids"][0][2]["amount"] = 40
        self.sync(values)
        self.assertEqual(self.till_row(repair)["due"], 25)
        ticket = repair.with_user(self.cashier).customer_repair_ticket(self.config.id)
        self.assertEqual(ticket["due"], 25)

    def test_a_deposit_that_is_not_paid_yet(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        here = repair.with_user(self.cashier)
        here.customer_repair_deposit(self.config.id)
        order = repair.sale_order_id
        self.sync(
            {
                **self.sale_values(session, order),
                "state": "draft",
                "payment_ids": [],
                "amount_paid": 0,
            }
        )
        self.assertEqual(order.amount_unpaid, 0, "core believes in it")
        self.assertEqual(self.till_row(repair)["due"], 20)
        self.assertEqual(here.customer_repair_deposit(self.config.id), order.id)
