from odoo import api, models
from odoo.tools import SQL

from odoo.addons.customer_base.tools import search_query

from .res_partner import NAME_PARTS


class ResPartner(models.Model):
    """Search by first or by last name: the index finds the name, the columns tell which."""

    _inherit = "res.partner"

    @api.model
    def _is_customer_search_field(self, name):
        return name in NAME_PARTS or super()._is_customer_search_field(name)

    @api.model
    def _customer_search_term(self, term, fields, wide):
        parts = [name for name in NAME_PARTS if name in (fields or ())]
        if not parts:
            return super()._customer_search_term(term, fields, wide)
        # what is still in memory has to reach the columns
        self.flush_model([*NAME_PARTS, "is_company"])
        named = super()._customer_search_term(term, ["name"], wide)
        held = self._customer_search_in_parts(term, parts)
        result = tuple(SQL("(%s AND %s)", sql, held) for sql in named)
        if others := [name for name in fields if name not in parts]:
            elsewhere = super()._customer_search_term(term, others, wide)
            pairs = zip(result, elsewhere, strict=True)
            result = tuple(SQL("(%s OR %s)", *pair) for pair in pairs)
        return result

    @api.model
    def _customer_search_in_parts(self, term, parts):
        """The condition that these columns of a customer hold a term."""
        text = SQL(
            "' ' || regexp_replace(customer_search_fold(concat_ws(' ', %s)),"
            " '[[:punct:][:space:]]+', ' ', 'g')",
            SQL(", ").join(SQL.identifier("p", name) for name in parts),
        )
        words = search_query.words_of(term.unit)
        short = search_query.SHORT
        pieces = [word if len(word) >= short else f" {word}" for word in words]
        held = [SQL("%s LIKE %s", text, search_query.like(piece)) for piece in pieces]
        return SQL(
            "EXISTS (SELECT FROM res_partner AS p WHERE p.id = s.partner_id AND %s)",
            SQL(" AND ").join([SQL("NOT p.is_company"), *held]),
        )
