from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, mute_logger

_BATCH = 500
_NOTHING = 0.00005  # balances have four decimals


class LoyaltyCard(models.Model):
    """Points that expire by the rule of their programme, the oldest first.

    What is spent or taken off is taken from the oldest points, and what is taken back
    from those that the purchase gave. So of a balance everything expires that did not
    come in later.
    """

    _inherit = "loyalty.card"

    points_expire_on = fields.Date(
        string="Next expiry",
        compute="_compute_points_expiring",
        help="The last day on which the points that expire next can be spent.",
    )
    points_expiring = fields.Float(
        string="Points that expire next", compute="_compute_points_expiring"
    )

    @api.depends("points", "history_ids")
    def _compute_points_expiring(self):
        found = self._origin._get_next_expiries()
        for card in self:
            day, points = found.get(card._origin.id, (False, 0))
            card.points_expire_on = day
            card.points_expiring = points

    # -- what expires when ---------------------------------------------------------------

    def _get_next_expiries(self):
        """:return: dict of id to the day and the number of the points that go first"""
        rows = self._query_expiries(
            lambda lots, _today: SQL(
                "SELECT DISTINCT ON (card_id) card_id, expires_on, expiring FROM (%s) AS lot"
                " ORDER BY card_id, expires_on, due_on DESC",
                lots,
            )
        )
        return {card: (day, round(points, 4)) for card, day, points in rows}

    def _get_due_points(self):
        """:return: dict of id to how many points are past their last day"""
        rows = self._query_expiries(
            lambda lots, today: SQL(
                "SELECT card_id, MAX(expiring) FROM (%s) AS lot WHERE expires_on < %s"
                " GROUP BY card_id",
                lots,
                today,
            )
        )
        return {card: round(points, 4) for card, points in rows}

    def _get_unannounced(self):
        """Values of the notices that are due: one for each card, the latest of several."""
        rows = self._query_expiries(
            lambda lots, today: SQL(
                """
                SELECT DISTINCT ON (card_id) card_id, due_on, expires_on,
                       expiring - COALESCE(told, 0)
                  FROM (SELECT lot.*, MAX(expiring) FILTER (WHERE announced)
                                          OVER (PARTITION BY card_id) AS told
                          FROM (%s) AS lot) AS lot
                 WHERE notice_days > 0 AND NOT announced
                       AND due_on <= %s::date + notice_days
                 ORDER BY card_id, due_on DESC
                """,
                lots,
                today,
            )
        )
        return [
            {
                "card_id": card,
                "due_on": due_on,
                "expires_on": expires_on,
                "announced_on": fields.Date.context_today(self),
                "points": round(points, 4),
            }
            for card, due_on, expires_on, points in rows
        ]

    @api.model
    def _find_expiring(self):
        """Ids of all cards with something to expire or to announce today."""
        rows = self._query_expiries(
            lambda lots, today: SQL(
                "SELECT DISTINCT card_id FROM (%(lots)s) AS lot WHERE expires_on < %(today)s"
                " OR (notice_days > 0 AND NOT announced"
                "     AND due_on <= %(today)s::date + notice_days) ORDER BY card_id",
                lots=lots,
                today=today,
            ),
            everywhere=True,
        )
        return [card for (card,) in rows]

    def _query_expiries(self, select, everywhere=False):
        """Rows of what ``select`` makes of the lots of these cards, or of all."""
        # sudo: the rule of a programme counts for whoever asks
        programs = self.env["loyalty.program"].sudo()
        programs = programs.search([("expiry_basis", "!=", "none")])
        programs = programs.filtered(lambda program: program._holds_points())
        if not programs or not (everywhere or self.ids):
            return []
        self.env.flush_all()
        today = fields.Date.context_today(self)
        chosen = SQL("TRUE") if everywhere else SQL("card.id = ANY(%s)", self.ids)
        return self.env.execute_query(
            select(self._sql_lots(programs.ids, chosen, today), today)
        )

    @api.model
    def _sql_lots(self, program_ids, chosen, today):
        """For each card and day on which points are due: how many of the balance go then.

        That is all of it which no later lot holds. Columns: ``card_id``, ``due_on`` by
        the rule, ``notice_days``, ``expiring`` points, whether it was ``announced``, and
        ``expires_on``: not before the days of notice are over.
        """
        return SQL(
            """
            WITH line AS (
                SELECT card.id AS card_id, card.points, program.expiry_months,
                       COALESCE(program.expiry_notice_days, 0) AS notice_days,
                       CASE WHEN program.expiry_basis = 'activity'
                            THEN COALESCE(
                                MAX(COALESCE(line.earned_on, line.create_date::date))
                                FILTER (WHERE line.kind IN ('earned', 'spent'))
                                OVER of_card,
                                MAX(COALESCE(line.earned_on, line.create_date::date))
                                OVER of_card)
                            ELSE COALESCE(line.earned_on, line.create_date::date)
                       END AS day,
                       CASE WHEN line.kind IN ('clawed_back', 'transferred')
                                 AND line.used > 0 THEN -line.used
                            WHEN line.kind IN ('returned', 'expired') THEN 0
                            ELSE line.issued
                       END AS gained
                  FROM loyalty_card AS card
                  JOIN loyalty_program AS program ON program.id = card.program_id
                  JOIN loyalty_history AS line ON line.card_id = card.id
                 WHERE card.active AND card.points > 0
                       AND card.program_id = ANY(%(programs)s) AND %(chosen)s
                WINDOW of_card AS (PARTITION BY card.id)
            ), lot AS (
                SELECT card_id, points, notice_days, SUM(COALESCE(gained, 0)) AS gained,
                       (day + make_interval(months => expiry_months))::date AS due_on
                  FROM line
                 GROUP BY card_id, points, notice_days, due_on
            ), stack AS (
                SELECT card_id, due_on, notice_days,
                       LEAST(points, points - COALESCE(SUM(gained) OVER (
                           PARTITION BY card_id ORDER BY due_on DESC
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                       ) AS expiring
                  FROM lot
            )
            SELECT stack.*, told.expires_on IS NOT NULL AS announced,
                   CASE WHEN notice_days > 0
                        THEN COALESCE(told.expires_on,
                                      GREATEST(due_on, %(today)s::date + notice_days))
                        ELSE due_on
                   END AS expires_on
              FROM stack
              LEFT JOIN LATERAL (
                SELECT MIN(notice.expires_on) AS expires_on
                  FROM loyalty_expiry_notice AS notice
                 WHERE notice.card_id = stack.card_id AND notice.due_on >= stack.due_on
              ) AS told ON TRUE
             WHERE expiring > %(nothing)s
            """,
            programs=program_ids,
            chosen=chosen,
            today=today,
            nothing=_NOTHING,
        )

    # -- doing it ------------------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """Expire what is due and announce what will be, in batches kept one by one.

        What is done is not found again: whoever is stopped halfway goes on from there.
        """
        ids = self._find_expiring()
        for start in range(0, len(ids), _BATCH):
            # sudo: done by the clock, whoever runs it
            cards = self.sudo().browse(ids[start : start + _BATCH])
            cards = cards.with_context(tracking_disable=True)
            cards._expire_due()
            cards._announce_expiries()
            left = len(ids) - start - len(cards)
            if not self.env["ir.cron"]._commit_progress(len(cards), remaining=left):
                break

    def _expire_due(self):
        """Take off what is past its last day."""
        for card in self.browse(self._get_due_points()):
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    card._expire()
            except SerializationFailure:
                # somebody earns or spends at this moment: the next run looks again
                card.invalidate_recordset()

    def _expire(self):
        self.ensure_one()
        self._lock_points()
        points = self._get_due_points().get(self.id)
        if not points:
            return
        line = self._book("expired", used=points)
        if self.partner_id:
            self.env["customer.journal"]._log(
                self.partner_id._ensure_customer_uuid(),
                "points_expired",
                channel="cron",
                card=self.id,
                line=line.id,
                points=points,
            )

    def _announce_expiries(self):
        """Tell the holders, in their language, what they still can spend and until when."""
        # sudo: as above
        notices = self.env["loyalty.expiry.notice"].sudo()
        notices.create(self._get_unannounced())._send()
