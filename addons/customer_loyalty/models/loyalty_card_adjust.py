import math

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import float_compare, float_round

_MOST = 1e9
_LONGEST_REASON = 500


class LoyaltyCard(models.Model):
    """Plus and minus by hand: by a delta, with the reason, on the record."""

    _inherit = "loyalty.card"

    def customer_adjust(self, delta, reason):
        """Add points, or money of a gift card or eWallet, or take some off.

        :param float delta: how many, with two decimals; below zero takes off
        :param str reason: for the customer to read
        :return: the new balance
        :raise AccessError: for users who are no customer managers, and for a card of a
            company that they do not see
        :raise ValidationError: for a delta that is zero or no number, and without reason
        :raise UserError: beyond what the operator may adjust in a day, below zero where
            the programme forbids it, and on a card that has expired or is archived
        """
        self.ensure_one()
        self._check_adjusting()
        self.check_access("read")
        delta = self._parse_delta(delta)
        reason = self._parse_reason(reason)
        # sudo: rights are checked; a customer manager need not manage programmes
        card = self.sudo()
        card._lock_points()
        card._check_adjustable(delta)
        self.env["loyalty.adjustment.day"]._spend(card, abs(delta))
        line = card._book(
            "adjusted",
            issued=max(delta, 0),
            used=max(-delta, 0),
            description=reason,
        )
        self.env["loyalty.adjustment"]._log(line, delta, reason)
        return card.points

    def _log_generated(self):
        """Write down what was put on these new cards by hand, within the limit."""
        for card in self:
            program, points = card.program_id, card.points
            if points > 0 and (program.is_nominative or program.is_payment_program):
                self.env["loyalty.adjustment.day"]._spend(card, points)
                line = card.history_ids[:1]
                self.env["loyalty.adjustment"]._log(line, points, line.description)

    def _check_adjusting(self):
        """:raise AccessError: when the user is no customer manager"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            raise AccessError(
                self.env._(
                    "Only a customer manager adds or takes off points by hand. Ask one "
                    "of them."
                )
            )

    def _parse_delta(self, delta):
        """``delta`` as a number with two decimals."""
        if (
            not isinstance(delta, int | float)
            or isinstance(delta, bool)
            or not math.isfinite(delta)
            or abs(delta) > _MOST
        ):
            raise ValidationError(
                self.env._("Say by how much the balance changes, in figures.")
            )
        delta = float_round(delta, precision_digits=2)
        if not delta:
            raise ValidationError(
                self.env._("Nothing changes by zero. Say how much to add or take off.")
            )
        return delta

    def _parse_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise ValidationError(
                self.env._("Give the reason: the customer reads it in their history.")
            )
        if len(reason) > _LONGEST_REASON:
            raise ValidationError(
                self.env._(
                    "The reason has at most %s characters. Shorten it.", _LONGEST_REASON
                )
            )
        return reason.strip()

    def _check_adjustable(self, delta):
        """:raise UserError: with what stands against changing the balance by ``delta``"""
        self.ensure_one()
        program, new = self.program_id, self.points + delta
        if not self.active or not program.active:
            raise UserError(
                self.env._(
                    "“%s” is archived: nobody can spend what is on it. Choose the card "
                    "that is used.",
                    self.display_name,
                )
            )
        if self.expiration_date and self.expiration_date < fields.Date.context_today(
            self
        ):
            raise UserError(
                self.env._(
                    "“%s” has expired. Set a later date first, if it is to be used again.",
                    self.display_name,
                )
            )
        below = float_compare(new, 0, precision_digits=2) < 0
        if below and delta < 0 and not program._may_go_below_zero():
            raise UserError(
                self.env._(
                    "There are only %(balance)s on the card: %(delta)s cannot be taken off.",
                    balance=self._format_points(self.points).strip(),
                    delta=self._format_points(-delta).strip(),
                )
            )
