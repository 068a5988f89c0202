from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.customer_base.tests.common import CustomerCase, call_together

WRITERS = 8


@tagged("post_install", "-at_install")
class TestLedgerTogether(CustomerCase):
    """A till, the portal and others at the same moment, each on its own connection.

    Nothing of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            purpose = env["consent.purpose"].create(
                {"name": "Together", "code": "t_together"}
            )
            wording = env["consent.wording"].create(
                {
                    "purpose_id": purpose.id,
                    "body": "Together.",
                    "lang": env.lang or "en_US",
                }
            )
            wording.action_publish()
            customer = env["res.partner"].create(
                {"name": "Everybody's", "is_customer": True}
            )
            self.customer_id, self.uuid = customer.id, customer.customer_uuid
            self.purpose_id = purpose.id
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            with env["consent.event"]._unguarded():
                cr.execute(
                    SQL("DELETE FROM consent_event WHERE subject_uuid = %s", self.uuid)
                )
            for table, column, value in (
                ("consent_state", "subject_uuid", self.uuid),
                ("consent_wording", "purpose_id", self.purpose_id),
                ("consent_purpose", "id", self.purpose_id),
            ):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        value,
                    )
                )
            env["res.partner"].browse(self.customer_id).unlink()
            env["customer.subject"].search([("uuid", "=", self.uuid)]).unlink()

    def answer(self, key, granted, env):
        customer = env["res.partner"].browse(self.customer_id)
        return customer.consent_set("t_together", granted, "api", key=key)["state"]

    def events(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found = env["consent.event"].search(
                [("subject_uuid", "=", self.uuid)], order="sequence"
            )
            self.assertFalse(env["consent.event"].verify(self.uuid))
            row = env["consent.state"].search([("subject_uuid", "=", self.uuid)])
            return [(e.sequence, e.key, e.state, e.at) for e in found], row.state

    def test_every_answer_is_in_the_chain(self):
        answers, errors = call_together(
            self.registry,
            *(partial(self.answer, f"t-{n}", bool(n % 2)) for n in range(WRITERS)),
        )
        self.assertFalse(errors)
        self.assertEqual(len(answers), WRITERS)
        events, state = self.events()
        self.assertEqual([e[0] for e in events], list(range(1, WRITERS + 1)))
        self.assertEqual({e[1] for e in events}, {f"t-{n}" for n in range(WRITERS)})
        self.assertEqual([e[3] for e in events], sorted(e[3] for e in events))
        self.assertEqual(state, events[-1][2], "the last one counts")

    def test_the_same_answer_sent_many_times_at_once(self):
        call = partial(self.answer, "t-same", True)
        answers, errors = call_together(self.registry, *[call] * WRITERS)
        self.assertFalse(errors)
        self.assertEqual(answers, ["granted"] * WRITERS)
        events, _state = self.events()
        self.assertEqual(len(events), 1)
