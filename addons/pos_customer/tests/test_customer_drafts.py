from unittest.mock import patch
from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.customer_base.tests.common import call_together

from .common import PosCustomerHttpCase
from .network import Network

ACCESS = "odoo.exceptions.AccessError"


class DraftCase(PosCustomerHttpCase):
    """A till that comes back with what it kept while there was no connection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_user(cls.cashier)

    def draft(self, uuid=None, **values):
        return {"uuid": uuid or str(uuid4()), "key": str(uuid4()), "values": values}

    def receive(self, draft):
        return self.partners.customer_receive_draft(draft)

    def sell(self, draft, **values):
        """:return: the order as the till sent it, and as the server has it"""
        sent = self.order_values(self.session, customer_draft=draft, **values)
        self.sync(sent)
        return sent, self.order(sent)

    def order(self, sent):
        return self.env["pos.order"].search([("uuid", "=", sent["uuid"])])

    def named(self, name):
        return self.env["res.partner"].search([("name", "=", name)])


@tagged("post_install", "-at_install")
class TestDraftInOrder(DraftCase):
    """An order arrives with its customer, and a paid sale is never refused for them."""

    def setUp(self):
        super().setUp()
        self.session = self.open_till()

    def test_an_order_comes_with_its_customer(self):
        draft = self.draft(
            name="Nora New", phone="+32 470 11 22 33", customer_code="NORA-1"
        )
        _sent, order = self.sell(draft)
        nora = order.partner_id
        self.assertEqual((nora.name, nora.customer_code), ("Nora New", "NORA-1"))
        self.assertEqual(nora.customer_uuid, draft["uuid"])
        self.assertTrue(nora.is_customer)
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.customer_draft_uuid, draft["uuid"])

    def test_the_same_request_twice(self):
        sent, order = self.sell(self.draft(name="Nora New"))
        nora = order.partner_id
        nora.phone = "+32 470 99 99 99"
        self.sync(sent)
        self.assertEqual(self.order(sent), order)
        self.assertEqual(self.named("Nora New"), nora)

    def test_two_orders_of_one_new_customer(self):
        draft = self.draft(name="Nora New")
        _sent, first = self.sell(draft)
        first.partner_id.name = "Nora Corrected"
        _sent, second = self.sell(draft)
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual(second.partner_id.name, "Nora Corrected")

    def test_the_answer_of_the_form_got_lost(self):
        draft = self.draft(name="Nora New", phone="+32 470 11 22 33")
        made = self.partners.customer_upsert(
            draft["values"], draft["uuid"], self.config.id, key=draft["key"]
        )
        nora = self.partners.browse(made)
        nora.phone = "+32 470 99 99 99"
        _sent, order = self.sell(draft)
        self.assertEqual(order.partner_id, nora)
        self.assertEqual(self.receive(draft)["partner_id"], made)
        self.assertEqual(nora.phone, "+32 470 99 99 99")

    def test_a_part_that_is_refused(self):
        draft = self.draft(
            name="Nora New", phone="+32 470 11 22 33", customer_code="ana-1"
        )
        _sent, order = self.sell(draft)
        nora = order.partner_id
        self.assertEqual((nora.name, nora.phone), ("Nora New", "+32 470 11 22 33"))
        self.assertNotEqual(nora.customer_code, "ana-1")
        self.assertEqual(order.state, "paid")
        answer = self.receive(draft)
        self.assertEqual(answer["partner_id"], nora.id)
        self.assertEqual(list(answer["refused"]), ["customer_code"])
        self.assertIn("Ana Student already has", answer["refused"]["customer_code"])

    def test_only_what_was_refused_is_tried_again(self):
        draft = self.draft(name="Nora New", city="Lyon", customer_code="ANA-1")
        self.receive(draft)
        nora = self.named("Nora New")
        nora.city = "Lille"
        self.ana.customer_code = "ANA-2"
        answer = self.receive(draft)
        self.assertEqual(answer["refused"], {})
        self.assertEqual((nora.customer_code, nora.city), ("ANA-1", "Lille"))
        nora.customer_code = "NORA-2"
        self.receive(draft)
        self.assertEqual(nora.customer_code, "NORA-2")

    def test_nobody_can_be_made_of_it(self):
        draft = self.draft(phone="+32 470 11 22 33")
        sent, order = self.sell(draft, to_invoice=True)
        self.assertEqual((order.state, order.amount_paid), ("paid", 20))
        self.assertFalse(order.partner_id)
        self.assertFalse(order.to_invoice)
        answer = self.receive(draft)
        self.assertFalse(answer["partner_id"])
        self.assertTrue(answer["error"])
        # the cashier adds the name
        better = self.draft(draft["uuid"], phone="+32 470 11 22 33", name="Nora New")
        answer = self.receive(better)
        self.assertEqual(answer["partner_id"], self.named("Nora New").id)
        self.assertEqual(self.order(sent).partner_id, self.named("Nora New"))

    def test_a_customer_who_was_forgotten_is_not_made_again(self):
        draft = self.draft(name="Nora New")
        self.receive(draft)
        self.named("Nora New").unlink()
        _sent, order = self.sell(draft)
        self.assertEqual(order.state, "paid")
        self.assertFalse(order.partner_id)
        self.assertFalse(self.named("Nora New"))
        self.assertIn("deleted", self.receive(draft)["error"])

    def test_a_customer_who_was_merged_meanwhile(self):
        draft = self.draft(name="Nora New")
        self.receive(draft)
        nora = self.named("Nora New")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (nora | self.bo).ids, self.bo, extra_checks=False
        )
        _sent, order = self.sell(draft)
        self.assertEqual(order.partner_id, self.bo)

    def test_a_draft_order_changes_its_customer(self):
        sent = self.order_values(
            self.session,
            state="draft",
            partner_id=self.ana.id,
            payment_ids=[],
            amount_paid=0,
        )
        self.sync(sent)
        self.assertEqual(self.order(sent).partner_id, self.ana)
        again = dict(sent, lines=[], customer_draft=self.draft(name="Nora New"))
        del again["partner_id"]
        self.sync(again)
        self.assertEqual(self.order(sent).partner_id, self.named("Nora New"))

    def test_an_invoice_to_the_new_customer(self):
        _sent, order = self.sell(
            self.draft(name="Nora Ltd", is_company=True), to_invoice=True
        )
        self.assertEqual(order.account_move.partner_id, self.named("Nora Ltd"))

    def test_a_visitor_at_a_kiosk_makes_nobody(self):
        draft = self.draft(name="Nora New")
        sent = self.order_values(
            self.session,
            customer_draft=draft,
            customer_draft_uuid=self.ana.customer_uuid,
        )
        # what core's kiosk does with an order that came without a login
        self.env["pos.order"].with_user(self.cashier).sudo().sync_from_ui([sent])
        self.assertFalse(self.order(sent).partner_id)
        self.assertFalse(self.named("Nora New"))

    def test_a_customer_who_was_taken_off(self):
        """Nobody puts them on the order again."""
        draft = self.draft(phone="+32 470 11 22 33")
        sent, _order = self.sell(draft, state="draft", payment_ids=[], amount_paid=0)
        self.sync(dict(sent, lines=[], customer_draft=None, customer_draft_uuid=False))
        answer = self.receive(self.draft(draft["uuid"], name="Nora New"))
        self.assertTrue(answer["partner_id"])
        self.assertFalse(self.order(sent).partner_id)

    def test_a_call_that_collides_is_run_again(self):
        sent = self.order_values(self.session, customer_draft=self.draft(name="Nora"))
        orders = self.env["pos.order"].with_user(self.cashier)
        with (
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
            patch.object(
                self.registry["pos.order"],
                "_process_order",
                side_effect=ConcurrencyError,
            ),
        ):
            orders.sync_from_ui([sent])
        self.assertFalse(self.named("Nora"))
        orders.sync_from_ui([sent])
        self.assertEqual(self.order(sent).partner_id.name, "Nora")

    def test_drafts_that_no_till_sends(self):
        uuid = str(uuid4())
        for draft in (
            "x",
            5,
            True,
            ["name"],
            {"name": "Nora New"},
            {"uuid": uuid},
            {"uuid": "x", "key": uuid, "values": {"name": "A"}},
            {"uuid": uuid, "key": None, "values": {"name": "A"}},
            {"uuid": uuid, "key": uuid, "values": ["name"]},
            {"uuid": uuid, "key": uuid, "values": {}},
            {"uuid": uuid, "key": uuid, "values": {"name": False}},
            {"uuid": uuid, "key": uuid, "values": {"name": ["A"]}},
            {"uuid": [uuid], "key": {}, "values": {"name": "A"}},
        ):
            with self.subTest(draft=draft), mute_logger("odoo.sql_db"):
                _sent, order = self.sell(draft)
                self.assertEqual(order.state, "paid")
                self.assertEqual(order.amount_paid, 20)
                self.assertFalse(order.partner_id.name == "A")

    def test_values_that_nobody_types(self):
        for name, value in (
            ("user_ids", [[6, 0, [2]]]),
            ("is_customer", False),
            ("company_id", 1),
            ("no_such_field", 1),
            ("country_id", 2**40),
            ("country_id", 2**31 - 1),
            ("customer_type_id", self.staff.id),
            ("customer_type_until", "tomorrow"),
            ("customer_sensitive_note", "nuts"),
            ("parent_id", {"id": 1}),
            ("phone", {"number": 1}),
            ("zip", "12\x0034"),
            ("category_id", "all"),
        ):
            with (
                self.subTest(name=name, value=value),
                mute_logger(
                    "odoo.sql_db", "odoo.addons.pos_customer.models.res_partner_draft"
                ),
            ):
                draft = self.draft(name="Nora New", city="Lyon", **{name: value})
                _sent, order = self.sell(draft)
                self.assertEqual(order.state, "paid")
                self.assertEqual(order.partner_id.name, "Nora New")
                self.assertEqual(order.partner_id.city, "Lyon")
                self.assertTrue(order.partner_id.is_customer)
                refused = self.receive(draft)["refused"]
                self.assertEqual(list(refused), [name])
                self.assertTrue(refused[name])

    def test_nothing_of_the_customer_in_the_log(self):
        with self.assertLogs("odoo", "DEBUG") as logs:
            self.sell(self.draft(name="Zzyzx", phone="+32470112233", zip="1\x00"))
        server = [
            record.getMessage()
            for record in logs.records
            if not record.name.startswith("odoo.sql_db")
        ]
        self.assertNotIn("Zzyzx", str(server))
        self.assertNotIn("470112233", str(server))


@tagged("post_install", "-at_install")
class TestDraftAlone(DraftCase):
    """Customers who bought nothing go by themselves."""

    def test_made_once(self):
        draft = self.draft(name="Nora New")
        answer = self.receive(draft)
        self.assertEqual(
            answer,
            {"partner_id": self.named("Nora New").id, "refused": {}, "error": ""},
        )
        self.assertEqual(self.receive(draft), answer)

    def test_a_change_touches_what_was_typed_and_nothing_else(self):
        self.bo.write({"phone": "+32 470 11 22 33", "city": "Lyon"})
        draft = self.draft(self.bo.customer_uuid, phone="+32 470 99 99 99")
        self.bo.city = "Lille"  # in the back office, meanwhile
        self.receive(draft)
        self.assertEqual((self.bo.phone, self.bo.city), ("+32 470 99 99 99", "Lille"))
        self.bo.phone = "+32 470 55 55 55"
        self.receive(draft)
        self.assertEqual(self.bo.phone, "+32 470 55 55 55")

    def test_a_change_of_a_merged_customer(self):
        uuid = self.ana.customer_uuid
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.ana | self.bo).ids, self.bo, extra_checks=False
        )
        self.receive(self.draft(uuid, phone="+32 470 99 99 99"))
        self.assertEqual(self.bo.phone, "+32 470 99 99 99")

    def test_a_change_of_a_customer_whom_the_user_may_not_edit(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        uuid = self.bo.customer_uuid
        self.bo.company_id = other
        answer = self.receive(self.draft(uuid, phone="+32 470 99 99 99"))
        self.assertFalse(answer["partner_id"])
        self.assertTrue(answer["error"])
        self.assertFalse(self.bo.phone)

    def test_a_phone_keeps_its_country(self):
        belgium = self.env.ref("base.be").id
        draft = self.draft(
            name="Nora New",
            phone="0470 11 22 33",
            phone_country_id=belgium,
            customer_code="ANA-1",
        )
        self.receive(draft)
        self.assertEqual(self.named("Nora New").phone, "+32 470 11 22 33")

    # -- two who are one ------------------------------------------------------------

    def test_two_tills_and_one_phone_are_two_customers_to_check(self):
        first, second = (
            self.receive(self.draft(name=name, phone="+32 470 11 22 33"))["partner_id"]
            for name in ("Nora New", "Norah New")
        )
        self.assertNotEqual(first, second)
        pair = self.env["customer.duplicate"].search([("partner_id", "=", second)])
        self.assertEqual((pair.other_id.id, pair.source), (first, "pos"))

    def test_two_tills_and_one_email_where_it_is_unique(self):
        self.company.customer_email_unique = True
        first = self.receive(self.draft(name="Nora New", email="nora@example.com"))
        second = self.draft(
            name="Nora New",
            email="Nora@Example.com",
            city="Lyon",
            customer_code="CARD-7",
        )
        answer = self.receive(second)
        self.assertEqual(answer["partner_id"], first["partner_id"])
        nora = self.named("Nora New")
        self.assertEqual((len(nora), nora.city), (1, "Lyon"))
        # what differs is for a person to decide, at the till that typed it
        self.assertEqual(list(answer["refused"]), ["customer_code"])
        # the UUID of the second till leads to them from now on
        self.assertEqual(self.partners._customer_of_uuid(second["uuid"]), nora)
        self.assertEqual(self.receive(self.draft(second["uuid"]))["refused"], {})

    def test_an_email_that_is_not_unique_unites_nobody(self):
        first, second = (
            self.receive(self.draft(name="Nora New", email="nora@example.com"))
            for _i in range(2)
        )
        self.assertNotEqual(first["partner_id"], second["partner_id"])

    # -- over the wire ----------------------------------------------------------------

    def test_over_the_wire(self):
        draft = self.draft(name="Nora New")
        self.authenticate("cashier", "cashier")
        answer, _error = self.rpc("customer_receive_draft", draft)
        self.assertEqual(answer["partner_id"], self.named("Nora New").id)

    def test_others_may_not(self):
        new_test_user(
            self.env, "stranger", password="stranger", groups="base.group_user"
        )
        self.authenticate("stranger", "stranger")
        _answer, error = self.rpc("customer_receive_draft", self.draft(name="Nora New"))
        self.assertEqual(error["name"], ACCESS)
        self.assertFalse(self.named("Nora New"))

    def test_keys_are_nobodys(self):
        self.authenticate("admin", "admin")
        for method, args in (
            ("search_read", [[]]),
            ("create", [{"key": str(uuid4())}]),
        ):
            _result, error = self.rpc(method, *args, model="customer.upsert.key")
            self.assertEqual(error["name"], ACCESS)

    def test_old_keys_are_forgotten(self):
        keys = self.env["customer.upsert.key"]
        self.receive(self.draft(name="Nora New"))
        old = self.draft(name="Otto Old")
        self.receive(old)
        keys._find(old["key"]).at = "2020-01-01 00:00:00"
        count = keys.search_count([])
        keys._gc_keys()
        self.assertEqual(keys.search_count([]), count - 1)
        self.assertFalse(keys._find(old["key"]))


@tagged("post_install", "-at_install")
class TestDraftTogether(TransactionCase):
    """One draft twice at the same time, each time with a connection of its own.

    As the server runs them: in a transaction each, repeated when they collide. Nothing
    of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def test_two_at_the_same_time(self):
        draft = {
            "uuid": str(uuid4()),
            "key": str(uuid4()),
            "values": {"name": "Nora Together"},
        }

        def receive(env):
            return env["res.partner"].customer_receive_draft(draft)

        try:
            answers, errors = call_together(self.registry, receive, receive)
            self.assertFalse(errors)
            self.assertEqual(len(answers), 2)
            self.assertEqual(answers[0], answers[1])
            self.assertTrue(answers[0]["partner_id"])
            with self.registry.cursor() as cr:
                partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
                self.assertEqual(
                    partners.search([("name", "=", "Nora Together")]).ids,
                    [answers[0]["partner_id"]],
                )
        finally:
            self.clean(draft)

    def clean(self, draft):
        with self.registry.cursor() as cr:
            partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
            partners.search([("name", "=", "Nora Together")]).unlink()
            for table, column, value in (
                ("customer_journal", "subject_uuid", draft["uuid"]),
                ("customer_subject", "uuid", draft["uuid"]),
                ("customer_upsert_key", "key", draft["key"]),
            ):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        value,
                    )
                )


