from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import ConsentCase

START = datetime(2026, 1, 1)
AT_ANY_PACE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
    "max_examples": 40,
}
keys = st.sampled_from(["a", "b", "c", "d"])
hours = st.integers(0, 2000)  # the consent is valid for a month

# what may happen to a customer; times go on by themselves
steps = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.booleans(), st.none() | keys),
        st.tuples(st.just("late"), st.booleans(), hours, keys),
        st.tuples(st.just("import"), st.booleans(), hours),
        st.tuples(st.just("wait"), hours),
        st.tuples(st.just("expire")),
        st.tuples(st.just("reask")),
    ),
    max_size=12,
)


@tagged("post_install", "-at_install")
class TestConsentProperty(ConsentCase):
    """Whatever happens in whatever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = cls.new_purpose("t_month", "For a month", validity_months=1)
        with freeze_time(START):
            cls.publish(cls.month, "For a month.")

    def take(self, customer, clock, step):
        """Have one thing happen; the hours the clock goes on by."""
        kind, *args = step
        if kind == "set":
            granted, key = args
            key = key and f"{customer.id}-{key}-{granted}"
            customer._consent_set("t_month", granted, "backend", key=key)
        elif kind in ("late", "import"):
            granted, ago, *key = args
            customer._consent_set(
                "t_month",
                granted,
                "pos" if kind == "late" else "import",
                at=clock - timedelta(hours=ago),
                key=f"{customer.id}-{key[0]}-{granted}" if key else None,
                **({} if kind == "late" else {"event": "imported", "source": "file"}),
            )
        elif kind == "expire":
            for row in self.states.search([("partner_id", "=", customer.id)]):
                if row.state == "granted" and row._state_now() == "expired":
                    row._expire()
        elif kind == "reask":
            wording = self.month._get_wording()
            customer._consent_append(
                customer._ensure_customer_uuid(),
                [
                    {
                        **customer._prepare_consent_event(
                            self.month, wording, "backend", "operator"
                        ),
                        "event": "reasked",
                        "state": self.answer(customer, self.month),
                        "at": clock,
                        "recorded_at": clock,
                    }
                ],
            )
        return args[0] if kind == "wait" else 1

    @settings(**AT_ANY_PACE)
    @given(steps)
    def test_state_is_what_the_ledger_says(self, taken):
        with self.env.cr.savepoint() as savepoint:
            customer = self.new_customer("Anybody")
            clock = START + timedelta(days=400)
            for step in taken:
                with freeze_time(clock):
                    self.env.invalidate_all()
                    clock += timedelta(hours=self.take(customer, clock, step))
            with freeze_time(clock):
                self.check(customer, clock)
            savepoint.rollback()
        self.env.invalidate_all()

    def check(self, customer, clock):
        uuid = customer.customer_uuid
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("subject_uuid", "=", uuid)]
        kept = [row._as_dict() for row in self.states.search(domain)]
        made = [row._as_dict() for row in self.states._rebuild(uuid)]
        self.assertEqual(kept, made)
        self.assertFalse(self.events.verify(uuid))
        events = self.chain_of(customer)
        noes = [
            e.at
            for e in events
            if e.event not in ("reasked", "expired")
            and e.state in ("refused", "withdrawn")
        ]
        yeses = [
            e
            for e in events
            if e.event in ("granted", "imported") and e.state == "granted"
        ]
        expected = any(
            e.at > max(noes, default=datetime.min)
            and e.at == max(y.at for y in yeses)
            and e.until > clock
            for e in yeses
        )
        self.assertEqual(self.answer(customer, self.month) == "granted", expected)
