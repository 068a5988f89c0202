from odoo.fields import Command
from odoo.tests import tagged

from .common import WorkOrderCase


class WorkOrderTourCase(WorkOrderCase):
    def finish_in(self, env):
        """The workshop adds a spring to the latest repair and finishes it."""
        self.finish(env["repair.order"].search([], order="id DESC", limit=1))

    def latest(self):
        return self.repairs.search([], order="id DESC", limit=1)

    def run_with_workshop(self, tour):
        with self.meanwhile(finish=self.finish_in):
            self.run_pos_tour(tour)


@tagged("post_install", "-at_install")
class TestWorkOrderTour(WorkOrderTourCase):
    """Journeys of repairs through a real till, by a cashier with no other right."""

    def keep_books(self):
        """Prices hold 21 % of tax, and each thing sold has an account of its own.

        :return: the accounts by name
        """
        accounts = {
            name: self.env["account.account"].create(
                {"name": name, "code": f"TILL.{number}", "account_type": kind}
            )
            for number, (name, kind) in enumerate(
                (
                    ("tax", "liability_current"),
                    ("deposits", "liability_current"),
                    ("labour", "income"),
                    ("parts", "income"),
                )
            )
        }
        tax = self.env["account.tax"].create(
            {
                "name": "21 % included",
                "amount": 21,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                **{
                    f"{kind}_repartition_line_ids": [
                        Command.create({"repartition_type": "base"}),
                        Command.create(
                            {
                                "repartition_type": "tax",
                                "account_id": accounts["tax"].id,
                            }
                        ),
                    ]
                    for kind in ("invoice", "refund")
                },
            }
        )
        self.labour.write(
            {"taxes_id": tax.ids, "property_account_income_id": accounts["labour"].id}
        )
        self.spring.write(
            {"taxes_id": tax.ids, "property_account_income_id": accounts["parts"].id}
        )
        deposit = self.config.down_payment_product_id
        deposit.property_account_income_id = accounts["deposits"]
        receivable = self.company.account_default_pos_receivable_account_id
        return {**accounts, "receivable": receivable}

    def close(self, session, accounts):
        """:return: account, debit and credit of each line of the closing entry"""
        session = session.sudo()
        session.post_closing_cash_details(session.cash_register_balance_end)
        session.close_session_from_ui()
        self.assertEqual(session.state, "closed")
        names = {account: name for name, account in accounts.items()}
        return sorted(
            (names[line.account_id], line.debit, line.credit)
            for line in session.move_id.line_ids
        )

    def test_deposit_ready_collected_and_paid(self):
        accounts = self.keep_books()
        session = self.open_till()
        self.run_pos_tour("pos_customer_repair_deposit_tour")
        repair = self.latest()
        order = repair.sale_order_id
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual(len(repair._customer_photos()), 1)
        self.assertEqual((order.state, order.amount_unpaid), ("sale", 25))
        self.assertEqual(session.order_ids.amount_total, 20)
        self.assertEqual(
            self.close(session, accounts),
            [
                ("deposits", 0, 16.53),
                ("receivable", 20, 0),
                ("tax", 0, 3.47),
            ],
        )
        self.finish(repair)
        session = self.open_till()
        self.run_pos_tour("pos_customer_repair_collect_tour")
        self.assertEqual((order.amount_total, order.amount_unpaid), (60, 0))
        self.assertEqual(session.order_ids.amount_total, 40)
        self.assertEqual(session.order_ids.partner_id, self.bo)
        self.assertEqual(
            self.spring.stock_move_ids.repair_id, repair, "the repair moved the part"
        )
        self.assertEqual(len(self.spring.stock_move_ids), 1, "and the sale did not")
        self.assertEqual(
            self.close(session, accounts),
            [
                ("deposits", 16.53, 0),
                ("labour", 0, 37.19),
                ("parts", 0, 12.40),
                ("receivable", 40, 0),
                ("tax", 0, 10.41),
                ("tax", 3.47, 0),
            ],
        )

    def test_french(self):
        self.cashier.lang = "fr_FR"
        self.open_till()
        self.run_with_workshop("pos_customer_repair_french_tour")
        self.assertEqual(self.latest().sale_order_id.amount_unpaid, 0)

    def test_two_tills_collect_the_same_repair(self):
        session = self.open_till()
        repair = self.take_in(partner_id=self.bo.id, price=20)
        self.finish(repair, parts=0)

        def pay(env):
            order = env["repair.order"].browse(repair.id).sale_order_id
            self.sell(session, order, order.order_line)

        with self.meanwhile(pay=pay):
            self.run_pos_tour("pos_customer_repair_two_tills_tour")
        self.assertEqual(len(session.order_ids), 1)

    def test_paid_in_advance(self):
        session = self.open_till()
        repair = self.take_in(partner_id=self.bo.id, price=20)
        repair.with_user(self.cashier).customer_repair_deposit(self.config.id)
        self.sell(session, repair.sale_order_id)
        self.finish(repair, parts=0)
        self.run_pos_tour("pos_customer_repair_advance_tour")
        self.assertTrue(repair._customer_is_paid())
        self.assertEqual(session.order_ids.mapped("amount_total"), [0, 20])

    def test_who_pays_pays_what_was_agreed(self):
        self.labour.taxes_id = self.env["account.tax"].create(
            {
                "name": "21 %",
                "amount": 21,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        session = self.open_till()
        repair = self.take_in(partner_id=self.bo.id, price=100)
        # the daughter brought it, her mother pays
        repair.sale_order_id.partner_id = self.cleo
        self.finish(repair, parts=0)
        self.run_pos_tour("pos_customer_repair_payer_tour")
        self.assertEqual(session.order_ids.partner_id, self.cleo)
        self.assertEqual(session.order_ids.amount_total, 100)
        self.assertEqual(repair.partner_id, self.bo)

    def test_whatsapp(self):
        self.bo.write({"phone": "+31 6 12345678", "lang": "en_US"})
        self.take_in(partner_id=self.bo.id, item="Old clock")
        self.open_till()
        self.run_pos_tour("pos_customer_repair_whatsapp_tour")

    def test_kept_without_a_connection(self):
        self.open_till()
        self.run_pos_tour("pos_customer_repair_offline_tour")
        repair = self.latest()
        self.assertEqual(repair.partner_id, self.ana)
        self.assertEqual(repair.lot_id.name, "SN-9")

    def test_an_answer_that_came_too_late(self):
        self.open_till()
        self.run_pos_tour("pos_customer_repair_late_answer_tour")
        self.assertEqual(len(self.repairs.search([("partner_id", "=", self.bo.id)])), 1)

    def test_a_blocked_customer_is_refused_before(self):
        self.block(self.bo)
        self.open_till()
        self.run_pos_tour("pos_customer_repair_blocked_tour")
        self.assertFalse(self.repairs.search([("partner_id", "=", self.bo.id)]))


@tagged("post_install", "-at_install")
class TestWorkOrderPhone(WorkOrderTourCase):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_work_order(self):
        self.open_till()
        self.run_pos_tour("pos_customer_repair_phone_tour")
        self.assertEqual(self.latest().partner_id, self.bo)
