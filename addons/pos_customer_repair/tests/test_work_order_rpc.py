from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.customer_base.tests.common import call_together

from .common import WorkOrderCase


@tagged("post_install", "-at_install")
class TestWorkOrderRpc(WorkOrderCase):
    """Work orders over the wire of a real client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger-password", groups="base.group_user"
        )

    def call(self, method, *args, **kwargs):
        return self.rpc(method, *args, model="repair.order", **kwargs)

    def send(self, uuid=None, **values):
        return self.call(
            "customer_repair_create",
            values=self.work_order(**values),
            uuid=uuid or str(uuid4()),
            config_id=self.config.id,
        )

    def test_a_cashier_takes_in_once(self):
        self.authenticate("cashier", "cashier")
        uuid = str(uuid4())
        first, error = self.send(uuid, price=20)
        self.assertFalse(error)
        again, error = self.send(uuid, price=20)
        self.assertFalse(error)
        self.assertEqual(again, first)
        repairs = self.repairs.search([("customer_request_uuid", "=", uuid)])
        self.assertEqual(len(repairs), 1)

    def test_refused_to_those_who_sell_at_no_till(self):
        repair = self.take_in(price=20)
        count = self.repairs.search_count([])
        for login in ("stranger", "mechanic"):
            self.authenticate(login, f"{login}-password")
            answers = [
                self.send(),
                self.call(
                    "customer_repairs_paid", repair.sale_order_id.ids, self.config.id
                ),
                *(
                    self.call(method, repair.ids, self.config.id)
                    for method in (
                        "customer_repair_ticket",
                        "customer_repair_deposit",
                        "customer_repair_collect",
                    )
                ),
            ]
            for result, error in answers:
                self.assertIsNone(result)
                self.assertEqual(error.get("name"), "odoo.exceptions.AccessError")
                self.assertTrue(error["message"])
        self.assertEqual(self.repairs.search_count([]), count)
        self.assertEqual(repair.sale_order_id.state, "draft")

    def test_malformed_calls_get_a_sentence(self):
        self.authenticate("cashier", "cashier")
        repair = self.take_in()
        for answer in (
            self.send("no uuid"),
            self.call("customer_repair_create", None, str(uuid4()), self.config.id),
            self.call("customer_repair_create", self.work_order(), str(uuid4()), "x"),
            self.call("customer_repair_create", self.work_order(), str(uuid4()), 2**30),
            self.call("customer_repair_ticket", [2**30], self.config.id),
            self.call("customer_repair_ticket", repair.ids, None),
        ):
            result, error = answer
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), "odoo.exceptions.UserError", error)

    def test_helpers_are_private(self):
        self.authenticate("cashier", "cashier")
        repair = self.take_in()
        for method in ("_customer_repair_at", "_customer_order_to_pay"):
            result, error = self.call(method, repair.ids, self.config.id)
            self.assertIsNone(result)
            self.assertTrue(error)

    def test_the_workshop_takes_over_no_request(self):
        self.authenticate("mechanic", "mechanic-password")
        repair, bare = self.take_in(), self.take_in()
        bare.customer_request_uuid = False
        uuid = str(uuid4())
        values = {"partner_id": self.ana.id, "customer_request_uuid": uuid}
        for result, error in (
            self.call("create", [values]),
            self.call("write", bare.ids, {"customer_request_uuid": uuid}),
        ):
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError")
        made, error = self.call(
            "create",
            [{"partner_id": self.ana.id}],
            context={"default_customer_request_uuid": uuid},
        )
        self.assertFalse(error)
        self.assertFalse(self.repairs.browse(made).customer_request_uuid)
        self.assertTrue(repair.customer_request_uuid)

    def test_a_cashier_reaches_repairs_in_no_other_way(self):
        self.authenticate("cashier", "cashier")
        repair = self.take_in()
        for method, args in (
            ("read", [repair.ids]),
            ("write", [repair.ids, {"internal_notes": "x"}]),
            ("create", [{"partner_id": self.ana.id}]),
        ):
            result, error = self.call(method, *args)
            self.assertIsNone(result)
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError")


@tagged("post_install", "-at_install")
class TestTwoTillsAtOnce(TransactionCase):
    """One work order sent twice at the same instant, each with a connection of its own.

    As the server runs them: in a transaction each, repeated when they collide. Nothing
    of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Ray Race"})
            config = env["pos.config"].create({"name": "Race till"})
            self.ids = {"res.partner": partner.id, "pos.config": config.id}
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].browse(self.ids["res.partner"])
            repairs = env["repair.order"].search([("partner_id", "=", partner.id)])
            repairs.action_repair_cancel()
            repairs.unlink()
            uuid = partner.customer_uuid
            partner.unlink()
            cr.execute("DELETE FROM customer_journal WHERE subject_uuid = %s", [uuid])
            cr.execute("DELETE FROM customer_subject WHERE uuid = %s", [uuid])
            env["pos.config"].browse(self.ids["pos.config"]).unlink()

    def test_one_repair(self):
        uuid = str(uuid4())
        values = {
            "partner_id": self.ids["res.partner"],
            "item": "Race watch",
            "fault": "Too fast",
        }

        def call(env):
            config_id = self.ids["pos.config"]
            ticket = env["repair.order"].customer_repair_create(values, uuid, config_id)
            return ticket["id"]

        made, errors = call_together(self.registry, call, call)
        self.assertFalse(errors)
        self.assertEqual(len(made), 2)
        self.assertEqual(len(set(made)), 1)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM repair_order WHERE partner_id = %s",
                [self.ids["res.partner"]],
            )
            self.assertEqual(cr.fetchone()[0], 1)
