import itertools
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

CUSTOMERS = 4000
WORDS = (
    "Jan Łukasz Élodie Jansen Wiśniewska Vries O'Neil Saint-Denis Voorstraat Kerkweg Łódź "
    "Besançon Utrecht αθηνα Москва 東京 12 7b"
).split()
FIELDS = (
    "name email phone street zip city customer_code barcode vat customer_type_id "
    "category_id properties password __class__ child_ids customer_sensitive_note"
).split()

# What people type, what scanners send, and what only an attacker or a cat would.
typed = st.one_of(
    st.text(max_size=30),
    st.text(
        alphabet="%_\\'\"()[]{}|*+?^$.,;:@&!#<>-/ \t\n\r\x01\x02\x08\x0b0a", max_size=40
    ),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(", ".join),
    st.from_regex(r"[+0(]{0,3}[0-9 ()./-]{1,18}", fullmatch=True),
    st.emails(),
    st.integers(1, 10_000).map(lambda n: "x" * n),
    st.sampled_from(WORDS).flatmap(
        lambda word: st.integers(0, len(word)).map(
            lambda i: word[:i] + "q" + word[i + 1 :]
        )
    ),
)
NUMBERS = ("75{0:03d}", "{0:04d}", "3161{0:07d}")  # postcodes and a phone
fields = st.none() | st.lists(st.sampled_from(FIELDS), max_size=4)
AT_ANY_PACE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
numbers = st.none() | st.integers(-(10**30), 10**30)


@pytest.mark.fuzz
@tagged("post_install", "-at_install")
class TestSearchFuzz(TransactionCase):
    """Whatever is typed: an answer, by the index, and nobody whom the user may not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env["res.company"].create({"name": "Other shop"})
        partners = cls.env["res.partner"].with_context(tracking_disable=True)
        cls.forbidden = partners.create(
            [
                {
                    "name": "Jan Foreign",
                    "company_id": cls.foreign.id,
                    "is_customer": True,
                },
                {"name": "Jan Archived", "active": False, "is_customer": True},
                {"name": "Jan Supplier", "city": "Utrecht"},
                {"name": "Jan Secret", "city": "Hidden", "is_customer": True},
            ]
        )
        cls._people()
        cls.user = new_test_user(
            cls.env, "fuzz", groups="customer_base.group_customer_user"
        )
        cls.env["ir.rule"].create(
            {
                "name": "Nobody from Hidden",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "groups": [
                    Command.link(cls.env.ref("customer_base.group_customer_user").id)
                ],
                "domain_force": "['|', ('city', '=', False), ('city', '!=', 'Hidden')]",
            }
        )

    @classmethod
    def _people(cls):
        """Enough of them that reading all would be a choice of the planner."""
        rng = random.Random(7)
        rows = [
            (
                f"{rng.choice(WORDS)} {rng.choice(WORDS)} {number}",
                f"x{number}@example.com",
                f"+3161{number:07d}",
                f"{rng.choice(WORDS)} {number % 90}",
                rng.choice(WORDS),
                rng.choice(("75{0:03d}", "{0:04d} AB", "12-{0:03d}", "L-{0}")).format(
                    number % 1000
                ),
                f"FZ{number}",
            )
            for number in range(CUSTOMERS)
        ]
        cls.env.cr.execute(
            SQL(
                "INSERT INTO res_partner (name, complete_name, email, phone, street, city, zip,"
                " customer_code, is_customer, active, type, autopost_bills, partner_share)"
                " SELECT name, name, email, phone, street, city, zip, code, true, true,"
                " 'contact', 'ask', true FROM jsonb_to_recordset(%s::jsonb)"
                " AS t (name text, email text, phone text, street text, city text, zip text, code text)",
                json.dumps(
                    [
                        dict(
                            zip(
                                "name email phone street city zip code".split(),
                                row,
                                strict=True,
                            )
                        )
                        for row in rows
                    ]
                ),
            )
        )
        cls.env.cr.execute("ANALYZE res_partner; ANALYZE customer_search_index")
        cls.env.invalidate_all()

    def _record_plans(self):
        """Note the plan of each query on the index, as it is run."""
        plans = []
        execute = type(self.env.cr).execute

        def explaining(cursor, query, params=None, **kwargs):
            text = query.code if isinstance(query, SQL) else query
            if "customer_search_index AS s" in text and text.lstrip().startswith(
                "SELECT"
            ):
                values = query.params if isinstance(query, SQL) else params
                execute(cursor, f"EXPLAIN (FORMAT JSON) {text}", values)
                plans.append(cursor.fetchone()[0][0]["Plan"])
            return execute(cursor, query, params, **kwargs)

        self.patch(type(self.env.cr), "execute", explaining)
        return plans

    def _read_as_a_whole(self, plan):
        """The tables that a plan reads from one end to the other."""
        found = (
            {plan.get("Relation Name")} if plan["Node Type"] == "Seq Scan" else set()
        )
        return found.union(*map(self._read_as_a_whole, plan.get("Plans", ())))

    def test_whatever_is_typed(self):
        plans = self._record_plans()
        partners = self.env["res.partner"].with_user(self.user)
        tables = {"customer_search_index", "res_partner"}

        @settings(max_examples=settings.default.max_examples * 5, **AT_ANY_PACE)
        @given(query=typed, names=fields, limit=numbers, offset=numbers)
        def search(query, names, limit, offset):
            plans.clear()
            result = partners.customer_search(query, names, limit, offset)
            self.assertLessEqual(len(result["rows"]), 200)
            ids = {row["id"] for row in result["rows"]}
            self.assertFalse(ids & set(self.forbidden.ids), query)
            read = set().union(*map(self._read_as_a_whole, plans))
            self.assertFalse(read & tables, (query, plans))

        search()

    def assertIndexAgrees(self, query, names=None):
        """Both ways lead to the same rows: looking through them, and the index."""
        partners = self.env["res.partner"].with_user(self.user)
        query = partners._customer_search_text(query)
        if question := partners._customer_search_question(query, names):
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM customer_search_index AS s WHERE (%s) <> (%s)",
                    question.fits,
                    question.indexed,
                )
            )
            self.assertEqual(self.env.cr.fetchone()[0], 0, query)

    def test_the_index_agrees(self):
        @settings(**AT_ANY_PACE)
        @given(query=typed, names=fields)
        def ask(query, names):
            self.assertIndexAgrees(query, names)

        ask()

    def test_the_index_agrees_on_pieces_of_numbers(self):
        for number, form, length in itertools.product(
            (7, 123, 940), NUMBERS, range(1, 12)
        ):
            digits = form.format(number)
            self.assertIndexAgrees(digits[:length])
            self.assertIndexAgrees(digits[-length:])

    def test_whatever_is_scanned(self):
        partners = self.env["res.partner"].with_user(self.user)

        @settings(**AT_ANY_PACE)
        @given(code=typed)
        def scan(code):
            row = partners.customer_scan(code)
            self.assertNotIn(row and row["id"], self.forbidden.ids)

        scan()

    def test_the_forbidden_are_looked_for(self):
        """They would be found, if nothing kept them out."""
        found = self.env["res.partner"].search(
            [("display_name", "ilike", "jan secret")]
        )
        self.assertEqual(found, self.forbidden[3])
        rows = self.env["res.partner"].customer_search("jan secret")["rows"]
        self.assertEqual([row["id"] for row in rows], self.forbidden[3].ids)
