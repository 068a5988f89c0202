from dataclasses import dataclass, field

from odoo import models
from odoo.tools import float_compare, float_round


@dataclass
class Bounded:
    """What is booked of what a till said: by the id of a card, below zero for a new one."""

    # as core takes it, and what it is made of: points earned and points spent
    data: dict = field(default_factory=dict)
    gross: dict = field(default_factory=dict)
    # points that wait, and how the till calls the card
    waiting: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    # what was cut, as codes of ``_get_loyalty_cut_texts``
    cuts: set = field(default_factory=set)

    def add(self, program, earned, cost, card=None, key=None, **values):
        """Book on ``card``, or on a new one that the till calls ``key``."""
        known = card.id if card else -len(self.data) - 1
        before = self.gross.get(known, (0, 0))
        waits = bool(earned and program._get_ready_on())
        if waits:
            self.waiting[known] = self.waiting.get(known, 0) + earned
        earned, cost = before[0] + (0 if waits else earned), before[1] + cost
        self.gross[known] = earned, cost
        self.keys[known] = key or known
        self.data[known] = {
            **self.data.get(known, {}),
            **{name: value for name, value in values.items() if value},
            "program_id": program.id,
            "coupon_id": known,
            "points": float_round(earned - cost, precision_digits=4),
        }


class Allowance:
    """What an order may still give: what the server computes, less what was given."""

    def __init__(self, order, cuts):
        self.order = order
        self.cuts = cuts
        self.left = {}
        self.goods = order._get_loyalty_lines().filtered(
            lambda line: line.qty > 0 and not line.is_reward_line
        )
        self.money = {line: line._get_value() for line in self.goods}
        self.is_paid = order._is_paid_as_sold()

    def take(self, program, points):
        """Of ``points`` that the till says were earned, how many the server finds too."""
        points = float_round(points, precision_digits=4)
        if points <= 0:
            return 0.0
        if not program._takes_order(self.order):
            self.cuts.add("programme")
            return 0.0
        if not self.is_paid:
            self.cuts.add("amount")
            return 0.0
        if program.is_payment_program:
            granted = self._take_money(program, points)
        else:
            if program not in self.left:
                self.left[program] = program._get_customer_points(
                    self.order, codes=True
                )
            granted = min(points, self.left[program])
            self.left[program] -= granted
        # a till reckons in its own way: a cent is no claim
        if float_compare(points, granted + 0.011, precision_digits=3) > 0:
            self.cuts.add("points")
        return float_round(granted, precision_digits=4)

    def _take_money(self, program, points):
        """Money on a card, which is paid for once whatever programme it goes to."""
        granted = 0.0
        for rule in program.rule_ids:
            rate = rule.reward_point_amount
            if (
                rule.reward_point_mode != "money"
                or rate <= 0
                or rule._takes_any_product()
            ):
                continue
            for line in rule._filter_taken(self.goods):
                taken = min(points - granted, max(self.money[line], 0) * rate)
                granted += taken
                self.money[line] -= taken / rate
        # pieces of a price that does not divide are rounded
        return points if 0 < points - granted < 0.01 and granted else granted


