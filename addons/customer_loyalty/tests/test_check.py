from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, config, mute_logger

from odoo.addons.customer_base.tests.common import CustomerHttpCase

from .common import LoyaltyCommon

LOGGER = "odoo.addons.customer_loyalty.models.loyalty_card_check"


@tagged("post_install", "-at_install")
class TestCheck(LoyaltyCommon, CustomerHttpCase):
    """Balances that somebody changed past the program are found, told and explained."""

    rpc_model = "loyalty.card"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sound, cls.card = cls.new_card(5), cls.new_card(20)
        cls.cards = cls.env["loyalty.card"]
        cls.manager = new_test_user(
            cls.env,
            "points_manager",
            password="points_manager",
            groups="customer_base.group_customer_manager",
        )
        cls.clerk = new_test_user(
            cls.env,
            "points_clerk",
            password="points_clerk",
            groups="customer_base.group_customer_user",
        )

    def tamper(self, card, points):
        """As with a query in the database."""
        self.env.flush_all()
        self.cr.execute(
            SQL("UPDATE loyalty_card SET points = %s WHERE id = %s", points, card.id)
        )
        self.env.invalidate_all()

    def differing(self, user=None):
        rows = self.cards.with_user(user or self.manager).customer_check_balances()
        ours = (self.sound | self.card).ids
        return [row for row in rows if row["card_id"] in ours]

    def commit(self):
        """What happens before a transaction is committed."""
        self.env.flush_all()
        self.cr.precommit.run()
        self.env.invalidate_all()

    def test_found_and_explained(self):
        self.assertEqual(self.differing(), [])
        self.commit()
        self.tamper(self.card, 32.5)
        self.assertEqual(
            self.differing(),
            [
                {
                    "card_id": self.card.id,
                    "code": self.card.code,
                    "program": "Bonus",
                    "points": 32.5,
                    "history": 20,
                    "difference": 12.5,
                }
            ],
        )
        card = self.card.with_user(self.manager)
        self.assertEqual(card.customer_repair_balance("Restored from paper"), 12.5)
        self.commit()
        self.assertEqual(self.differing(), [])
        self.assertEqual(self.card.points, 32.5, "the balance stays")
        line = self.card.history_ids.sorted("id")[-1]
        self.assertEqual(
            (line.kind, line.issued, line.description),
            ("corrected", 12.5, "Restored from paper"),
        )
        row = self.env["customer.journal"].search([], limit=1)
        self.assertEqual(row.event, "points_corrected")
        self.assertEqual(row.details["difference"], 12.5)
        self.assertEqual(card.customer_repair_balance("Again"), 0)
        self.assertEqual(self.card.history_ids.sorted("id")[-1], line)

    def test_explained_once_in_a_transaction_that_books_as_well(self):
        self.commit()
        self.tamper(self.card, 15)
        self.card._book("spent", used=3)
        self.assertEqual(self.card.customer_repair_balance("Lost lines"), -5)
        self.card._book("spent", used=2)
        self.commit()
        self.assertEqual(self.differing(), [])
        self.assertEqual(self.card.points, 10)
        self.assertEqual(len(self.card.history_ids), 4)

    def test_archived_cards_and_those_of_other_companies(self):
        self.commit()
        self.tamper(self.card, 15)
        self.card.active = False
        self.assertEqual(len(self.differing()), 1)
        other = self.env["res.company"].create({"name": "Second shop"})
        self.program.company_id = other
        self.assertEqual(self.differing(), [])
        with self.assertRaises(AccessError):
            self.card.with_user(self.manager).customer_repair_balance("Mine")

    def test_daily_job_calls_the_managers_once(self):
        self.commit()
        self.tamper(self.card, 15)
        for _again in range(2):
            with self.assertLogs(LOGGER, "WARNING") as logs:
                self.cards._cron_check_balances()
            self.assertIn(str(self.card.id), logs.output[0])
            self.assertNotIn(self.customer.name, logs.output[0])
        activities = self.card.activity_ids
        self.assertEqual(
            activities.user_id,
            self.env.ref("customer_base.group_customer_manager").all_user_ids,
        )
        self.assertEqual(len(activities), len(activities.user_id))
        self.assertFalse(self.sound.activity_ids)
        self.card.customer_repair_balance("Found the paper")
        self.assertFalse(self.card.activity_ids)
        with patch.object(type(self.cards), "_find_differences", lambda cards: {}):
            self.cards._cron_check_balances()

    def run_command(self, *arguments):
        """:return: what the command prints, and whether it calls for help"""
        database = self.cr.dbname
        with (
            # the server that runs has its configuration already
            patch.object(config, "parse_config"),
            redirect_stdout(StringIO()) as printed,
        ):
            # assertRaises would roll back what the command wrote
            try:
                find_command("loyalty_check")().run(["-d", database, *arguments])
            except SystemExit as end:
                failed = bool(end.code)
        self.env.invalidate_all()
        return printed.getvalue(), failed

    def test_command(self):
        self.commit()
        self.tamper(self.card, 15)
        printed, failed = self.run_command()
        self.assertIn(
            f"card {self.card.id} (Bonus): 15.0 on the card, 20.0 in", printed
        )
        self.assertNotIn(self.customer.name, printed)
        self.assertTrue(failed)
        printed, failed = self.run_command("--repair", "Found the paper")
        self.assertIn("0 cards differ", printed)
        self.assertFalse(failed)
        line = self.card.history_ids.sorted("id")[-1]
        self.assertEqual((line.used, line.description), (5, "Found the paper"))

    def test_without_a_reason(self):
        for reason in ("", "  ", None, 5, "x" * 600):
            with self.assertRaises(ValidationError):
                self.card.customer_repair_balance(reason)

    def test_over_rpc(self):
        self.authenticate("points_clerk", "points_clerk")
        for call in (
            lambda: self.rpc("customer_check_balances"),
            lambda: self.rpc("customer_repair_balance", self.card.ids, "For me"),
        ):
            with mute_logger("odoo.http"):
                _result, error = call()
            self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.authenticate("points_manager", "points_manager")
        rows, _error = self.rpc("customer_check_balances")
        self.assertIsInstance(rows, list)
        found, _error = self.rpc("customer_repair_balance", self.card.ids, "Nothing")
        self.assertEqual(found, 0)
        with mute_logger("odoo.http"):
            _result, error = self.rpc(
                "create", [{"card_id": self.card.id}], model="loyalty.expiry.notice"
            )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError")
