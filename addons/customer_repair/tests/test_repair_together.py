from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestRepairTogether(TransactionCase):
    """Two managers change the customer of one repair, each on a connection of their own.

    Nothing of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partners = env["res.partner"].create(
                [{"name": name, "is_customer": True} for name in ("T0", "T1", "T2")]
            )
            self.ids, self.uuids = partners.ids, partners.mapped("customer_uuid")
            repair = env["repair.order"].create({"partner_id": self.ids[0]})
            repair.action_validate()
            self.repair_id = repair.id
        self.addCleanup(self.clean)

    def clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            repair = env["repair.order"].browse(self.repair_id)
            references = repair.reference_ids
            repair.unlink()
            references.unlink()
            env["res.partner"].browse(self.ids).unlink()
            for table, column in (
                ("customer_journal", "subject_uuid"),
                ("customer_subject", "uuid"),
            ):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = ANY(%s)",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        self.uuids,
                    )
                )

    def reassign(self, env, number):
        repair = env["repair.order"].browse(self.repair_id)
        return repair.customer_reassign(self.ids[number], "wrong_customer")

    def history(self):
        """Where the repair is now, and from whom to whom it went, as journaled."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["customer.journal"].search(
                [
                    ("event", "=", "repair_reassigned"),
                    ("subject_uuid", "in", self.uuids),
                ],
                order="id",
            )
            sides = [
                (self.uuids.index(row.subject_uuid), row.details["side"])
                for row in rows
            ]
            owner = env["repair.order"].browse(self.repair_id).partner_id
            return self.ids.index(owner.id), sides

    def test_while_the_other_has_not_finished(self):
        with self.registry.cursor() as first:
            self.reassign(api.Environment(first, SUPERUSER_ID, {}), 1)
            with self.registry.cursor() as second:
                env = api.Environment(second, SUPERUSER_ID, {})
                with self.assertRaisesRegex(UserError, "Somebody else is changing"):
                    self.reassign(env, 2)
                second.rollback()
        self.assertEqual(self.history(), (1, [(0, "from"), (1, "to")]))

    def test_decided_on_what_the_other_has_changed(self):
        """Who saw the customer of before is run again, and moves on from the new one."""
        with self.registry.cursor() as second:
            env = api.Environment(second, SUPERUSER_ID, {})
            repair = env["repair.order"].browse(self.repair_id)
            self.assertEqual(repair.partner_id.id, self.ids[0])
            with self.registry.cursor() as first:
                self.reassign(api.Environment(first, SUPERUSER_ID, {}), 1)
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                retrying(partial(self.reassign, env, 2), env)
        self.assertEqual(
            self.history(), (2, [(0, "from"), (1, "to"), (1, "from"), (2, "to")])
        )
