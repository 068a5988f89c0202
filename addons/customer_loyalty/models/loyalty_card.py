from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools.booking import may_book, without_defaults

# in another programme, or behind another code, the same number is worth something else
_BOOKED_FIELDS = frozenset(("points", "program_id", "merged_into_id"))
_MANAGED_FIELDS = frozenset(("code", "expiration_date", "active"))


class LoyaltyCard(models.Model):
    """A card whose points are changed by what is booked on it, never by hand."""

    _inherit = "loyalty.card"

    pending_ids = fields.One2many("loyalty.pending", "card_id", readonly=True)
    points_pending = fields.Float(
        string="Pending points",
        compute="_compute_points_pending",
        help="Earned, and not to be spent yet.",
    )
    points_ready_on = fields.Date(
        string="Ready on",
        compute="_compute_points_pending",
        help="The day on which the next pending points can be spent.",
    )
    points_updated_at = fields.Datetime(
        string="Last update", compute="_compute_points_updated_at"
    )

    @api.depends("pending_ids.points", "pending_ids.taken_back", "pending_ids.state")
    def _compute_points_pending(self):
        # sudo: whoever sees the card sees what waits for it
        waiting = dict(
            (card, (points - taken, ready_on))
            for card, points, taken, ready_on in self.env["loyalty.pending"]
            .sudo()
            ._read_group(
                [("card_id", "in", self.ids), ("state", "=", "waiting")],
                ["card_id"],
                ["points:sum", "taken_back:sum", "ready_on:min"],
            )
        )
        on_orders = self._get_points_on_orders()
        for card in self:
            points, ready_on = waiting.get(card, (0, False))
            card.points_pending = round(points + on_orders.get(card, 0), 4)
            card.points_ready_on = ready_on

    @api.depends("history_ids")
    def _compute_points_updated_at(self):
        # sudo: as above
        latest = dict(
            self.env["loyalty.history"]
            .sudo()
            ._read_group(
                [("card_id", "in", self.ids)], ["card_id"], ["create_date:max"]
            )
        )
        for card in self:
            card.points_updated_at = latest.get(card) or card.create_date

    def _get_points_on_orders(self):
        """Points of orders that are not confirmed yet, which are pending as well.

        :return: dict of card to points; modules with such orders add theirs
        """
        return {}

    # -- who may change points -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if may_book(self.env):
            # what a document gives is in the values, never in a default of its user
            vals_list = [{"points": 0, "merged_into_id": False, **v} for v in vals_list]
        cards = super().create(vals_list)
        # read back: points may come from a default of the caller
        if any(card.points or card.merged_into_id for card in cards):
            self._check_points_booking()
        cards._remember_balances(new=True)
        return cards

    def write(self, vals):
        if not _BOOKED_FIELDS.isdisjoint(vals):
            self._check_points_booking()
        if not _MANAGED_FIELDS.isdisjoint(vals):
            self._check_card_managed()
        if "points" in vals:
            self._remember_balances()
        return super().write(vals)

    def _check_points_booking(self):
        """:raise AccessError: unless the code that runs books points"""
        if not may_book(self.env):
            raise AccessError(
                self.env._(
                    "Points come from sales and go with rewards. To correct a balance, "
                    "adjust the points and give the reason."
                )
            )

    def _check_card_managed(self):
        """:raise AccessError: unless the user manages cards, or customers"""
        if (
            not may_book(self.env)
            and not self.has_access("create")
            and not self.env.user.has_group("customer_base.group_customer_manager")
        ):
            raise AccessError(
                self.env._(
                    "The code of a card, and how long it can be used, are changed by a "
                    "manager. Ask one of them."
                )
            )

    # -- what is booked --------------------------------------------------------------------

    def _book(
        self,
        kind,
        issued=0.0,
        used=0.0,
        document=None,
        description=None,
        earned_on=None,
        source=None,
        shortfall=0.0,
    ):
        """Change the balance by a line of the history that says why.

        For code that has checked who may. What else happens to the card at the same
        time makes one of the two transactions run again.

        :param str kind: of ``loyalty.history.kind``
        :param document: the record that does it, an order or a return
        :param str description: for the customer to read; by default from the document
        :param earned_on: day from which the points count for their expiry
        :param source: the record whose points are taken or given back
        :return: the line of ``loyalty.history``
        """
        self.ensure_one()
        # sudo: points are booked by acts, never by users
        card = without_defaults(self.sudo())
        card._lock_points()
        if delta := issued - used:
            card.points = round(card.points + delta, 4)
        values = {
            "card_id": card.id,
            "kind": kind,
            "issued": issued,
            "used": used,
            "shortfall": shortfall,
            "description": description or card._describe_booking(kind, document),
        }
        if earned_on:
            values["earned_on"] = earned_on
        if document:
            values |= {"order_model": document._name, "order_id": document.id}
        if source:
            values |= {"source_model": source._name, "source_id": source.id}
        line = card.env["loyalty.history"].create(values)
        # sudo: as above, for what the caller notes on it
        return line.with_env(self.env).sudo()

    def _book_earned(self, points, document, description=None):
        """Add what ``document`` earns, at once or once the programme lets it be spent.

        :return: line of ``loyalty.history``, or row of ``loyalty.pending``
        """
        self.ensure_one()
        ready_on = self.program_id._get_ready_on()
        if not ready_on:
            return self._book(
                "earned", issued=points, document=document, description=description
            )
        # sudo: as in _book
        pending = without_defaults(self.env["loyalty.pending"].sudo())
        return pending.create(
            {
                "card_id": self.id,
                "points": points,
                "ready_on": ready_on,
                "order_model": document._name,
                "order_id": document.id,
            }
        )

    def _describe_booking(self, kind, document):
        """What the customer reads of a line, in their language."""
        card = self.with_context(lang=self.partner_id.lang or self.env.lang)
        labels = card.env["loyalty.history"]._fields["kind"]
        label = dict(labels._description_selection(card.env))[kind]
        if not document:
            return label
        return card.env._(
            "%(kind)s: %(document)s",
            kind=label,
            document=document.with_env(card.env).display_name,
        )

    def _lock_points(self):
        """Wait for whoever changes these cards; then core runs this transaction again."""
        self.flush_recordset(["points"])
        self.env.execute_query(
            SQL(
                "SELECT id FROM loyalty_card WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset(["points"], flush=False)

    def _add_points(self, points):
        """Add to many balances at once, for code that has locked them and booked lines.

        :param dict points: of card to points
        """
        before = {card: card.points for card in self}
        self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_card AS card
                   SET points = ROUND((COALESCE(card.points, 0) + more.points)::numeric,
                                      4)::float8,
                       write_date = %s, write_uid = %s
                  FROM UNNEST(%s, %s) AS more (id, points)
                 WHERE card.id = more.id RETURNING card.id
                """,
                fields.Datetime.now(),
                self.env.uid,
                [card.id for card in points],
                [float(number) for number in points.values()],
            )
        )
        self.invalidate_recordset(["points"], flush=False)
        plans = self.program_id.communication_plan_ids
        told = plans.filtered(lambda plan: plan.trigger == "points_reach").program_id
        cards = self.filtered(lambda card: card.program_id in told)
        cards._send_points_reach_communication(
            {card: {"old": before[card], "new": card.points} for card in cards}
        )
