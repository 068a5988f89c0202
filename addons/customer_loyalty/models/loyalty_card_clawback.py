from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain


class LoyaltyCard(models.Model):
    """What a return takes back of the points that the sale gave, and gives back."""

    _inherit = "loyalty.card"

    @api.model
    def _claw_back(self, source, document, share):
        """Take back what ``source`` earned with what has come back of it.

        To be called again with each return: only what is not taken back yet is taken.

        :param source: the sale
        :param document: the return
        :param share: function of a programme to the part, 0 to 1, of what earned points
            there that has come back by now, with all returns so far
        :return: list of dict with ``card``, ``points`` taken from the balance, ``pending``
            points taken before they existed, and ``shortfall``: points that are spent
            and stay so by the policy of the programme
        """
        result = []
        for card, due in self._get_clawback_dues(source, share).items():
            pending = card._get_pending_of(source)._take_back(due)
            points, shortfall = card._split_clawback(round(due - pending, 4))
            if points or shortfall:
                card._book(
                    "clawed_back",
                    used=points,
                    document=document,
                    earned_on=card._get_earned_on(source),
                    source=source,
                    shortfall=shortfall,
                )
            result.append(
                {
                    "card": card,
                    "points": points,
                    "pending": pending,
                    "shortfall": shortfall,
                }
            )
        return result

    @api.model
    def _claw_back_preview(self, source, share):
        """As ``_claw_back``, without doing it."""
        result = []
        for card, due in self._get_clawback_dues(source, share).items():
            waiting = card._get_pending_of(source)
            there = sum(row.points - row.taken_back for row in waiting)
            pending = round(min(due, there), 4)
            points, shortfall = card._split_clawback(round(due - pending, 4))
            result.append(
                {
                    "card": card,
                    "points": points,
                    "pending": pending,
                    "shortfall": shortfall,
                }
            )
        return result

    @api.model
    def _get_clawback_dues(self, source, share):
        """How many points of which card are to be taken back now."""
        dues = {}
        for cards, earned, taken in self._get_earned_sums(source):
            part = min(max(share(cards[:1].program_id), 0), 1)
            gone = sum(card._get_expired_of(source) for card in cards)
            due = round(earned * part - taken - min(gone, earned), 2)
            if due > 0:
                dues[cards[:1]] = due
        return dues

    @api.model
    def _get_earned_sums(self, source):
        """What ``source`` gave, and what of it was taken back, card by card.

        Points of a programme are one sum, whoever has them: they may have moved to
        another customer since, after some of them had been taken back.

        :return: list of cards, the one that has the points now first, with the sums
        """
        groups, found = {}, self._get_earned_of(source)
        for card, (earned, taken) in found.items():
            key = card.program_id if card.program_id.is_nominative else card
            groups.setdefault(key, []).append((taken - earned, card))
        sums = []
        for group in groups.values():
            group.sort(key=lambda row: row[0])
            cards = self.browse().union(*(card for _owed, card in group))
            earned = sum(found[card][0] for card in cards)
            taken = sum(found[card][1] for card in cards)
            sums.append((cards, round(earned, 4), round(taken, 4)))
        return sums

    def _get_expired_of(self, source):
        """Points of ``source`` on this card that have expired: they are gone already."""
        self.ensure_one()
        program, earned_on = self.program_id, self._get_earned_on(source)
        if not earned_on or program.expiry_basis == "none":
            return 0
        if program.expiry_basis == "earning":
            earned_on += relativedelta(months=program.expiry_months)
        # sudo: as in _get_earned_of
        lines = self.env["loyalty.history"].sudo()
        return sum(
            lines.search(
                [
                    ("card_id", "=", self.id),
                    ("kind", "=", "expired"),
                    ("earned_on", ">=", earned_on),
                ]
            ).mapped("used")
        )

    @api.model
    def _get_earned_of(self, source):
        """What ``source`` gave each card, pending or not, and what of it was taken back.

        Points that moved with the sale to another customer are theirs.

        :return: dict of card to ``(earned, taken)``
        """
        # sudo: a return takes back the points of whoever has them by now
        history = self.env["loyalty.history"].sudo()
        earned, taken = {}, {}

        def add(to, card, points):
            to[card] = to.get(card, 0) + points

        by_source = Domain("source_model", "=", source._name) & Domain(
            "source_id", "=", source.id
        )
        by_order = Domain("order_model", "=", source._name) & Domain(
            "order_id", "=", source.id
        )
        # a line that spends may earn as well: core has one for both
        for line in history.search(
            by_order & Domain("kind", "in", ("earned", "spent", "transferred"))
        ):
            moved = line.used if line.kind == "transferred" else 0
            add(earned, line.card_id, line.issued - moved)
        for line in history.search(by_source & Domain("kind", "=", "clawed_back")):
            add(taken, line.card_id, line.used + line.shortfall)
        # sudo: as above
        for row in self.env["loyalty.pending"].sudo().search(by_order):
            there = row.taken_back if row.state == "released" else row.points
            add(earned, row.card_id, there)
            add(taken, row.card_id, row.taken_back)
        return {
            card: (points, taken.get(card, 0))
            for card, points in earned.items()
            if points > 0 or taken.get(card)
        }

    def _get_pending_of(self, source):
        """Points of ``source`` that still wait for this card."""
        self.ensure_one()
        # sudo: as above
        return (
            self.env["loyalty.pending"]
            .sudo()
            .search(
                [
                    ("card_id", "=", self.id),
                    ("order_model", "=", source._name),
                    ("order_id", "=", source.id),
                    ("state", "=", "waiting"),
                ]
            )
        )

    def _split_clawback(self, points):
        """Of ``points`` to take back, how many are taken and how many are spent."""
        self.ensure_one()
        card = self.sudo()  # sudo: as above
        if card.program_id._may_go_below_zero():
            return points, 0.0
        card._lock_points()
        there = round(min(points, max(card.points, 0)), 4)
        return there, round(points - there, 4)

    def _get_earned_on(self, source):
        """The day from which the points of ``source`` count for their expiry."""
        self.ensure_one()
        # sudo: as above
        lines = (
            self.env["loyalty.history"]
            .sudo()
            .search(
                [
                    ("card_id", "=", self.id),
                    ("order_model", "=", source._name),
                    ("order_id", "=", source.id),
                    ("kind", "in", ("earned", "transferred")),
                ],
                limit=1,
            )
        )
        return lines.earned_on

    def _give_back(self, source, document, points):
        """Give back what a reward of ``source`` cost, now that the reward has come back.

        :param source: the sale whose reward it was
        :param document: the return
        :param float points: of all rewards of ``source`` that have come back by now; only
            what is not given back yet is given, and never more than was spent
        :return: the line of ``loyalty.history``, none when nothing is due
        """
        self.ensure_one()
        # sudo: as above
        history = self.env["loyalty.history"].sudo()
        card = Domain("card_id", "=", self.id)
        spent = sum(
            history.search(
                card
                & Domain("order_model", "=", source._name)
                & Domain("order_id", "=", source.id)
                & Domain("kind", "in", ("earned", "spent"))
            ).mapped("used")
        )
        given = sum(
            history.search(
                card
                & Domain("source_model", "=", source._name)
                & Domain("source_id", "=", source.id)
                & Domain("kind", "=", "returned")
            ).mapped("issued")
        )
        due = round(min(points, spent) - given, 2)
        if due <= 0:
            return history
        return self._book("returned", issued=due, document=document, source=source)
