from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import LoyaltyOrderCase

AT_ANY_PACE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
    "max_examples": 15,
}
which = st.integers(0, 5)

# what may happen at a till, in any order; claims are whatever a till says
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("sale"),
            st.integers(1, 60),
            st.integers(1, 3),
            st.integers(-50, 500),
            st.booleans(),
        ),
        st.tuples(st.just("redeem"), st.integers(-50, 500)),
        st.tuples(st.just("refund"), which, st.integers(1, 3), st.integers(-500, 500)),
        st.tuples(st.just("adjust"), st.integers(-40, 40).filter(bool)),
        st.tuples(st.just("release")),
    ),
    max_size=7,
)


@tagged("post_install", "-at_install")
class TestLoyaltyProperty(LoyaltyOrderCase):
    """Whatever a till sends, in whatever order: points are what was sold and not returned."""

    def take_sale(self, price, qty, claim, is_pending):
        self.program.pending_days = 14 if is_pending else 0
        values = self.till_order(
            self.ana, self.claim(claim), [self.line_values(price, qty)]
        )
        for _sent_again in range(2):
            self.sync(values)
        sale = self.env["pos.order"].search([("uuid", "=", values["uuid"])])
        earned = min(max(claim, 0), price * qty)
        self.sales.append([sale, earned, qty, 0])

    def take_redeem(self, claim):
        """A reward at its price, which pays a part of what is bought with it."""
        if self.mine.points < 10:
            return
        self.program.pending_days = 0
        reward = self.program.reward_ids
        lines = [
            self.line_values(30),
            self.reward_values(reward, -3, 10, self.mine),
        ]
        before = self.mine.points
        self.sync_order(self.ana, self.claim(claim, key=self.mine.id), lines)
        gained = self.mine.points - before
        # what the till says is a net: never more than the purchase gives
        self.assertGreaterEqual(gained, -10)
        self.assertLessEqual(gained, 27 - 10 + 3)
        self.other += gained

    def take_refund(self, number, qty, claim):
        if not self.sales:
            return
        sale = self.sales[number % len(self.sales)]
        order, _earned, sold, back = sale
        qty = min(qty, sold - back)
        if not qty:
            return
        sale[3] += qty
        self.sync_refund(order, qty, changes=self.claim(claim, key=self.mine.id))

    def take_adjust(self, delta):
        self.mine.customer_adjust(delta, "Because")
        self.other += delta

    def take_release(self):
        self.env.flush_all()
        waiting = self.env["loyalty.pending"].search([("card_id", "=", self.mine.id)])
        waiting._release()

    @settings(**AT_ANY_PACE)
    @given(steps)
    def test_points_are_what_was_sold(self, taken):
        with self.cr.savepoint() as savepoint:
            self.mine = self.new_card(self.ana)
            self.sales, self.other = [], 0
            for name, *args in taken:
                getattr(self, f"take_{name}")(*args)
                self.check()
            savepoint.rollback()
        self.env.invalidate_all()

    def check(self):
        self.assertBooked()
        self.env.invalidate_all()
        expected = self.other + sum(
            earned * (1 - back / sold) for _order, earned, sold, back in self.sales
        )
        wealth = self.mine.points + self.mine.points_pending
        self.assertAlmostEqual(wealth, expected, delta=0.011 * (len(self.sales) + 1))
        self.assertEqual(len(self.card(self.ana)), 1)
