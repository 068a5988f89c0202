from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import WorkOrderCase


@tagged("post_install", "-at_install")
class TestSaleOrderTill(WorkOrderCase):
    """What a cashier without a right to sale orders gets of them, over the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quotation = cls.env["sale.order"].create(
            {
                "partner_id": cls.bo.id,
                "order_line": [Command.create({"product_id": cls.book.id})],
            }
        )
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger-password", groups="base.group_user"
        )

    def setUp(self):
        super().setUp()
        self.authenticate("cashier", "cashier")

    def on_order(self, method, *args, **kwargs):
        return self.rpc(method, *args, model="sale.order", **kwargs)

    def on_line(self, method, *args, **kwargs):
        return self.rpc(method, *args, model="sale.order.line", **kwargs)

    def load(self, order):
        return self.on_order("load_sale_order_from_pos", order.ids, self.config.id)

    def assertRefused(self, answer):
        result, error = answer
        self.assertIsNone(result)
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)

    def finished(self, **values):
        repair = self.take_in(price=20, **values)
        self.finish(repair)
        repair.with_user(self.cashier).customer_repair_collect(self.config.id)
        return repair

    def pay(self, session, order, **values):
        """What the till sends once all lines of ``order`` are paid."""
        values = self.order_values(session, partner_id=order.partner_id.id, **values)
        [(command, _id, template)] = values["lines"]
        values["lines"] = [
            (
                command,
                0,
                {
                    **template,
                    "uuid": f"{number}{template['uuid'][1:]}",
                    "product_id": line.product_id.id,
                    "price_unit": line.price_unit,
                    "price_subtotal": line.price_unit,
                    "price_subtotal_incl": line.price_unit,
                    "sale_order_origin_id": order.id,
                    "sale_order_line_id": line.id,
                },
            )
            for number, line in enumerate(order.order_line)
        ]
        values.update(amount_total=order.amount_total, amount_paid=order.amount_total)
        for payment in values["payment_ids"]:
            payment[2]["amount"] = order.amount_total
        _result, error = self.rpc("sync_from_ui", [values], model="pos.order")
        self.assertFalse(error)

    def test_sale_orders_are_refused(self):
        order = self.take_in(price=20).sale_order_id
        self.assertRefused(self.on_order("search_read", [], ["name"]))
        self.assertRefused(self.on_line("search_read", [], ["name"]))
        for context in ({}, {"customer_at_till": True}):
            for answer in (
                self.on_order("read", order.ids, ["access_token"], context=context),
                self.on_order("read", order.ids, context=context),
                self.on_order(
                    "web_read", order.ids, {"access_token": {}}, context=context
                ),
                self.on_line(
                    "read", order.order_line.ids, ["order_id"], context=context
                ),
                self.on_order("write", order.ids, {"note": "x"}, context=context),
            ):
                self.assertRefused(answer)

    def test_orders_of_no_repair_are_refused(self):
        lines = self.quotation.order_line
        self.assertRefused(self.load(self.quotation))
        self.assertRefused(self.on_line("read_converted", lines.ids))
        self.assertRefused(self.on_order("read", self.quotation.ids, ["name"]))
        self.assertRefused(self.on_line("read", lines.ids, ["price_unit"]))
        session = self.open_till()
        values = self.order_values(session, partner_id=self.bo.id)
        values["lines"][0][2].update(
            sale_order_origin_id=self.quotation.id, sale_order_line_id=lines.id
        )
        self.assertRefused(self.rpc("sync_from_ui", [values], model="pos.order"))
        self.assertFalse(session.order_ids)

    def test_repairs_of_another_company_are_refused(self):
        repair = self.finished()
        order = repair.sale_order_id
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE repair_order SET company_id = %s WHERE id = %s",
            [company.id, repair.id],
        )
        self.env.invalidate_all()
        self.assertRefused(self.load(order))
        self.assertRefused(self.on_line("read_converted", order.order_line.ids))

    def test_refused_to_those_who_sell_at_no_till(self):
        order = self.take_in(price=20).sale_order_id
        self.authenticate("stranger", "stranger-password")
        self.assertRefused(self.load(order))
        self.assertRefused(self.on_line("read_converted", order.order_line.ids))
        self.assertRefused(self.on_order("read", order.ids, ["name"]))

    def test_a_repair_is_collected_all_the_same(self):
        session = self.open_till()
        repair = self.finished(partner_id=self.bo.id)
        order_id, _error = self.rpc(
            "customer_repair_collect",
            repair.ids,
            self.config.id,
            model="repair.order",
        )
        order = repair.sale_order_id
        self.assertEqual(order_id, order.id)
        loaded, error = self.load(order)
        self.assertFalse(error)
        self.assertEqual(loaded["sale.order"][0]["amount_unpaid"], 35)
        self.assertNotIn("access_token", loaded["sale.order"][0])
        self.assertEqual(
            {line["id"] for line in loaded["sale.order.line"]},
            set(order.order_line.ids),
        )
        converted, error = self.on_line("read_converted", order.order_line.ids)
        self.assertFalse(error)
        self.assertEqual({line["price_unit"] for line in converted}, {20, 15})
        names = self.env["sale.order.line"]._load_pos_data_fields(self.config)
        lines, error = self.on_line("read", order.order_line.ids, names, load=False)
        self.assertFalse(error)
        self.assertEqual(len(lines), 2)
        self.pay(session, order)
        self.assertEqual(order.amount_unpaid, 0)
        self.assertEqual(self.spring.stock_move_ids.repair_id, repair)

    def test_a_parked_repair_opens_with_the_till(self):
        session = self.open_till()
        order = self.finished(partner_id=self.bo.id).sale_order_id
        self.pay(session, order, state="draft", payment_ids=[])
        loaded, error = self.rpc(
            "load_data",
            session.ids,
            ["sale.order", "sale.order.line"],
            model="pos.session",
        )
        self.assertFalse(error)
        self.assertEqual([row["id"] for row in loaded["sale.order"]], order.ids)
        self.assertEqual(
            {row["id"] for row in loaded["sale.order.line"]}, set(order.order_line.ids)
        )

    def test_an_invoice_and_the_end_of_the_day(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        session = self.open_till()
        order = self.finished(partner_id=self.bo.id).sale_order_id
        self.pay(session, order, to_invoice=True)
        self.assertTrue(session.order_ids.account_move)
        order = self.finished(partner_id=self.bo.id).sale_order_id
        self.pay(session, order)
        session.with_user(self.cashier).close_session_from_ui()
        self.assertEqual(session.state, "closed")