@tagged("post_install", "-at_install")
class TestOffline(DraftCase):
    """A real till whose wire is cut at the server."""

    def run_tour_offline(self, name):
        self.open_till()
        with Network(), mute_logger("odoo.addons.bus.websocket"):
            self.run_pos_tour(name, timeout=180)

    def test_cut_in_the_middle_of_a_creation_then_reloaded_then_mended(self):
        self.run_tour_offline("pos_customer_cut_in_creation_tour")
        nora = self.named("Nora New")
        self.assertEqual(len(nora), 1)
        self.assertEqual((nora.phone, nora.city), ("+32 470 11 22 33", "Lyon"))
        self.assertEqual(self.bo.phone, "+32 470 99 99 99")

    def test_a_sale_to_a_new_customer(self):
        self.run_tour_offline("pos_customer_offline_sale_tour")
        nora = self.named("Nora New")
        self.assertEqual(len(nora), 1)
        self.assertEqual(nora.customer_code, "NORA-1")
        self.assertEqual(nora.customer_type_id, self.student)
        order = self.env["pos.order"].search([("config_id", "=", self.config.id)])
        self.assertEqual((order.partner_id, order.state), (nora, "paid"))
        self.assertEqual(order.amount_total, 18)

    def test_answers_that_get_lost(self):
        self.run_tour_offline("pos_customer_lost_answer_tour")
        self.assertEqual(len(self.named("Nora New")), 1)
        olga = self.named("Olga Order")
        self.assertEqual(len(olga), 1)
        orders = self.env["pos.order"].search(
            [("config_id", "=", self.config.id), ("state", "=", "paid")]
        )
        self.assertEqual(orders.mapped("partner_id"), olga)
        self.assertEqual(len(orders), 1)
