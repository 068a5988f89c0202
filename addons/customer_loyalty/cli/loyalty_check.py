import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class LoyaltyCheck(Command):
    """Name the loyalty cards whose balance is not the sum of their history.

    With --repair the line that is missing is written on each of them, with the reason
    that is given. Ends with 1 when a card differs still.
    """

    name = "loyalty_check"

    def run(self, args):
        parser = self.parser
        parser.add_argument("-c", "--config", help="configuration file of the server")
        parser.add_argument("-d", "--database", required=True)
        parser.add_argument("--repair", metavar="REASON", help="write what is missing")
        options, server = parser.parse_known_args(args)
        chosen = ["-c", options.config] if options.config else []
        config.parse_config([*chosen, "-d", options.database, "--no-http", *server])
        with Registry(options.database).cursor() as cr:
            cards = api.Environment(cr, SUPERUSER_ID, {})["loyalty.card"]
            differing = self._report(cards)
            if options.repair:
                for row in differing:
                    cards.browse(row["card_id"]).customer_repair_balance(options.repair)
                differing = self._report(cards)
        sys.exit(bool(differing))

    def _report(self, cards):
        """Print what differs."""
        rows = cards.customer_check_balances()
        for row in rows:
            print(
                f"card {row['card_id']} ({row['program']}): {row['points']} on the card, "
                f"{row['history']} in the history"
            )
        print(f"{len(rows)} cards differ")
        return rows
