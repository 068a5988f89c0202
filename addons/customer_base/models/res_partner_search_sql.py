from collections import namedtuple
from contextlib import contextmanager

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from odoo.addons.customer_base.models.customer_search_index import COLUMNS
from odoo.addons.customer_base.tools import search_query

_RECENT = 3000  # so many of those served last are looked through first
_FOUND = 1000  # so many are looked at among all the others
_BEST = 5  # what a term scores at most

#: ``condition`` on the row ``s`` of the index; ``score`` of the row, ``best`` at most, of so
#: many ``terms``; ``exact`` finds rows that hold all words as they are, or is None;
#: ``misspelt`` finds those with one letter another, or is None
Question = namedtuple("Question", "condition score best terms exact misspelt")
#: who may be found at all: conditions on the index, and the query with the record rules
Among = namedtuple("Among", "tokens served query")
#: ``fitting``: how many there were to rank
Row = namedtuple("Row", "id score served_on name fitting")


def _rank(row):
    served = row.served_on.toordinal() if row.served_on else 0
    return (-row.score, -served, row.name or "", row.id)


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
        fields = self._customer_search_fields(names)
        parts = [(query, fields)]
        if names and "," in query:
            parts = [
                (value, fields[index : index + 1] or fields)
                for index, value in enumerate(query.split(","))
                if value.strip()
            ]
        if not query.strip():
            return Question(SQL("TRUE"), SQL("0"), 0, 0, None, None)
        if not fields or not parts:
            return None
        # tokens hold the words of these fields, whichever they stand in
        everywhere = {"name", "street", "city"} <= set(fields)
        folded, wide = self._customer_search_fold([value for value, _fields in parts])
        terms = [
            (term, where)
            for text, (_value, where) in zip(folded, parts, strict=True)
            for term in search_query.terms_of(text)
        ]
        if not terms:
            return None
        conditions = [
            self._customer_search_term(term, where if names else None, wide)
            for term, where in terms
        ]
        units = [term.unit for term, _where in terms]
        misspelt = [
            SQL(" AND ").join(
                [
                    self._customer_search_misspelt(unit),
                    *conditions[:i],
                    *conditions[i + 1 :],
                ]
            )
            for i, unit in enumerate(units)
            if everywhere and search_query.may_be_misspelt(unit)
        ]
        return Question(
            SQL(" AND ").join(conditions),
            SQL(" + ").join(map(self._customer_search_score, units)),
            _BEST * len(units),
            len(units),
            SQL("s.tokens @> %s::text[]", units) if everywhere else None,
            SQL("(%s)", SQL(") OR (").join(misspelt)) if misspelt else None,
        )

    @api.model
    def _customer_search_fold(self, texts):
        """
        :return: the texts as the index has them, and whether letters beyond ASCII count
            for ``pg_trgm`` in this database
        """
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
        """The condition that one term sets, in all fields or in ``fields``."""
        segments = search_query.ALL_SEGMENTS
        choices = []
        if fields is not None:
            segments = {search_query.SEGMENTS.get(name) for name in fields} - {None}
            segments = "".join(sorted(segments))
            if tokens := self._customer_search_tokens(term.unit, fields):
                choices.append(SQL("s.tokens && %s::text[]", tokens))
        for pieces in term.alternatives if segments else ():
            choices.append(self._customer_search_pieces(pieces, segments, term, wide))
        return SQL("(%s)", SQL(" OR ").join(choices)) if choices else SQL("FALSE")

    @api.model
    def _customer_search_pieces(self, pieces, segments, term, wide):
        conditions = []
        for piece in pieces:
            # what has no trigram would make the index return everybody
            indexed = search_query.is_indexed(piece, wide)
            body = SQL("s.body") if indexed else SQL("(s.body || '')")
            conditions.append(SQL("%s LIKE %s", body, search_query.like(piece)))
            if segments != search_query.ALL_SEGMENTS:
                pattern = search_query.regex(piece, segments)
                conditions.append(SQL("(s.body || '') ~ %s", pattern))
        if not any(search_query.is_indexed(piece, wide) for piece in pieces):
            words = search_query.words_of(term.unit) or [term.unit]
            conditions.append(SQL("s.tokens @> %s::text[]", words))
        return SQL("(%s)", SQL(" AND ").join(conditions))

    @api.model
    def _customer_search_misspelt(self, word):
        return SQL("s.tokens && %s::text[]", search_query.misspellings(word))

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
        inside = search_query.like(f" {unit} ")
        name_end = SQL("strpos(s.body, chr(4))")
        return SQL(
            """CASE WHEN s.tokens @> ARRAY['=' || %(unit)s] THEN 5
                    WHEN strpos(s.body, %(word)s) BETWEEN 1 AND %(name_end)s THEN 4
                    WHEN s.body LIKE %(inside)s THEN 3
                    WHEN strpos(s.body, %(start)s) BETWEEN 1 AND %(name_end)s THEN 2
                    WHEN strpos(s.body, %(start)s) > 0 THEN 1 ELSE 0 END""",
            unit=unit,
            word=f" {unit} ",
            inside=inside,
            start=f" {unit}",
            name_end=name_end,
        )

    # -- the answer ---------------------------------------------------------------------

    @api.model
    def _customer_search_ids(self, question, filters, count):
        """The first ``count`` ids, the best first.

        Those served last are looked through; when too few of them fit, the index is
        asked. Where more fit than it looks at, those who fit to the letter are asked for.
        """
        among = self._customer_search_among(filters)
        with self._customer_search_by_index():
            rows = self._customer_search_recent(question, among, count)
            many = len(rows) >= count
            if not many or rows[-1].score < question.best - question.terms:
                rows += self._customer_search_others(question, among, count, many)
            if not rows and question.misspelt:
                rows = self._customer_search_found(
                    question, question.misspelt, among, count
                )
        rows = {row.id: row for row in rows}.values()
        return [row.id for row in sorted(rows, key=_rank)[:count]]

    @api.model
    def _customer_search_others(self, question, among, count, many):
        """Those who fit without having been served lately.

        :param bool many: whether so many fit that only the best matter
        """
        rows, capped = [], False
        if not many:
            rows = self._customer_search_found(
                question, question.condition, among, count
            )
            capped = bool(rows) and rows[0].fitting >= _FOUND
        if question.exact and (many or capped):
            rows += self._customer_search_found(question, question.exact, among, count)
        return rows

    @contextmanager
    def _customer_search_by_index(self):
        """Keep PostgreSQL from reading tables from one end to the other.

        It would, hoping to meet many who fit soon, and sometimes it hopes in vain.
        """
        self.env.cr.execute(
            "SELECT set_config('enable_seqscan', 'off', true),"
            " set_config('max_parallel_workers_per_gather', '0', true)"
        )
        yield
        # after an error the transaction takes the settings with it
        self.env.cr.execute(
            "SET LOCAL enable_seqscan TO DEFAULT;"
            " SET LOCAL max_parallel_workers_per_gather TO DEFAULT"
        )

    @api.model
    def _customer_search_by_code(self, code):
        """Ids of the customers, two at most, whose code or barcode is ``code``."""
        token = SQL("ARRAY['=' || left(customer_search_fold(%s), 99)]", code)
        condition = SQL("s.tokens @> %s", token)
        question = Question(condition, SQL("0"), 0, 0, None, None)
        among = self._customer_search_among({})
        with self._customer_search_by_index():
            found = self._customer_search_found(question, condition, among, 2)
        return [row.id for row in found]

    @api.model
    def _customer_search_among(self, filters):
        """Who is to be looked at at all: customers of the user's companies, by filters.

        :return: :class:`Among`
        """
        conditions = [SQL("s.tokens @> ARRAY['is:customer']")]
        if not self.env.su and self._customer_search_companies_matter():
            # sudo: a branch sees the customers of the companies over it
            companies = self.env.companies.sudo().parent_ids
            tokens = [f"k:{id_}" for id_ in (0, *companies.ids)]
            conditions.append(SQL("s.tokens && %s::text[]", tokens))
        if type_id := filters.get("type_id"):
            conditions.append(SQL("s.tokens @> ARRAY[%s]", f"t:{type_id}"))
        served = []
        if day := filters.get("served_after"):
            served.append(SQL("s.served_on >= %s", day))
        if day := filters.get("served_before"):
            served.append(SQL("s.served_on <= %s", day))
        if filters.get("never_served"):
            served.append(SQL("s.served_on IS NULL"))
        # what is still in memory has to reach the triggers
        self.flush_model(COLUMNS)
        domain = Domain("is_customer", "=", True)
        if filters.get("blocked"):
            domain &= Domain("customer_blocked_pos", "=", True)
        return Among(
            SQL(" AND ").join(conditions),
            SQL(" AND ").join(served) if served else SQL("TRUE"),
            self._search(domain),  # with the record rules of the user
        )

    @api.model
    @ormcache()
    def _customer_search_companies_matter(self):
        # sudo: that there are others, not which
        return self.env["res.company"].sudo().search_count([], limit=2) > 1

    @api.model
    def _customer_search_recent(self, question, among, count):
        """Of those who were served last the ones who fit, by rank."""
        return self._customer_search_rows(
            SQL(
                """
                SELECT s.*, res_partner.complete_name
                  FROM (SELECT * FROM customer_search_index AS s
                         WHERE %(served)s
                         ORDER BY served_on DESC NULLS LAST, partner_id DESC
                         LIMIT %(recent)s) AS s,
                       %(partners)s
                 WHERE res_partner.id = s.partner_id
                   AND %(tokens)s AND (%(condition)s) AND %(allowed)s
                """,
                served=among.served,
                recent=max(_RECENT, count),
                partners=among.query.from_clause,
                tokens=among.tokens,
                condition=question.condition,
                allowed=among.query.where_clause or SQL("TRUE"),
            ),
            question,
            count,
        )

    @api.model
    def _customer_search_found(self, question, condition, among, count):
        """Of all who fit ``condition`` a thousand, by rank."""
        return self._customer_search_rows(
            SQL(
                """
                SELECT s.*, res_partner.complete_name
                  FROM customer_search_index AS s, %(partners)s
                 WHERE res_partner.id = s.partner_id
                   AND %(tokens)s AND %(served)s AND (%(condition)s) AND %(allowed)s
                 LIMIT %(most)s
                """,
                partners=among.query.from_clause,
                tokens=among.tokens,
                served=among.served,
                condition=condition,
                allowed=among.query.where_clause or SQL("TRUE"),
                most=_FOUND,
            ),
            question,
            count,
        )

    @api.model
    def _customer_search_rows(self, candidates, question, count):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, %s AS score, served_on, complete_name,
                       count(*) OVER ()
                  FROM (%s) AS s
                 ORDER BY score DESC, served_on DESC NULLS LAST, complete_name, partner_id
                 LIMIT %s
                """,
                question.score,
                candidates,
                count,
            )
        )
        return [Row(*row) for row in rows]
