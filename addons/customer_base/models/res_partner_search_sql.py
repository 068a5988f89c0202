from collections import namedtuple
from contextlib import contextmanager

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..tools import search_query
from .customer_search_index import COLUMNS

_RECENT = 3000  # so many of those served last are looked through first
_FOUND = 400  # so many are looked at among all the others
_BEST = 5  # what a term scores at most

#: ``fits``: condition on the row ``s`` of the index; ``indexed``: the same as the index is
#: asked; ``score`` of the row, ``best`` at most, of so many ``terms``; ``exact`` finds rows
#: that hold all words as they are, ``named`` those that hold them in the name or as a code, or
#: they are None; ``misspelt`` has pairs of a word that may have one letter another, the longest
#: first, and the conditions of all other terms
Question = namedtuple("Question", "fits indexed score best terms exact named misspelt")
#: who may be found at all: conditions on the index, one of them on the day of the last sale
Among = namedtuple("Among", "visible served")
Row = namedtuple("Row", "id score served_on body")


def _everybody(condition):
    """The question that all who fit ``condition`` answer equally well."""
    return Question(condition, condition, SQL("0"), 0, 0, None, None, [])


def _rank(row):
    served = row.served_on.toordinal() if row.served_on else 0
    return (-row.score, -served, row.body, row.id)


