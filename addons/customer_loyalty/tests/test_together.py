from functools import partial

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.customer_base.tests.common import call_together

WRITERS = 8


@tagged("post_install", "-at_install")
class TestTogether(TransactionCase):
    """Tills, the back office and the night at one card, each on its own connection.

    Nothing of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            customer = env["res.partner"].create(
                {"name": "Everybody's", "is_customer": True}
            )
            program = env["loyalty.program"].create(
                {
                    "name": "Together",
                    "program_type": "loyalty",
                    "applies_on": "both",
                    "trigger": "auto",
                    "portal_point_name": "Points",
                    "reward_ids": [
                        Command.create({"required_points": 10, "discount": 10})
                    ],
                }
            )
            card = env["loyalty.card"].create(
                {"program_id": program.id, "partner_id": customer.id}
            )
            # a record for what gives and takes points: any model will do
            documents = env["res.partner.category"].create(
                [{"name": f"Together {number}"} for number in range(WRITERS)]
            )
            card._book("earned", issued=1000, document=documents[0])
            self.customer_id, self.uuid = customer.id, customer.customer_uuid
            self.program_id, self.card_id = program.id, card.id
            self.document_ids = documents.ids
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            card = env["loyalty.card"].browse(self.card_id)
            for table, column, value in (
                ("loyalty_adjustment", "card_ref", card.id),
                ("loyalty_expiry_notice", "card_id", card.id),
                ("loyalty_pending", "card_id", card.id),
                ("loyalty_history", "card_id", card.id),
                ("customer_journal", "subject_uuid", self.uuid),
            ):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        value,
                    )
                )
            card.unlink()
            program = env["loyalty.program"].browse(self.program_id)
            program.active = False
            program.unlink()
            env["res.partner.category"].browse(self.document_ids).unlink()
            env["res.partner"].browse(self.customer_id).unlink()
            env["customer.subject"].search([("uuid", "=", self.uuid)]).unlink()

    # -- what somebody does, in an environment of their own ----------------------------------

    def card(self, env):
        return env["loyalty.card"].browse(self.card_id)

    def document(self, env, number):
        return env["res.partner.category"].browse(self.document_ids[number])

    def sell(self, points, number, env):
        self.card(env)._book_earned(points, self.document(env, number))

    def redeem(self, points, number, env):
        document = self.document(env, number)
        self.card(env)._book("spent", used=points, document=document)

    def adjust(self, delta, env):
        return self.card(env).customer_adjust(delta, "Together")

    def refund(self, share, number, env):
        self.card(env)._claw_back(
            self.document(env, 0), self.document(env, number), lambda _program: share
        )

    def release(self, env):
        rows = env["loyalty.pending"].search([("card_id", "=", self.card_id)])
        return len(rows._release())

    def expire(self, env):
        self.card(env)._expire()

    # -- what it comes to ----------------------------------------------------------------------

    def change(self, **values):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["loyalty.program"].browse(self.program_id).write(values)

    def wait_for(self, points, count):
        """Pending points whose time has come."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["loyalty.pending"].create(
                [
                    {
                        "card_id": self.card_id,
                        "points": points,
                        "ready_on": fields.Date.context_today(env["loyalty.card"]),
                        "order_model": "res.partner.category",
                        "order_id": self.document_ids[1],
                    }
                ]
                * count
            )

    def booked(self):
        """The balance, and each change; the one is the sum of the other."""
        with self.registry.cursor() as cr:
            card = self.card(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertAlmostEqual(card._get_balance_differences()[card.id], 0, 4)
            lines = card.history_ids.sorted("id")
            self.assertAlmostEqual(lines[-1].balance, card.points, 4)
            return card.points, sorted(
                (line.kind, line.issued - line.used) for line in lines
            )

    def test_everything_at_once(self):
        self.wait_for(10, 4)
        _answers, errors = call_together(
            self.registry,
            partial(self.sell, 11, 2),
            partial(self.sell, 13, 3),
            partial(self.redeem, 7, 4),
            partial(self.adjust, 3),
            partial(self.adjust, -2),
            partial(self.refund, 0.5, 5),
            self.release,
            self.release,
        )
        self.assertFalse(errors)
        balance, lines = self.booked()
        self.assertEqual(
            lines,
            sorted(
                [
                    ("adjusted", -2),
                    ("adjusted", 3),
                    ("clawed_back", -500),
                    *[("earned", 10)] * 4,
                    ("earned", 11),
                    ("earned", 13),
                    ("earned", 1000),
                    ("spent", -7),
                ]
            ),
        )
        self.assertEqual(balance, 558)

    def test_one_return_from_many_sides(self):
        calls = [partial(self.refund, 0.5, number) for number in range(WRITERS)]
        _answers, errors = call_together(self.registry, *calls)
        self.assertFalse(errors)
        self.assertEqual(
            self.booked(), (500, [("clawed_back", -500), ("earned", 1000)])
        )

    def test_a_return_while_the_points_become_ready(self):
        """Before or after, but not both: the sale leaves nothing behind."""
        self.wait_for(100, 1)

        def take_back(env):
            self.card(env)._claw_back(
                self.document(env, 1), self.document(env, 2), lambda _program: 1
            )

        _answers, errors = call_together(
            self.registry, *[self.release] * 4, *[take_back] * 4
        )
        self.assertFalse(errors)
        self.assertEqual(self.booked()[0], 1000)

    def test_never_below_zero_where_that_is_forbidden(self):
        self.change(clawback_policy="note")
        calls = [partial(self.adjust, -300)] * WRITERS
        answers, errors = call_together(self.registry, *calls)
        self.assertEqual(sorted(answers), [100, 400, 700])
        self.assertEqual({type(error) for error in errors}, {UserError})
        self.assertEqual(self.booked()[0], 100)

    def test_pending_points_become_ready_once(self):
        self.wait_for(10, 20)
        answers, errors = call_together(self.registry, *[self.release] * WRITERS)
        self.assertFalse(errors)
        self.assertEqual(sum(answers), 20)
        self.assertEqual(self.booked()[0], 1200)

    def test_points_expire_while_some_are_spent(self):
        self.change(expiry_basis="earning", expiry_months=1, expiry_notice_days=0)
        with self.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "UPDATE loyalty_history SET earned_on = '2020-01-31' WHERE card_id = %s",
                    self.card_id,
                )
            )
        _answers, errors = call_together(
            self.registry,
            *[self.expire] * 3,
            *[partial(self.sell, 10, 2)] * 3,
            *[partial(self.adjust, 1)] * 2,
        )
        self.assertFalse(errors)
        balance, lines = self.booked()
        self.assertEqual(balance, 32)
        self.assertEqual([p for k, p in lines if k == "expired"], [-1000])
