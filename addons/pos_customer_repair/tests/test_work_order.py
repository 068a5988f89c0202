import json
import unittest
from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from .common import PIXEL, PIXEL_BYTES, WorkOrderCase

try:
    from jsonschema import Draft202012Validator
except ImportError:  # a test dependency
    Draft202012Validator = None


@tagged("post_install", "-at_install")
class TestWorkOrder(WorkOrderCase):
    """What a till takes in for the workshop."""

    # -- taking in --------------------------------------------------------------------

    def test_an_item_in_words(self):
        repair = self.take_in(serial="OM-77", fault="Does not tick\nGlass is cracked")
        self.assertEqual(repair.partner_id, self.ana)
        self.assertEqual(repair.state, "confirmed")
        self.assertEqual(repair.customer_item, "Grandfather's watch, serial no. OM-77")
        self.assertFalse(repair.product_id)
        self.assertFalse(repair.user_id, "who takes it in does not repair it")
        self.assertFalse(repair.sale_order_id)
        self.assertEqual(repair.company_id, self.config.company_id)
        ticket = repair.with_user(self.cashier).customer_repair_ticket(self.config.id)
        self.assertEqual(ticket["fault"], "Does not tick\nGlass is cracked")
        self.assertEqual(ticket["name"], repair.name)
        self.assertEqual(ticket["customer"], "Ana Student")
        self.assertEqual(ticket["item"], repair.customer_item)
        self.assertEqual(repair._customer_channel(), repair.customer_item)
        self.assertEqual((ticket["date"], ticket["price"]), ("", False))

    def test_texts_are_no_markup(self):
        repair = self.take_in(fault="<img src=x onerror=alert(1)> & more")
        self.assertNotIn("<img", repair.internal_notes)
        ticket = repair.with_user(self.cashier).customer_repair_ticket(self.config.id)
        self.assertEqual(ticket["fault"], "<img src=x onerror=alert(1)> & more")

    def test_a_product_with_its_serial_number(self):
        first = self.take_in(product_id=self.watch.id, item="", serial="SN-1")
        self.assertEqual(first.product_id, self.watch)
        self.assertEqual(first.lot_id.name, "SN-1")
        self.assertFalse(first.customer_item)
        again = self.take_in(product_id=self.watch.id, item="", serial=" SN-1 ")
        self.assertEqual(again.lot_id, first.lot_id)
        without = self.take_in(product_id=self.watch.id, item="Till Watch")
        self.assertFalse(without.lot_id)
        self.assertFalse(without.customer_item)

    def test_photos(self):
        repair = self.take_in(photos=[PIXEL, PIXEL])
        photos = repair._customer_photos()
        self.assertEqual(len(photos), 2)
        self.assertEqual(photos[0].raw, PIXEL_BYTES)
        self.assertTrue(photos[0].name.endswith(".png"))
        self.assertIn(photos[0], repair.message_ids.attachment_ids)

    def test_the_agreed_day_is_the_day_everywhere(self):
        day = fields.Date.today() + timedelta(days=9)
        for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
            here = self.repairs.with_user(self.cashier).with_context(tz=zone)
            ticket = here.customer_repair_create(
                self.work_order(date=day.isoformat()), str(uuid4()), self.config.id
            )
            self.assertEqual(ticket["date"], day.isoformat(), zone)

    def test_an_agreed_price_is_the_labour_on_the_order(self):
        repair = self.take_in(price=45)
        line = repair.sale_order_id.order_line
        self.assertEqual(line.product_id, self.labour)
        self.assertEqual((line.price_unit, line.discount), (45, 0))
        self.assertEqual(repair.sale_order_id.state, "draft")
        self.assertEqual(repair.sale_order_id.partner_id, self.ana)

    def test_an_agreed_price_holds_its_taxes_as_the_till_shows_it(self):
        tax = self.env["account.tax"].create(
            {
                "name": "21 %",
                "amount": 21,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        self.labour.taxes_id = tax
        self.assertAlmostEqual(self.take_in(price=121).sale_order_id.amount_total, 121)
        self.config.iface_tax_included = "subtotal"
        order = self.take_in(price=100).sale_order_id
        self.assertAlmostEqual(order.amount_total, 121)
        tax.price_include_override = "tax_included"
        self.config.iface_tax_included = "total"
        self.assertAlmostEqual(self.take_in(price=121).sale_order_id.amount_total, 121)
        # one tax in the price, another on top of it
        self.labour.taxes_id |= tax.copy(
            {"amount": 5, "price_include_override": "tax_excluded"}
        )
        self.assertAlmostEqual(self.take_in(price=121).sale_order_id.amount_total, 121)

    def test_new_prices_leave_an_agreed_price_alone(self):
        repair = self.take_in(price=45)
        order = repair.sale_order_id
        part = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.spring.id, "price_unit": 99}
        )
        order.action_customer_update_prices()
        labour = order.order_line - part
        self.assertEqual((labour.price_unit, labour.discount), (45, 0))
        self.assertEqual(part.price_subtotal, 13.5, "the part has its price anew")

    def test_agreed_in_the_currency_of_the_till(self):
        foreign = self.env["res.currency"].create({"name": "TIL", "symbol": "T"})
        self.env["res.currency.rate"].create({"currency_id": foreign.id, "rate": 2})
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": foreign.id}
        )
        self.bo.specific_property_product_pricelist = pricelist
        order = self.take_in(partner_id=self.bo.id, price=45).sale_order_id
        self.assertEqual(order.currency_id, self.config.currency_id)
        self.assertEqual(order.amount_total, 45)
        repair = self.take_in(partner_id=self.bo.id)
        self.finish(repair)
        repair.action_create_sale_order()
        self.assertEqual(repair._customer_ticket()["currency"], "TIL")

    # -- once -------------------------------------------------------------------------

    def test_the_same_work_order_twice_makes_one(self):
        uuid = str(uuid4())
        first = self.take_in(uuid, price=30, photos=[PIXEL])
        again = self.take_in(uuid.upper(), price=30, photos=[PIXEL])
        self.assertEqual(again, first)
        self.assertEqual(len(first._customer_photos()), 1)
        self.assertEqual(len(first.sale_order_id.order_line), 1)

    def test_the_same_work_order_with_other_values_says_so(self):
        uuid = str(uuid4())
        model = self.repairs.with_user(self.cashier)

        def send(**values):
            return model.customer_repair_create(
                self.work_order(**values), uuid, self.config.id
            )

        first = send(price=30, photos=[PIXEL])
        self.assertFalse(first["changed"])
        self.assertEqual(send(photos=[PIXEL], price=30), first)
        for values in ({"price": 40, "photos": [PIXEL]}, {"price": 30}, {"price": "x"}):
            again = send(**values)
            self.assertEqual(again, {**first, "changed": True})
        self.assertEqual(again["price"], 30)

    # -- refusals -----------------------------------------------------------------------

    def test_values_that_say_nothing(self):
        for values, part in (
            ({"item": " "}, "what the customer brings"),
            ({"fault": ""}, "what is to be done"),
            ({"partner_id": False}, "customer of the repair"),
            ({"partner_id": "1"}, "given by ids"),
            ({"partner_id": 2**30}, "deleted meanwhile"),
            ({"product_id": 2**40}, "given by ids"),
            ({"price": -1}, "no amount"),
            ({"price": True}, "no amount"),
            ({"price": float("nan")}, "no amount"),
            ({"date": "tomorrow"}, "no day"),
            ({"date": 5}, "no day"),
            ({"photos": ["no picture"]}, "picture"),
            ({"photos": ["PHN2Zz48L3N2Zz4="]}, "picture"),
            ({"photos": "x"}, "up to 5"),
            ({"photos": [PIXEL] * 6}, "up to 5"),
            ({"fault": ["x"]}, "must be texts"),
            ({"state": "done"}, "names of its values"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, part):
                self.take_in(**values)

    def test_a_blocked_customer_is_refused_before(self):
        self.block(self.bo)
        with self.assertRaisesRegex(UserError, "Bo Plain is blocked: Unpaid"):
            self.take_in(partner_id=self.bo.id)
        self.assertFalse(self.repairs.search([("partner_id", "=", self.bo.id)]))

    def test_a_colleague_allows_it_for_a_blocked_customer(self):
        self.block(self.bo)
        uuid = str(uuid4())
        self.bo.with_user(self.chief).customer_override_block(f"repair:{uuid}")
        repair = self.take_in(uuid, partner_id=self.bo.id, price=30)
        self.assertEqual(
            repair.with_user(self.cashier).customer_repair_deposit(self.config.id),
            repair.sale_order_id.id,
        )
        with self.assertRaisesRegex(UserError, "is blocked"):
            self.take_in(partner_id=self.bo.id)

    def test_what_is_allowed_for_a_sale_is_not_for_a_repair(self):
        self.block(self.bo)
        uuid = str(uuid4())
        partner = self.bo.with_user(self.chief)
        partner.customer_override_block(uuid)
        self.assertFalse(partner.customer_check_pos(order_uuid=uuid)["blocked"])
        with self.assertRaisesRegex(UserError, "is blocked"):
            self.take_in(uuid, partner_id=self.bo.id)
        uuid = str(uuid4())
        partner.customer_override_block(f"repair:{uuid}")
        self.assertTrue(partner.customer_check_pos(order_uuid=uuid)["blocked"])
        self.take_in(uuid, partner_id=self.bo.id)
        with self.assertRaisesRegex(UserError, "not a UUID"):
            partner.customer_override_block("repair:x")

    def test_no_price_without_a_service_for_labour(self):
        self.config.customer_labour_product_id = False
        with self.assertRaisesRegex(UserError, "settings of the till"):
            self.take_in(price=10)

    def test_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        repair = self.take_in()
        repair.flush_recordset()
        self.env.cr.execute(
            "UPDATE repair_order SET company_id = %s WHERE id = %s",
            [company.id, repair.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "another company"):
            repair.with_user(self.cashier).customer_repair_ticket(self.config.id)

    def test_users_without_the_till(self):
        seller = new_test_user(
            self.env,
            "seller",
            groups="base.group_user,customer_base.group_customer_user",
        )
        with self.assertRaisesRegex(AccessError, "Point of Sale: User"):
            self.take_in(user=seller)

    # -- deposit and collection ---------------------------------------------------------

    def collect(self, repair):
        return repair.with_user(self.cashier).customer_repair_collect(self.config.id)

    def test_collect_before_it_is_repaired(self):
        with self.assertRaisesRegex(UserError, "not repaired yet"):
            self.collect(self.take_in(price=10))

    def test_collect_parts_and_labour(self):
        repair = self.take_in(price=45)
        self.labour.invoice_policy = "delivery"
        self.finish(repair, parts=2)
        repair.sale_order_id.action_confirm()
        order = self.env["sale.order"].browse(self.collect(repair))
        self.assertEqual(order, repair.sale_order_id)
        self.assertEqual(
            [(line.product_id, line.qty_to_invoice) for line in order.order_line],
            [(self.labour, 1), (self.spring, 2)],
        )
        # the parts at the price of her type, the labour as agreed
        self.assertEqual(order.amount_unpaid, 45 + 2 * 13.5)
        self.assertEqual(self.collect(repair), order.id)

    def test_paid_at_another_till(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        self.finish(repair, parts=0)
        order = self.env["sale.order"].browse(self.collect(repair))
        here = self.repairs.with_user(self.cashier)
        self.assertEqual(here.customer_repairs_paid(order.ids, self.config.id), [])
        self.sell(session, order, order.order_line)
        self.assertEqual(
            here.customer_repairs_paid(order.ids, self.config.id), [repair.name]
        )
        with self.assertRaisesRegex(UserError, "is paid already"):
            self.collect(repair)
        with self.assertRaisesRegex(UserError, "list of ids"):
            here.customer_repairs_paid("x", self.config.id)

    def test_paid_in_advance(self):
        session = self.open_till()
        repair = self.take_in(price=20)
        here = repair.with_user(self.cashier)
        order = self.env["sale.order"].browse(
            here.customer_repair_deposit(self.config.id)
        )
        self.sell(session, order)
        self.assertEqual(order.amount_unpaid, 0)
        with self.assertRaisesRegex(UserError, "no more deposit"):
            here.customer_repair_deposit(self.config.id)
        # the deposit is not yet deducted: the till does it on collection
        self.finish(repair, parts=0)
        self.assertEqual(self.collect(repair), order.id)

    def test_collect_without_an_agreed_price(self):
        repair = self.take_in()
        self.finish(repair)
        order = self.env["sale.order"].browse(self.collect(repair))
        self.assertEqual(order.order_line.product_id, self.spring)
        self.assertEqual(order.amount_unpaid, 13.5)

    def test_nothing_to_pay(self):
        repair = self.take_in()
        self.finish(repair, parts=0)
        with self.assertRaisesRegex(UserError, "can be handed over"):
            self.collect(repair)

    def test_a_cancelled_order_is_not_paid(self):
        repair = self.take_in(price=10)
        self.finish(repair)
        repair.sale_order_id._action_cancel()
        with self.assertRaisesRegex(UserError, "is cancelled"):
            self.collect(repair)

    def test_deposit_needs_an_agreed_price(self):
        repair = self.take_in().with_user(self.cashier)
        with self.assertRaisesRegex(UserError, "No price is agreed"):
            repair.customer_repair_deposit(self.config.id)

    def test_no_deposit_on_a_finished_repair(self):
        repair = self.take_in(price=10)
        self.finish(repair)
        with self.assertRaisesRegex(UserError, "no deposit is taken"):
            repair.with_user(self.cashier).customer_repair_deposit(self.config.id)

    def test_collection_of_a_blocked_customer(self):
        repair = self.take_in(partner_id=self.bo.id, price=10)
        self.finish(repair)
        self.block(self.bo)
        with self.assertRaisesRegex(UserError, "Bo Plain is blocked"):
            self.collect(repair)
        self.bo.with_user(self.chief).customer_override_block(
            f"repair:{repair._customer_uuid()}"
        )
        self.assertEqual(self.collect(repair), repair.sale_order_id.id)

    # -- card -------------------------------------------------------------------------

    def assertFits(self, card):
        if Draft202012Validator is None:
            raise unittest.SkipTest("jsonschema is not installed")
        with file_open("customer_base/static/schema/customer_card.schema.json") as file:
            validator = Draft202012Validator(json.load(file))
        errors = validator.iter_errors(json.loads(json.dumps(card)))
        self.assertFalse([f"{error.json_path}: {error.message}" for error in errors])

    def test_repairs_on_the_card(self):
        done = self.take_in(price=45)
        self.finish(done, parts=0)
        waiting = self.take_in(price=20, item="Alarm clock")
        bare = self.take_in()
        card = self.ana.with_user(self.cashier).customer_card(self.config.id)
        self.assertFits(card)
        rows = {row["id"]: row["till"] for row in card["repairs"]}
        self.assertEqual(set(rows), {done.id, waiting.id, bare.id})
        self.assertEqual(rows[waiting.id]["item"], "Alarm clock")
        self.assertEqual(
            {
                repair: tuple(
                    rows[repair.id][key] for key in ("due", "deposit", "collect")
                )
                for repair in (done, waiting, bare)
            },
            {
                done: (45, False, True),
                waiting: (20, True, False),
                bare: (False, False, False),
            },
        )
        self.assertFalse(any(row["paid"] for row in rows.values()))

    def test_nothing_of_the_till_on_the_card_of_others(self):
        self.take_in(price=45)
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="base.group_user,customer_base.group_customer_user",
        )
        card = self.ana.with_user(clerk).customer_card(self.config.id)
        self.assertFits(card)
        self.assertNotIn("till", card["repairs"][0])

    # -- messages ---------------------------------------------------------------------

    def test_messages_about_a_repair(self):
        self.ana.write({"phone": "+31 6 12345678", "lang": "en_US"})
        repair = self.take_in(serial="OM-77")
        customer = self.ana.with_user(self.cashier)
        answer = customer.customer_messages(f"repair.order,{repair.id}")
        texts = {row["code"]: row["text"] for row in answer["messages"]}
        self.assertEqual(
            texts["repair-received"],
            f"{repair.name}: Grandfather's watch, serial no. OM-77",
        )
        url = customer.customer_whatsapp_url(document=f"repair.order,{repair.id}")
        self.assertIn("https://wa.me/31612345678?text=", url)

    def test_no_messages_about_repairs_of_others(self):
        repair = self.take_in(partner_id=self.bo.id)
        customer = self.ana.with_user(self.cashier)
        with self.assertRaisesRegex(UserError, "of another customer"):
            customer.customer_messages(f"repair.order,{repair.id}")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        repair.flush_recordset()
        self.env.cr.execute(
            "UPDATE repair_order SET company_id = %s WHERE id = %s",
            [company.id, repair.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, "another company"):
            self.bo.with_user(self.cashier).customer_messages(
                f"repair.order,{repair.id}"
            )

    def test_no_messages_about_repairs_for_those_who_see_none(self):
        repair = self.take_in()
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="base.group_user,customer_base.group_customer_user",
        )
        with self.assertRaises(AccessError):
            self.ana.with_user(clerk).customer_messages(f"repair.order,{repair.id}")

    # -- the whole life of the data -------------------------------------------------------

    def test_export_and_erasure(self):
        repair = self.take_in(photos=[PIXEL])
        exported = self.ana._customer_export()["work_orders"]
        self.assertEqual(exported[0]["item"], "Grandfather's watch")
        self.assertEqual(
            (exported[0]["fault"], exported[0]["photos"]), ("Does not tick", 1)
        )
        plan = {
            (row["model"], row["field"]): (row["ids"], row["action"])
            for row in self.ana._customer_erasure_plan()
        }
        self.assertEqual(plan["repair.order", "customer_item"], (repair.ids, "mask"))
        self.assertEqual(
            plan["ir.attachment", "res_id"], (repair._customer_photos().ids, "delete")
        )

    def test_a_cashier_has_no_right_to_orders_and_repairs(self):
        order = self.take_in(price=10).sale_order_id
        for records in (order, order.order_line):
            for operation in ("read", "write", "create", "unlink"):
                mine = records.with_user(self.cashier)
                self.assertFalse(mine.has_access(operation), operation)
        self.assertFalse(self.repairs.with_user(self.cashier).has_access("read"))

    def test_settings(self):
        service = self.env["product.product"].create(
            {"name": "Workshop hour", "type": "service"}
        )
        settings = self.env["res.config.settings"].create(
            {"pos_config_id": self.config.id}
        )
        settings.pos_customer_labour_product_id = service
        self.assertEqual(self.config.customer_labour_product_id, service)
        line = self.take_in(price=10).sale_order_id.order_line
        self.assertEqual(line.product_id, service)
        self.assertEqual(line.tax_ids, service.taxes_id)