class ResPartner(models.Model):
    """The search as queries on its index, each of them bounded.

    A word that many have is found among those who were served last, without the index; a
    rare one through the index. So neither ever reads the whole table.
    """

    _inherit = "res.partner"

    # -- the question in SQL ------------------------------------------------------------

    @api.model
    def _customer_search_question(self, query, names):
        """
        :param list names: fields to look into, None for all
        :return: :class:`Question`, None when nobody can fit
        """
        if not query.strip():
            return _everybody(SQL("TRUE"))
        fields = self._customer_search_fields(names)
        terms, wide = self._customer_search_terms(query, fields, bool(names))
        if not terms:
            return None
        fits, indexed = zip(
            *(
                self._customer_search_term(term, where if names else None, wide)
                for term, where in terms
            ),
            strict=True,
        )
        units = [term.unit for term, _where in terms]
        exact, named, misspelt = None, None, []
        # tokens hold the words of these fields, whichever they stand in
        if {"name", "street", "city"} <= set(fields):
            exact = SQL("s.tokens @> %s::text[]", units)
            named = SQL(" AND ").join(
                SQL("s.tokens && ARRAY[%s, %s]", f"={unit}", f"n:{unit}")
                for unit in units
            )
            misspelt = [
                (unit, [*indexed[:index], *indexed[index + 1 :]])
                for index, unit in enumerate(units)
                if search_query.may_be_misspelt(unit)
            ]
            misspelt.sort(key=lambda pair: -len(pair[0]))
        return Question(
            SQL(" AND ").join(fits),
            SQL(" AND ").join(indexed),
            SQL(" + ").join(map(self._customer_search_score, units)),
            _BEST * len(units),
            len(units),
            exact,
            named,
            misspelt,
        )

    @api.model
    def _customer_search_terms(self, query, fields, by_commas):
        """
        :return: pairs of a term of ``query`` and the fields it is looked for in; whether
            letters beyond ASCII count for ``pg_trgm`` in this database
        """
        parts = [(query, fields)]
        if by_commas and "," in query:
            parts = [
                (value, fields[index : index + 1] or fields)
                for index, value in enumerate(query.split(","))
                if value.strip()
            ]
        if not fields or not parts:
            return [], False
        folded, wide = self._customer_search_fold([value for value, _fields in parts])
        terms = [
            (term, where)
            for text, (_value, where) in zip(folded, parts, strict=True)
            for term in search_query.terms_of(text)
        ]
        return terms, wide

    @api.model
    def _customer_search_fold(self, texts):
        """
        :return: the texts as the index has them, and whether letters beyond ASCII count
            for ``pg_trgm`` in this database
        """
        if all(map(str.isascii, texts)):
            return [text.lower() for text in texts], True
        trigrams = self.env["customer.search.index"]._trigram_schema()
        self.env.cr.execute(
            SQL(
                "SELECT array_agg(customer_search_fold(value) ORDER BY position),"
                " cardinality(%s.show_trgm('ж')) > 0"
                " FROM unnest(%s::text[]) WITH ORDINALITY AS texts (value, position)",
                trigrams,
                texts,
            )
        )
        return self.env.cr.fetchone()

    @api.model
    def _customer_search_term(self, term, fields, wide):
        """The condition that one term sets, in all fields or in ``fields``.

        :return: pair of SQL: for a row, and as the index is asked
        """
        segments = search_query.ALL_SEGMENTS
        choices = []
        if fields is not None:
            segments = {search_query.SEGMENTS.get(name) for name in fields} - {None}
            segments = "".join(sorted(segments))
            if tokens := self._customer_search_tokens(term.unit, fields):
                choices.append((SQL("s.tokens && %s::text[]", tokens),) * 2)
        if segments:
            choices.append(self._customer_search_text_with(term, segments, wide))
        if not choices:
            return SQL("FALSE"), SQL("FALSE")
        fits, indexed = zip(*choices, strict=True)
        return (
            SQL("(%s)", SQL(" OR ").join(fits)),
            SQL("(%s)", SQL(" OR ").join(indexed)),
        )

    @api.model
    def _customer_search_text_with(self, term, segments, wide):
        """The condition that the text holds a term in one of its ways.

        :return: pair of SQL, as of :meth:`_customer_search_term`
        """
        ends = search_query.ends_of(term.alternatives)
        ways = [
            self._customer_search_pieces(pieces, segments, term.unit, wide, bool(ends))
            for pieces in term.alternatives
        ]
        fits = SQL("(%s)", SQL(" OR ").join(ways))
        if not ends:
            return fits, fits
        # short lists of the index instead of many trigrams; row by row they take longer
        return fits, SQL("s.tokens && %s::text[] AND %s", ends, fits)

    @api.model
    def _customer_search_pieces(self, pieces, segments, unit, wide, by_ends):
        conditions = []
        # what has no trigram would make the index return everybody
        indexed = [not by_ends and search_query.is_indexed(p, wide) for p in pieces]
        for piece, is_indexed in zip(pieces, indexed, strict=True):
            body = SQL("s.body") if is_indexed else SQL("(s.body || '')")
            conditions.append(SQL("%s LIKE %s", body, search_query.like(piece)))
            if segments != search_query.ALL_SEGMENTS:
                pattern = search_query.regex(piece, segments)
                conditions.append(SQL("(s.body || '') ~ %s", pattern))
        if not by_ends and not any(indexed):
            words = search_query.words_of(unit) or [unit]
            conditions.append(SQL("s.tokens @> %s::text[]", words))
        return SQL("(%s)", SQL(" AND ").join(conditions))

    @api.model
    def _customer_search_tokens(self, text, fields):
        """Tokens of types, tags and attributes whose name or value is ``text``."""
        tokens = []
        if "customer_type_id" in fields:
            types = self.env["customer.type"].search([("name", "ilike", text)])
            tokens += [f"t:{id_}" for id_ in types.ids]
        if "category_id" in fields:
            tags = self.env["res.partner.category"].search([("name", "ilike", text)])
            tokens += [f"g:{id_}" for id_ in tags.ids]
        names = {
            name.partition(".")[2] for name in fields if name.startswith("properties")
        }
        if names:
            tokens += self._customer_search_attribute_tokens(text, names)
        return tokens

    @api.model
    def _customer_search_attribute_tokens(self, text, names):
        domain = [] if "" in names else [("name", "in", list(names))]
        attributes = self.env["customer.attribute"].search(domain)
        tokens = [f"a:{attribute.name}:{text}" for attribute in attributes]
        options = self.env["customer.attribute.option"].search(
            [("attribute_id", "in", attributes.ids), ("label", "ilike", text)]
        )
        tokens += [f"a:{option.attribute_id.name}:{option.key}" for option in options]
        return tokens

    @api.model
    def _customer_search_score(self, unit):
        """How well a row holds a term: as a code, as a word, as the beginning of one."""
        return SQL(
            """CASE WHEN s.tokens @> ARRAY[%(code)s] THEN 5
                    WHEN s.tokens @> ARRAY[%(name)s] THEN 4
                    WHEN strpos(s.body, %(word)s) > 0 THEN 3
                    WHEN strpos(s.body, %(start)s) BETWEEN 1 AND strpos(s.body, chr(4)) THEN 2
                    WHEN strpos(s.body, %(start)s) > 0 THEN 1 ELSE 0 END""",
            code=f"={unit}",
            name=f"n:{unit}",
            word=f" {unit} ",
            start=f" {unit}",
        )

    # -- the answer ---------------------------------------------------------------------

    @api.model
    def _customer_search_rows(self, question, filters, count, enough=None):
        """The first rows of the index, the best first.

        Those served last are looked through. When too few of them fit, the index is asked:
        for those who fit to the letter, which is quick, then for all. Where enough of those
        served last fit, only those who fit better are asked for.

        :param int count: rows at most
        :param int enough: with so many of those served last the others can wait; as many as
            ``count`` by default
        :return: list of :class:`Row`, whether there may be others; who they are is still to
            be read with the user's rights
        """
        among = self._customer_search_among(filters)
        enough = min(enough or count + 1, count + 1)
        with self._customer_search_planned():
            rows = self._customer_search_recent(question, among, count + 1)
            more = len(rows) >= enough
            if more:
                better = rows[enough - 1].score < question.best - question.terms
                conditions = [question.named] if better else []
            else:
                conditions = [question.exact, question.indexed]
            for condition in filter(None, conditions):
                if more or len({row.id for row in rows}) <= count:
                    rows += self._customer_search_found(
                        question, condition, among, count + 1
                    )
            if not rows:
                # guesses: a screenful of them is plenty
                rows = self._customer_search_misspelt(question, among, enough)
        rows = sorted({row.id: row for row in rows}.values(), key=_rank)
        return rows[:count], more or len(rows) > count

    @api.model
    def _customer_search_misspelt(self, question, among, count):
        """Those who fit when one word, the longest if need be, has one letter another."""
        for word, others in question.misspelt:
            if variants := self._customer_search_known(search_query.misspellings(word)):
                condition = SQL(" AND ").join(
                    [SQL("s.tokens && %s::text[]", variants), *others]
                )
                if rows := self._customer_search_found(
                    question, condition, among, count
                ):
                    return rows
        return []

    @api.model
    def _customer_search_known(self, words):
        """Those of ``words`` that somebody has."""
        # one by one: in one condition each row that fits would be compared with all of them
        return self.env.execute_query(
            SQL(
                "SELECT coalesce(array_agg(word), '{}')"
                "  FROM unnest(string_to_array(%s, ' ')) AS words (word)"
                " WHERE EXISTS (SELECT FROM customer_search_index AS s"
                "                WHERE s.tokens @> ARRAY[word])",
                " ".join(words),
            )
        )[0][0]

    @api.model
    def _customer_search_by_code(self, code):
        """Rows of the customers, two at most, whose code or barcode is ``code``."""
        token = SQL("ARRAY['=' || left(customer_search_fold(%s), 99)]", code)
        condition = SQL("s.tokens @> %s", token)
        question = _everybody(condition)
        among = self._customer_search_among({})
        with self._customer_search_planned():
            return self._customer_search_found(question, condition, among, 2)

    @contextmanager
    def _customer_search_planned(self):
        """Keep PostgreSQL from reading tables from one end to the other.

        It would, hoping to meet many who fit soon, and sometimes it hopes in vain.
        """
        self.env.cr.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;"
            " SET LOCAL enable_mergejoin = off;"
            " SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
        )
        yield
        # after an error the transaction takes the settings with it
        self.env.cr.execute(
            "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_hashjoin TO DEFAULT;"
            " SET LOCAL enable_mergejoin TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT;"
            " SET LOCAL max_parallel_workers_per_gather TO DEFAULT; SET LOCAL jit TO DEFAULT"
        )

    # -- who is looked at ---------------------------------------------------------------

    @api.model
    def _customer_search_among(self, filters):
        """Who is to be looked at at all: customers whom the user sees, by filters.

        :return: :class:`Among`
        """
        # what is still in memory has to reach the triggers
        self.flush_model(COLUMNS)
        conditions = [SQL("s.customer"), *self._customer_search_visible()]
        if type_id := filters.get("type_id"):
            conditions.append(SQL("s.tokens @> ARRAY[%s]", f"t:{type_id}"))
        domain = Domain("is_customer", "=", True)
        if filters.get("blocked"):
            domain &= Domain("customer_blocked_pos", "=", True)
        if filters.get("blocked") or not self._customer_search_rules_are_known():
            query = self._search(domain)  # with the record rules of the user
            conditions.append(
                SQL(
                    "EXISTS (SELECT FROM %s WHERE res_partner.id = s.partner_id AND %s)",
                    query.from_clause,
                    query.where_clause or SQL("TRUE"),
                )
            )
        served = []
        if day := filters.get("served_after"):
            served.append(SQL("s.served_on >= %s", day))
        if day := filters.get("served_before"):
            served.append(SQL("s.served_on <= %s", day))
        if filters.get("never_served"):
            served.append(SQL("s.served_on IS NULL"))
        return Among(
            SQL(" AND ").join(conditions),
            SQL(" AND ").join(served) if served else SQL("TRUE"),
        )

    @api.model
    def _customer_search_visible(self):
        """Conditions that leave the customers of the user's companies."""
        if self.env.su:
            return []
        ids = self._customer_search_companies(tuple(self.env.companies.ids))
        conditions = [
            SQL("(s.company_id IS NULL OR s.company_id = ANY(%s))", list(ids))
        ]
        if self._customer_search_sees_few(ids):
            tokens = [f"k:{id_}" for id_ in (0, *ids)]
            conditions.append(SQL("s.tokens && %s::text[]", tokens))
        return conditions

    @api.model
    @ormcache("company_ids")
    def _customer_search_companies(self, company_ids):
        """These companies and those over them, whose customers a branch sees."""
        # sudo: as core's rule, which looks up ``parent_of``
        companies = self.env["res.company"].sudo().browse(company_ids)
        return tuple(sorted(companies.parent_ids.ids))

    @api.model
    @ormcache("company_ids")
    def _customer_search_sees_few(self, company_ids):
        """Whether so few customers are of these companies that the index should know.

        Where they are many, the index would only have more to read. A sample, and never
        looked at again: it matters for the time, not for the answer.
        """
        return self.env.execute_query(
            SQL(
                "SELECT avg((company_id IS NULL OR company_id = ANY(%s))::int) < 0.1"
                " FROM customer_search_index TABLESAMPLE SYSTEM (1) REPEATABLE (1)",
                list(company_ids),
            )
        )[0][0]

    @api.model
    def _customer_search_rules_are_known(self):
        """Whether record rules ask for nothing but the company, which the index holds.

        Others are made part of the queries. Rows are read with all rules anyway.
        """
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        names = {condition.field_expr for condition in rules.iter_conditions()}
        return self.env.su or names <= {"company_id", "partner_share"}

    # -- queries ------------------------------------------------------------------------

    @api.model
    def _customer_search_recent(self, question, among, count):
        """Of those who were served last the ones who fit, by rank."""
        candidates = SQL(
            """
            SELECT *
              FROM (SELECT * FROM customer_search_index AS s
                     WHERE %s
                     ORDER BY served_on DESC NULLS LAST, partner_id DESC
                     LIMIT %s) AS s
             WHERE %s AND (%s)
            """,
            among.served,
            max(_RECENT, count),
            among.visible,
            question.fits,
        )
        return self._customer_search_ranked(candidates, question, count)

    @api.model
    def _customer_search_found(self, question, condition, among, count):
        """Of all who fit ``condition`` so many as are looked at, by rank."""
        candidates = SQL(
            """
            SELECT *
              FROM customer_search_index AS s
             WHERE %s AND %s AND (%s)
             LIMIT %s
            """,
            among.visible,
            among.served,
            condition,
            _FOUND,
        )
        # else the key of the table would be a way to read it all
        self.env.cr.execute("SET LOCAL enable_indexscan = off")
        return self._customer_search_ranked(candidates, question, count)

    @api.model
    def _customer_search_ranked(self, candidates, question, count):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, %s AS score, served_on, body
                  FROM (%s) AS s
                 ORDER BY score DESC, served_on DESC NULLS LAST, body, partner_id
                 LIMIT %s
                """,
                question.score,
                candidates,
                count,
            )
        )
        return [Row(*row) for row in rows]
