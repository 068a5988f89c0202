import logging

from odoo import api, models
from odoo.tools import SQL, float_is_zero

from ..tools.booking import Booking
from .loyalty_card_balance import KEY

_logger = logging.getLogger(__name__)

_TOLD = 20  # cards that managers are called to in one night


class LoyaltyCard(models.Model):
    """Is the balance of each card the sum of its history? Found, told and explained.

    The program keeps it so (see ``_remember_balances``): what differs was changed in the
    database, past the program, or by a restored backup of half of it.
    """

    _name = "loyalty.card"
    _inherit = ["loyalty.card", "mail.activity.mixin"]

    @api.model
    def customer_check_balances(self):
        """Name the cards whose balance is not the sum of their history.

        :return: list of dict ``{"card_id", "code", "program", "points", "history",
            "difference"}`` of the cards in the user's companies, archived ones too;
            empty when all is sound
        :raise AccessError: for users who are no customer managers
        """
        self.env["res.partner"]._check_customer_manager()
        found = self._find_differences()
        cards = self.with_context(active_test=False).search([("id", "in", list(found))])
        return [
            {
                "card_id": card.id,
                "code": card.code,
                "program": card.program_id.name,
                "points": card.points,
                "history": round(card.points - found[card.id], 4),
                "difference": found[card.id],
            }
            for card in cards.sorted("id")
        ]

    def customer_repair_balance(self, reason):
        """Write the line that the history of this card lacks; the balance stays.

        To change the balance instead, repair it and adjust it.

        :param str reason: for the customer to read
        :return: by how many points the balance exceeded the history; 0 when it did not
        :raise AccessError: for users who are no customer managers, and for a card of a
            company that they do not see
        :raise ValidationError: without a reason
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_manager()
        self.check_access("read")
        reason = self._parse_reason(reason)
        # sudo: rights are checked; a customer manager need not manage programmes
        card = self.sudo().with_context(loyalty_explaining=Booking(True))
        card._lock_points()
        difference = round(card._get_balance_differences()[card.id], 4)
        if float_is_zero(difference, precision_digits=4):
            return 0.0
        values = card._prepare_explanation(difference)
        line = card.env["loyalty.history"].create({**values, "description": reason})
        # what this transaction found is explained: nothing is left to make up for
        known = self.env.cr.precommit.data.get(KEY, {})
        known.update(dict.fromkeys(known.keys() & {card.id}, 0.0))
        if card.partner_id:
            card.env["customer.journal"]._log(
                card.partner_id._ensure_customer_uuid(),
                "points_corrected",
                note=reason,
                card=card.id,
                line=line.id,
                difference=difference,
            )
        card.activity_unlink(["mail.mail_activity_data_warning"])
        return difference

    @api.model
    def _find_differences(self):
        """:return: dict of id to how far the balance exceeds the history, of all cards"""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """
                SELECT card.id, COALESCE(card.points, 0) - COALESCE(line.points, 0)
                  FROM loyalty_card AS card
                  LEFT JOIN (
                    SELECT card_id, SUM(COALESCE(issued, 0) - COALESCE(used, 0)) AS points
                      FROM loyalty_history
                     GROUP BY card_id
                  ) AS line ON line.card_id = card.id
                 WHERE ABS(COALESCE(card.points, 0) - COALESCE(line.points, 0)) >= 0.00005
                """
            )
        )
        return {card: round(difference, 4) for card, difference in found}

    @api.model
    def _cron_check_balances(self):
        """Call the customer managers to cards that differ, to each card once."""
        found = self._find_differences()
        if not found:
            return
        _logger.warning(
            "%d loyalty cards whose balance is not the sum of their history: %s",
            len(found),
            sorted(found)[:100],
        )
        # sudo: looked after by the clock, whoever runs it
        cards = self.sudo().with_context(active_test=False).browse(sorted(found))
        for card in cards.filtered(lambda c: not c._get_balance_warnings())[:_TOLD]:
            card._warn_of_difference(found[card.id])

    def _get_balance_warnings(self):
        warning = self.env.ref("mail.mail_activity_data_warning")
        return self.activity_ids.filtered(lambda a: a.activity_type_id == warning)

    def _warn_of_difference(self, difference):
        # sudo: whom to call, told to nobody; without those who have left
        env = self.sudo().with_context(active_test=True).env
        group = env.ref("customer_base.group_customer_manager")
        for user in group.all_user_ids:
            card = self.with_context(lang=user.lang)
            card.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                summary=card.env._("The balance is not the sum of the history"),
                note=card.env._(
                    "The balance exceeds the history by %s. Somebody changed one of the "
                    "two in the database, past the program. Find out which is right, then "
                    "repair the balance: that writes the line that is missing.",
                    card._format_points(difference).strip(),
                ),
            )
