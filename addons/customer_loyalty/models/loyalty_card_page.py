from datetime import timedelta

from odoo import fields, models


class LoyaltyCard(models.Model):
    """Cards as colleagues and customers read them."""

    _inherit = "loyalty.card"

    is_account = fields.Boolean(
        related="program_id.is_nominative",
        help="Points or money of one customer, as against a voucher that goes round.",
    )

    def _filter_useful(self):
        """Accounts, and vouchers that are not used up."""
        return self.filtered(lambda card: card.is_account or card.points > 0)

    def _customer_rows(self):
        """:return: dict of ``accounts`` and ``vouchers``, lists as ``_customer_row``"""
        rows = {"accounts": [], "vouchers": []}
        for card in self:
            kind = "accounts" if card.is_account else "vouchers"
            rows[kind].append(card._customer_row())
        return rows

    def _customer_row(self):
        """What is shown of one card wherever a customer's cards are listed.

        :return: ``_customer_program_row`` with ``label`` of the kind, ``holder_id`` and
            ``holder``, ``reward`` that a voucher gives, ``until``, ``expired``, and
            ``expires_soon``: whether points do within the days of notice
        """
        self.ensure_one()
        program, holder = self.program_id, self.partner_id
        kinds = dict(program._fields["program_type"]._description_selection(self.env))
        return {
            **self._customer_program_row(),
            "label": kinds[program.program_type],
            "holder_id": holder.id,
            "holder": holder.display_name or "",
            "reward": "" if program.is_payment_program else self._get_reward_text(),
            "until": str(self.expiration_date or ""),
            "expired": self._is_expired(),
            "expires_soon": self._expires_soon(),
        }

    def _get_text(self, points):
        """``points`` with their unit, or as money."""
        return self._format_points(points).strip()

    def _get_reward_text(self):
        # sudo: what a voucher is good for is for its holder to know
        rewards = self.sudo().program_id.reward_ids
        return ", ".join(filter(None, rewards.mapped("description")))

    def _is_expired(self):
        self.ensure_one()
        today = fields.Date.context_today(self)
        return bool(self.expiration_date and self.expiration_date < today)

    def _expires_soon(self):
        """Whether points of this card expire so soon that the customer is told."""
        self.ensure_one()
        notice = timedelta(days=self.program_id.expiry_notice_days)
        today = fields.Date.context_today(self)
        return bool(self.points_expire_on and self.points_expire_on <= today + notice)

    def _get_waiting_rows(self):
        """Pending points by the day on which they can be spent, the next ones first."""
        self.ensure_one()
        waiting = self.pending_ids.filtered(lambda row: row.state == "waiting")
        points = {}
        for row in waiting.sorted("ready_on"):
            left = row.points - row.taken_back
            points[row.ready_on] = points.get(row.ready_on, 0) + left
        return [
            {"ready_on": ready_on, "text": self._get_text(number)}
            for ready_on, number in points.items()
        ]

    def _get_reward_rows(self):
        """What points are good for, the cheapest first, and whether there are enough."""
        self.ensure_one()
        if self.program_id.is_payment_program:
            return []
        return [
            {
                "name": reward.description,
                "text": self._get_text(reward.required_points),
                "within": reward.required_points <= self.points,
            }
            for reward in self.program_id.reward_ids.sorted("required_points")
            if reward.description
        ]