class PosOrder(models.Model):
    """What a till says that an order earned and spent, held to what the server computes.

    Points are earned by the rules of the programmes, and spent as the lines with rewards
    say. The till only chooses among what is possible, and for which cards.
    """

    _inherit = "pos.order"

    def _get_loyalty_lines(self):
        """Lines that the till looks at for points, products of combos left out.

        By the product of a discount a return is reduced when its points are spent: that
        is no sale.
        """
        self.ensure_one()
        rewards = self.env["loyalty.reward"].with_context(active_test=False)
        rewards = rewards.search(
            [("discount_line_product_id", "in", self.lines.product_id.ids)]
        )
        discounts = rewards.discount_line_product_id
        return self.lines.filtered(
            lambda line: (
                not line.combo_parent_id
                and line._counts_for_loyalty()
                and (line.is_reward_line or line.product_id not in discounts)
            )
        )

    def _is_paid_as_sold(self):
        """Whether what was sold comes to the payments there are, returns included.

        The till sends totals of lines beside those of the order: lines that claim to be
        worth more would earn points that nobody paid for.
        """
        self.ensure_one()
        sold = self.lines.filtered(lambda line: not line.refunded_orderline_id)
        returned = self.lines - sold
        value = sum(line._get_value() for line in sold)
        paid = min(self.amount_total, sum(self.payment_ids.mapped("amount")))
        paid += sum(line._get_value_returned() for line in returned)
        tolerance = self.currency_id.rounding * (len(self.lines) + 1)
        if self.config_id.cash_rounding:
            tolerance += self.config_id.rounding_method.rounding
        return value <= paid + tolerance

    def _bound_loyalty(self, claims):
        """What is booked of ``claims``. Called with all rights.

        :return: ``Bounded``
        """
        self.ensure_one()
        bounded = Bounded()
        allowance = Allowance(self, bounded.cuts)
        rewards = self.lines.filtered(
            lambda line: (
                line.is_reward_line
                and line.reward_id
                and not line.refunded_orderline_id
            )
        )
        programs = self.env["loyalty.program"]
        named = programs.browse(claim.program_id for claim in claims).exists()
        if set(named.ids) < {claim.program_id for claim in claims}:
            bounded.cuts.add("programme")
        for program in named | rewards.reward_id.program_id:
            spent = rewards.filtered(lambda r, p=program: r.reward_id.program_id == p)
            claimed = [claim for claim in claims if claim.program_id == program.id]
            if program.is_nominative:
                self._bound_held(bounded, allowance, program, claimed, spent)
            else:
                self._bound_bearer(bounded, allowance, program, claimed, spent)
        return bounded

    def _bound_held(self, bounded, allowance, program, claims, spent):
        """Points and store credit: always of the customer of the order."""
        if not self.partner_id:
            if spent or any(claim.points > 0 for claim in claims):
                bounded.cuts.add("customer")
            return
        cost = self._get_points_cost(spent, bounded)
        claimed = sum(claim.points for claim in claims) + cost if claims else 0
        earned = allowance.take(program, claimed)
        card = self._get_held_card(program, claims)
        if not (cost or earned) and not (claims and program._takes_order(self)):
            return
        bounded.add(
            program,
            earned,
            cost,
            card=card,
            key=claims[0].key if claims else None,
            partner_id=self.partner_id.id,
            line_codes=self._get_line_codes(spent),
            expiration_date=claims and claims[0].expiration_date,
        )

    def _get_held_card(self, program, claims):
        """The customer's card in ``program``: the one that the till knows, of several."""
        cards = self.env["loyalty.card"].search(
            [("partner_id", "=", self.partner_id.id), ("program_id", "=", program.id)],
            order="points desc, id",
        )
        keys = {claim.key for claim in claims}
        return cards.filtered(lambda card: card.id in keys)[:1] or cards[:1]

    def _bound_bearer(self, bounded, allowance, program, claims, spent):
        """Coupons, gift cards and promotions, which belong to whoever has the code."""
        loose = spent.filtered(lambda line: not line.coupon_id)
        for card in (spent - loose).coupon_id:
            lines = spent.filtered(lambda line, c=card: line.coupon_id == c)
            cost = self._get_points_cost(lines, bounded)
            if self._may_use_card(card, program):
                bounded.add(program, 0, cost, card=card)
            else:
                bounded.cuts.add("card")
        for claim in claims:
            if claim.key > 0:
                extra = claim.points + bounded.gross.get(claim.key, (0, 0))[1]
                if extra > 0.01:
                    bounded.cuts.add("points")
                continue
            lines = loose.filtered(
                lambda line, c=claim: line.reward_identifier_code in c.line_codes
            )
            loose -= lines
            self._bound_new(bounded, allowance, program, claim, lines)

    def _bound_new(self, bounded, allowance, program, claim, lines):
        """A card that the order makes, or a gift card that it fills."""
        cost = self._get_points_cost(lines, bounded)
        earned = allowance.take(program, claim.points + cost)
        if not (earned or lines):
            return
        card = self._get_card_of_code(claim.code)
        if card and program.program_type == "gift_card":
            if self._may_use_card(card, program):
                bounded.add(program, earned, cost, card=card, key=claim.key)
                return
        code = claim.code
        if card or self._is_code_of_rule(code):
            bounded.cuts.add("code")
            code = ""
        bounded.add(
            program,
            earned,
            cost,
            key=claim.key,
            code=code,
            line_codes=self._get_line_codes(lines),
            expiration_date=claim.expiration_date,
            partner_id=self.partner_id.id,
        )

    def _may_use_card(self, card, program):
        """Whether the order may use ``card``: of its programme, company and customer."""
        company = program.company_id
        return bool(
            card.active
            and card.program_id == program
            and (not company or company in self.company_id.parent_ids)
            and (
                card.partner_id in (card.partner_id.browse(), self.partner_id)
                or program.program_type == "gift_card"
            )
        )

    def _get_card_of_code(self, code):
        cards = self.env["loyalty.card"].with_context(active_test=False)
        return cards.search([("code", "=", code)], limit=1) if code else cards

    def _is_code_of_rule(self, code):
        rules = self.env["loyalty.rule"].with_context(active_test=False)
        domain = [("mode", "=", "with_code"), ("code", "=", code)]
        return bool(code and rules.search_count(domain, limit=1))

    def _get_points_cost(self, lines, bounded):
        """What the rewards in ``lines`` cost; a cost below zero would make points."""
        costs = lines.mapped("points_cost")
        if any(cost < 0 for cost in costs):
            bounded.cuts.add("cost")
        return float_round(sum(max(cost, 0) for cost in costs), precision_digits=4)

    def _get_line_codes(self, lines):
        """Codes by which core links these lines to a card that is made now."""
        loose = lines.filtered(lambda line: not line.coupon_id)
        return sorted(set(filter(None, loose.mapped("reward_identifier_code"))))

    # -- what was cut ------------------------------------------------------------------

    def _get_loyalty_cut_texts(self):
        return {
            "malformed": self.env._(
                "Part of what the till said of its points made no sense and was left out."
            ),
            "programme": self.env._(
                "Points of a programme that this order does not take part in were left out."
            ),
            "amount": self.env._(
                "The lines of the order come to more than was paid: it gives no points."
            ),
            "reward": self.env._(
                "A reward came back for which nothing was paid back: its points are not "
                "given back."
            ),
            "points": self.env._(
                "The till said that the order gives more points than it does. What it gives "
                "was booked."
            ),
            "cost": self.env._(
                "A reward that costs less than nothing was counted as free."
            ),
            "card": self.env._(
                "A card that is not the customer's, or not in use any more, was left alone."
            ),
            "code": self.env._(
                "The code of a new card was taken already: the card has another one."
            ),
            "customer": self.env._(
                "Points were left out, as the order has no customer."
            ),
            "overdrawn": self.env._(
                "More was spent of a card than there was on it. It was sold without a "
                "connection, or at two tills at once."
            ),
        }

    def _flag_loyalty_cuts(self, cuts):
        """Say on the order what was not booked as the till said, without naming anybody."""
        self.ensure_one()
        texts = self._get_loyalty_cut_texts()
        if sentences := [text for code, text in texts.items() if code in cuts]:
            self.message_post(body=self.env._("Points: %s", " ".join(sentences)))
