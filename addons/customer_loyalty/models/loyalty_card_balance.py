from odoo import api, fields, models
from odoo.tools import SQL, float_is_zero

from ..tools.booking import Booking

KEY = "customer_loyalty.differences"


class LoyaltyCard(models.Model):
    """The balance of a card is the sum of its history, whoever changes either.

    What a transaction changed on one side only, as other modules and core itself may,
    is explained by a line before it is committed.
    """

    _inherit = "loyalty.card"

    def _remember_balances(self, new=False):
        """Note by how much balance and history differ, before this transaction's changes.

        :param bool new: these cards did not exist before
        """
        if isinstance(self.env.context.get("loyalty_explaining"), Booking):
            return
        precommit = self.env.cr.precommit
        if KEY not in precommit.data:
            precommit.data[KEY] = {}
            precommit.add(self.sudo().browse()._explain_balances)  # sudo: as _book
        known = precommit.data[KEY]
        fresh = self.browse(id_ for id_ in self._origin.ids if id_ not in known)
        if new:
            known.update(dict.fromkeys(fresh.ids, 0.0))
        elif fresh:
            known.update(fresh._get_balance_differences())

    def _explain_balances(self):
        """Add the lines that are missing, with what this transaction changed."""
        known = self.env.cr.precommit.data.pop(KEY, {})
        cards = self.browse(known)
        # this one writes lines, not points: nothing to remember
        history = self.env["loyalty.history"].with_context(
            loyalty_explaining=Booking(True)
        )
        history.create(
            [
                cards.browse(id_)._prepare_explanation(difference - known[id_])
                for id_, difference in cards._get_balance_differences().items()
                if not float_is_zero(difference - known[id_], precision_digits=4)
            ]
        )

    def _prepare_explanation(self, difference):
        """Values of a line that makes up for ``difference`` points without one."""
        self.ensure_one()
        opening = not self.history_ids
        kind = "opening" if opening and difference > 0 else "corrected"
        return {
            "card_id": self.id,
            "kind": kind,
            "issued": max(round(difference, 4), 0),
            "used": max(round(-difference, 4), 0),
            "description": self._describe_booking(kind, None),
        }

    def _get_balance_differences(self):
        """By how many points the balance exceeds the sum of the history.

        :return: dict of id to points, of those of these cards that exist
        """
        self.flush_model(["points"])
        self.env["loyalty.history"].flush_model(["card_id", "issued", "used"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT card.id,
                           COALESCE(card.points, 0)
                           - COALESCE(SUM(COALESCE(line.issued, 0) - COALESCE(line.used, 0)), 0)
                      FROM loyalty_card AS card
                      LEFT JOIN loyalty_history AS line ON line.card_id = card.id
                     WHERE card.id = ANY(%s)
                     GROUP BY card.id
                    """,
                    self.ids,
                )
            )
        )

    @api.model
    def _open_balances(self):
        """Give the cards from before this module the line that they lack.

        In one statement: there may be a million of them.
        """
        self.flush_model(["points"])
        self.env["loyalty.history"].flush_model(["card_id", "issued", "used"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO loyalty_history (card_id, kind, issued, used, description, earned_on,
                                             create_uid, create_date, write_uid, write_date)
                SELECT id,
                       CASE WHEN lines = 0 AND missing > 0 THEN 'opening' ELSE 'corrected' END,
                       GREATEST(missing, 0), GREATEST(-missing, 0), %(description)s, %(today)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (SELECT card.id, COUNT(line.id) AS lines,
                               ROUND((COALESCE(card.points, 0)
                                      - COALESCE(SUM(COALESCE(line.issued, 0)
                                                     - COALESCE(line.used, 0)), 0))::numeric,
                                     4)::float8 AS missing
                          FROM loyalty_card AS card
                          LEFT JOIN loyalty_history AS line ON line.card_id = card.id
                         GROUP BY card.id) AS card
                 WHERE missing <> 0
                """,
                description=self._describe_booking("opening", None),
                today=fields.Date.context_today(self),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.env["loyalty.history"].invalidate_model()
