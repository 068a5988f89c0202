from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common import LoyaltyCommon

START = datetime(2026, 1, 15, 12)
AT_ANY_PACE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
    "max_examples": 60,
}
points = st.integers(1, 400).map(lambda number: number / 4)
which = st.integers(0, 5)
parts = st.sampled_from([0.25, 0.5, 0.75, 1])

# what may happen to a card, in any order
steps = st.lists(
    st.one_of(
        st.tuples(st.just("sale"), points, st.booleans(), st.none() | points),
        st.tuples(st.just("refund"), which, parts),
        st.tuples(st.just("cancel"), which),
        st.tuples(st.just("adjust"), points.map(lambda number: number - 50)),
        st.tuples(st.just("transfer"), which),
        st.tuples(st.just("wait"), st.integers(1, 60)),
        st.tuples(st.just("release")),
        st.tuples(st.just("expire")),
        st.tuples(st.just("merge"), st.none() | points),
    ),
    max_size=14,
)
rules = st.fixed_dictionaries(
    {
        "clawback_policy": st.sampled_from(["negative", "note"]),
        "expiry_basis": st.sampled_from(["none", "earning", "activity"]),
        "expiry_months": st.integers(1, 3),
        "expiry_notice_days": st.sampled_from([0, 20]),
    }
)


class Sale:
    """What a sale gave and cost, and how much of it has come back."""

    def __init__(self, document, earned, spent):
        self.document, self.earned, self.spent = document, earned, spent
        self.back = 0


@tagged("post_install", "-at_install")
class TestProperty(LoyaltyCommon, TransactionCase):
    """Whatever happens in whatever order: no point comes from nothing, none is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = cls.env["res.partner.category"]
        cls.programs.search([]).expiry_basis = "none"

    def take_sale(self, earned, pending, spent):
        self.program.pending_days = 14 if pending else 0
        document = self.documents.create({"name": "Sale"})
        # a till redeems what there is, and not more
        spent = min(spent or 0, max(self.card.points, 0))
        if spent:
            self.card._book("spent", used=spent, document=document)
        self.card._book_earned(earned, document)
        self.sales.append(Sale(document, earned, spent))

    def take_refund(self, number, part):
        if sale := self.sale_number(number):
            self.come_back(sale, max(part, sale.back))

    def take_cancel(self, number):
        if sale := self.sale_number(number):
            self.env["loyalty.pending"]._cancel(sale.document)
            self.come_back(sale, 1)

    def come_back(self, sale, share):
        sale.back = share
        document = self.documents.create({"name": "Refund"})
        cards = self.env["loyalty.card"]
        cards._claw_back(sale.document, document, lambda _program: share)
        self.card._give_back(sale.document, document, sale.spent * share)

    def sale_number(self, number):
        return self.sales[number % len(self.sales)] if self.sales else None

    def take_adjust(self, delta):
        try:
            with self.cr.savepoint():
                self.card.customer_adjust(delta, "Because")
            self.adjusted += delta
        except UserError:  # nothing changes by zero, or below zero
            self.env.invalidate_all()

    def take_transfer(self, number):
        """The sale was another customer's: their card has no part in it any more."""
        sale = self.sale_number(number)
        if not sale or sale.back or sale.spent or self.card.points < sale.earned:
            return
        if self.env["loyalty.pending"].search(
            [("order_id", "=", sale.document.id), ("state", "=", "waiting")]
        ):
            return
        self.card._book("transferred", used=sale.earned, document=sale.document)
        self.sales.remove(sale)
        other = self.new_card(partner_id=self.other.id)
        other._book("transferred", issued=sale.earned, document=sale.document)

    def take_wait(self, days):
        self.clock += timedelta(days=days)

    def take_release(self):
        while self.env["loyalty.pending"]._release_batch():
            pass

    def take_expire(self):
        self.card._expire_due()
        self.card._announce_expiries()

    def take_merge(self, theirs):
        """The customer is found to have another account."""
        gone = self.new_card(theirs or 0, partner_id=self.new_customer("Twin").id)
        self.adjusted += theirs or 0
        self.env["loyalty.card"]._merge_customers(gone.partner_id, self.customer)
        self.assertFalse(gone.active)

    @settings(**AT_ANY_PACE)
    @given(rules, steps)
    def test_balance_is_what_happened(self, chosen, taken):
        with self.cr.savepoint() as savepoint:
            self.program.write(chosen)
            self.other = self.new_customer("Somebody else")
            self.card, self.sales, self.adjusted = self.new_card(), [], 0
            self.clock = START
            for name, *args in taken:
                with freeze_time(self.clock):
                    getattr(self, f"take_{name}")(*args)
                    self.check()
                self.clock += timedelta(hours=1)
            savepoint.rollback()
        self.env.invalidate_all()

    def check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        cards = self.card | self.other.env["loyalty.card"].search(
            [("partner_id", "=", self.other.id)]
        )
        self.assertBooked(cards)
        lines = self.card.history_ids

        def total(kind, field):
            return sum(lines.filtered(lambda line: line.kind == kind).mapped(field))

        expected = self.adjusted - total("expired", "used")
        for sale in self.sales:
            expected += sale.earned * (1 - sale.back) - sale.spent * (1 - sale.back)
        # what could not be taken back was spent: it is written down, never given again
        missing = total("clawed_back", "shortfall")
        wealth = self.card.points + self.card.points_pending
        # what comes back of a sale is rounded to hundredths, once up and once down
        tolerance = 0.011 * len(self.sales) + 0.001
        # of a sale whose points expired, a return takes back what has not
        spared = sum(
            min(sale.earned * sale.back, total("expired", "used"))
            for sale in self.sales
        )
        self.assertGreaterEqual(wealth, expected + missing - tolerance)
        self.assertLessEqual(wealth, expected + missing + spared + tolerance)
        if self.program.clawback_policy != "negative":
            self.assertGreaterEqual(self.card.points, 0)
            gained = sum(sale.earned for sale in self.sales)
            self.assertLessEqual(missing, gained + 0.001)
        else:
            self.assertFalse(missing)
        self.assertGreaterEqual(self.card.points_pending, 0)
        running = lines.sorted("id")[-1:].balance
        self.assertAlmostEqual(running, self.card.points, 4)
