from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.customer_base.models.customer_journal import ActingEmployee

from ..tools.booking import may_book

# what is taken from points by their age, the oldest first; a claw-back takes back those
# of one purchase, so that it counts with what was earned
EARNING_KINDS = ("earned", "opening", "clawed_back", "corrected")


class LoyaltyHistory(models.Model):
    """The ledger of a card: why its balance is what it is, line by line.

    Lines are written by what books points (see ``loyalty.card._book``), never by users.
    """

    _inherit = "loyalty.history"

    kind = fields.Selection(
        [
            ("opening", "Opening balance"),
            ("earned", "Earned"),
            ("spent", "Spent"),
            ("returned", "Given back"),
            ("clawed_back", "Taken back"),
            ("adjusted", "Adjusted"),
            ("expired", "Expired"),
            ("transferred", "Transferred"),
            ("corrected", "Corrected"),
        ],
        readonly=True,
    )
    earned_on = fields.Date(
        readonly=True, help="The day from which these points count for their expiry."
    )
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        model_field="source_model",
        readonly=True,
        help="The sale whose points this line takes or gives back.",
    )
    shortfall = fields.Float(
        readonly=True, help="Points that were to be taken back and are spent."
    )
    employee_ref = fields.Integer(string="Employee id", readonly=True)
    balance = fields.Float(
        compute="_compute_balance", help="Points on the card after this line."
    )

    # the running balance reads all lines of a card, and nothing else of them
    _card_index = models.Index("(card_id, id) INCLUDE (issued, used)")
    _order_index = models.Index("(order_model, order_id)")
    _source_index = models.Index(
        "(source_model, source_id) WHERE source_model IS NOT NULL"
    )

    def _compute_balance(self):
        self.balance = 0
        if not (cards := self._origin.card_id):
            return
        self.flush_model(["card_id", "issued", "used"])
        running = self.env.execute_query(
            SQL(
                """
                SELECT id, balance
                  FROM (SELECT id, SUM(COALESCE(issued, 0) - COALESCE(used, 0))
                                   OVER (PARTITION BY card_id ORDER BY id) AS balance
                          FROM loyalty_history
                         WHERE card_id = ANY(%s)) AS line
                 WHERE id = ANY(%s)
                """,
                cards.ids,
                self._origin.ids,
            )
        )
        balances = dict(running)
        for line in self:
            line.balance = round(balances.get(line._origin.id, 0), 4)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_booking()
        cards = self.env["loyalty.card"].browse(
            {vals["card_id"] for vals in vals_list if vals.get("card_id")}
        )
        cards._remember_balances()
        return super().create([self._complete(vals) for vals in vals_list])

    def write(self, vals):
        self._check_booking()
        if not {"card_id", "issued", "used"}.isdisjoint(vals):
            cards = self.card_id
            if vals.get("card_id"):
                cards |= cards.browse(vals["card_id"])
            cards._remember_balances()
        return super().write(vals)

    def unlink(self):
        self._check_booking()
        self.card_id._remember_balances()
        return super().unlink()

    def _check_booking(self):
        """:raise AccessError: unless the code that runs books points"""
        if not may_book(self.env):
            raise AccessError(
                self.env._(
                    "The history of a card is written by what earns and spends points. "
                    "To correct a balance, adjust the points and give the reason."
                )
            )

    @api.model
    def _complete(self, vals):
        """Values of a line, also of one that core writes without saying what it is."""
        issued, used = vals.get("issued") or 0, vals.get("used") or 0
        kind = vals.get("kind")
        if not kind:
            kind = "spent" if used > issued else "earned"
            if not vals.get("order_id"):
                kind = "adjusted"
        employee = self.env.context.get("customer_employee_ref")
        return {
            "earned_on": fields.Date.context_today(self),
            "employee_ref": isinstance(employee, ActingEmployee) and int(employee),
            **vals,
            "kind": kind,
        }

    @api.model
    def _open_history(self):
        """Say of each line from before this module what it is. Not twice: idempotent."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_history
                   SET kind = CASE
                           WHEN COALESCE(order_id, 0) = 0 THEN 'adjusted'
                           WHEN COALESCE(used, 0) > COALESCE(issued, 0) THEN 'spent'
                           ELSE 'earned'
                       END,
                       earned_on = COALESCE(earned_on, create_date::date)
                 WHERE kind IS NULL
                """
            )
        )
        self.invalidate_model(["kind", "earned_on"])
