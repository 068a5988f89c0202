from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, mute_logger

_BATCH = 1000
_COLLISIONS = 20  # that many in a night, and the rest waits for the next


class LoyaltyPending(models.Model):
    """Points that were earned and wait until what was bought cannot be returned any more.

    They are on no card: a return inside that time takes them back before they exist.
    """

    _name = "loyalty.pending"
    _description = "Pending Points"
    _order = "ready_on, id"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, index=True, ondelete="cascade"
    )
    program_id = fields.Many2one(related="card_id.program_id")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one(related="card_id.company_id")
    points = fields.Float(required=True, readonly=True)
    taken_back = fields.Float(
        readonly=True, help="Of these points, by returns meanwhile."
    )
    ready_on = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Pending"), ("released", "Released"), ("cancelled", "Taken back")],
        required=True,
        readonly=True,
        default="waiting",
    )
    order_model = fields.Char(required=True, readonly=True)
    order_id = fields.Many2oneReference(
        model_field="order_model", string="Document", required=True, readonly=True
    )
    history_id = fields.Many2one("loyalty.history", readonly=True, ondelete="set null")

    _taken_back_in_range = models.Constraint(
        "CHECK (COALESCE(taken_back, 0) BETWEEN 0 AND points)",
        "No more pending points can be taken back than there are.",
    )
    _waiting_index = models.Index("(ready_on, id) WHERE state = 'waiting'")
    _order_index = models.Index("(order_model, order_id)")
    _history_index = models.Index("(history_id) WHERE history_id IS NOT NULL")

    @api.model
    def _cron_release(self):
        """Put the points whose time has come on their cards, batch by batch."""
        remaining = self.search_count(self._due_domain())
        collisions = 0
        while collisions < _COLLISIONS:
            try:
                with mute_logger("odoo.sql_db"):
                    rows = self._release_batch()
            except (SerializationFailure, DeadlockDetected):
                # one of the cards was used at this moment: once more, with what it has now
                self.env.cr.rollback()
                collisions += 1
                continue
            if not rows:
                break
            remaining = max(remaining - len(rows), 0)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break

    @api.model
    def _due_domain(self):
        return [
            ("state", "=", "waiting"),
            ("ready_on", "<=", fields.Date.context_today(self)),
        ]

    @api.model
    def _release_batch(self):
        """Release the first of those whose time has come.

        :return: those that were released
        """
        self.flush_model(["ready_on", "state"])
        # what others hold is passed over, and no reason to stop at it
        found = self.env.execute_query(
            SQL(
                "SELECT id FROM loyalty_pending WHERE state = 'waiting' AND ready_on <= %s"
                " ORDER BY ready_on, id LIMIT %s FOR UPDATE SKIP LOCKED",
                fields.Date.context_today(self),
                _BATCH,
            )
        )
        return self.browse(id_ for (id_,) in found)._release()

    def _release(self):
        """Put these on their cards; those that somebody else has are left to them."""
        # sudo: released by the clock, whoever runs it
        rows = self.sudo().browse(self._lock_waiting(skip=True))
        if not rows:
            return rows
        cards = rows.card_id
        cards._lock_points()
        # lines first: what the cards get is then explained by them
        lines = self.env["loyalty.history"].sudo()  # sudo: as above
        documents = rows._get_documents()
        lines = lines.create([row._prepare_history(documents) for row in rows])
        points = {}
        for row, line in zip(rows, lines, strict=True):
            points[row.card_id] = points.get(row.card_id, 0) + line.issued
        rows._set_released(lines)
        cards._add_points(points)
        return rows

    def _set_released(self, lines):
        """Note which line of ``lines`` is whose; in one statement, as there are many."""
        self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_pending AS row
                   SET state = 'released', history_id = line.id, write_date = %s, write_uid = %s
                  FROM UNNEST(%s, %s) AS line (row, id)
                 WHERE row.id = line.row RETURNING row.id
                """,
                fields.Datetime.now(),
                self.env.uid,
                self.ids,
                lines.ids,
            )
        )
        self.invalidate_recordset(["state", "history_id"], flush=False)
        self.card_id.invalidate_recordset(["points_pending", "points_ready_on"])

    def _lock_waiting(self, skip=False):
        """Ids of those that still wait.

        :param bool skip: leave out those that somebody else has, instead of waiting for
            them: then core runs this transaction again
        """
        self.flush_model(["state", "taken_back"])
        found = self.env.execute_query(
            SQL(
                "SELECT id FROM loyalty_pending WHERE id = ANY(%s) AND state = 'waiting'"
                " ORDER BY id FOR UPDATE %s",
                self.ids,
                SQL("SKIP LOCKED") if skip else SQL(),
            )
        )
        self.invalidate_recordset(["state", "taken_back"], flush=False)
        return [id_ for (id_,) in found]

    def _get_documents(self):
        """The documents of these that are still there, read together.

        :return: dict of name of model and id to record
        """
        ids = {}
        for row in self:
            ids.setdefault(row.order_model, []).append(row.order_id)
        documents = {}
        for model, order_ids in ids.items():
            if model not in self.env:
                continue  # its module is not there any more
            found = self.env[model].browse(order_ids).exists()
            if found._rec_name:
                # an order has a hundred columns, and is called by one
                found.fetch([found._rec_name])
            documents.update({(model, record.id): record for record in found})
        return documents

    def _prepare_history(self, documents):
        self.ensure_one()
        document = documents.get((self.order_model, self.order_id))
        return {
            "card_id": self.card_id.id,
            "kind": "earned",
            "issued": round(self.points - self.taken_back, 4),
            "used": 0,
            "earned_on": self.ready_on,
            "order_model": self.order_model,
            "order_id": self.order_id,
            "description": self.card_id._describe_booking("earned", document),
        }

    @api.model
    def _cancel(self, documents):
        """Drop what ``documents``, which are cancelled, were about to give."""
        # sudo: as _release
        rows = self.sudo().search(
            [
                ("order_model", "=", documents._name),
                ("order_id", "in", documents.ids),
                ("state", "=", "waiting"),
            ]
        )
        for row in rows:
            row._take_back(row.points - row.taken_back)
        return rows

    def _take_back(self, points):
        """Of these pending points take ``points``, or as many as there are.

        :return: how many were taken
        """
        taken_sum = 0
        for row in self.browse(self._lock_waiting()):
            taken = min(points - taken_sum, row.points - row.taken_back)
            if taken <= 0:
                continue
            taken_sum = round(taken_sum + taken, 4)
            row.taken_back = round(row.taken_back + taken, 4)
            if row.taken_back >= row.points:
                row.state = "cancelled"
        return taken_sum
