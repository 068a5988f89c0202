from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import search_query

_MAX_LIMIT = 200
_SCREENFUL = 20
_MAX_OFFSET = 10_000  # whoever wants them all reads, and does not search

# Fields that are looked for by what they lead to, and not in the text.
_TOKEN_FIELDS = ("customer_type_id", "category_id", "properties")
_FILTERS = {
    "type_id": int,
    "blocked": bool,
    "served_after": str,
    "served_before": str,
    "never_served": bool,
}
_ROW_FIELDS = (
    "complete_name",
    "customer_code",
    "customer_type_id",
    "customer_type_until",
    "phone",
    "email",
    "street",
    "zip",
    "city",
    "is_company",
)


class ResPartner(models.Model):
    """The one door to customers for tills, lists and other systems."""

    _inherit = "res.partner"

    def init(self):
        result = super().init()
        # here, because it needs the columns of this table
        self.env["customer.search.index"]._install()
        return result

    @api.model
    def customer_search(self, query, fields=None, limit=40, offset=0, filters=None):
        """Customers who fit ``query``, the best match first, then those served last.

        Words come in any order and may hit different fields; accents and case do not
        count; phones are found in any writing and by their last four digits or more. When
        nobody fits, one letter may be wrong.

        :param str query: empty for all, those served last first
        :param list fields: names of fields to look into, the usual ones by default. With
            commas in ``query`` each value goes to its field in order (``Jan, Voorstraat``).
            Fields that cannot be searched, or not by this user, count as absent
        :param int limit: at most 200. The first page may hold fewer rows although there are
            ``more``: a screenful that is at hand does not wait for the rest
        :param int offset: rows to skip, as many as were returned before, at most 10,000. Of a query that very many fit,
            those served last and some hundred others can be paged through
        :param dict filters: any of ``type_id`` (int), ``blocked`` (true: at the till),
            ``served_after`` and ``served_before`` (``YYYY-MM-DD``, day of the last sale),
            ``never_served`` (true)
        :return: ``{"rows": [{"id", "name", "code", …}], "more": bool}``
        :raise AccessError: for users without the Customers app
        :raise UserError: for parameters of a wrong kind
        """
        self._check_customer_user()
        query = self._customer_search_text(query)
        filters = self._customer_search_filters(filters)
        limit = max(1, self._customer_search_number("limit", limit, 40, _MAX_LIMIT))
        offset = self._customer_search_number("offset", offset, 0, _MAX_OFFSET)
        question = self._customer_search_question(query, fields)
        if question is None:
            return {"rows": [], "more": False}
        found, more = self._customer_search_rows(
            question, filters, offset + limit, enough=None if offset else _SCREENFUL
        )
        return {"rows": self._customer_rows(found[offset:]), "more": more}

    @api.model
    def customer_scan(self, code, config_id=None):
        """The customer whose code or barcode this is, whatever the case.

        :param str code: as the scanner sends it
        :param int config_id: the till that asks
        :return: the row, as :meth:`customer_search` returns it, or False
        :raise AccessError: for users without the Customers app
        :raise UserError: for a code that is no text
        """
        self._check_customer_user()
        code = self._customer_search_text(code).strip()
        if not code:
            return False
        rows = self._customer_rows(self._customer_search_by_code(code))
        # two customers of one barcode are told apart by hand
        return rows[0] if len(rows) == 1 else False

    # -- what was asked -----------------------------------------------------------------

    @api.model
    def _customer_search_text(self, query):
        if not query:
            return ""
        if not isinstance(query, str):
            raise UserError(self.env._("What to search for must be a text."))
        return search_query.clean(query)

    @api.model
    def _customer_search_number(self, name, value, default, most):
        if value is None or value is False:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise UserError(self.env._("“%(name)s” must be a whole number.", name=name))
        return max(0, min(value, most))

    @api.model
    def _customer_search_filters(self, filters):
        if not filters:
            return {}
        if not isinstance(filters, dict):
            raise UserError(self.env._("The filters must be given by their names."))
        result = {name: value for name, value in filters.items() if value}
        for name, value in result.items():
            if name not in _FILTERS or type(value) is not _FILTERS[name]:
                raise UserError(
                    self.env._(
                        "“%(name)s” is no filter of customers, or its value is of a wrong "
                        "kind.",
                        name=str(name)[:50],
                    )
                )
            if _FILTERS[name] is str:
                result[name] = self._customer_search_day(value)
        return result

    @api.model
    def _customer_search_day(self, value):
        try:
            return fields.Date.to_date(value[:10])
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(value)s” is no day. Write it as 2026-01-31.", value=value[:20]
                )
            ) from error

    @api.model
    def _customer_search_fields(self, names):
        """Of ``names`` those that can be searched and that the user may read."""
        if names is None or names is False:
            return list(search_query.SEGMENTS)
        if not isinstance(names, list | tuple) or not all(
            isinstance(name, str) for name in names
        ):
            raise UserError(
                self.env._("The fields to search must be a list of their names.")
            )
        return [name for name in names if self._is_customer_search_field(name)]

    @api.model
    def _is_customer_search_field(self, name):
        name = name.partition(".")[0] if name.startswith("properties.") else name
        field = self._fields.get(name)
        if field is None or not self._has_field_access(field, "read"):
            return False
        return name in search_query.SEGMENTS or name in _TOKEN_FIELDS

    # -- what is shown ------------------------------------------------------------------

    @api.model
    def _customer_rows(self, found):
        """Rows of a list, read with the rights of the user.

        :param found: list of ``Row`` of the index
        """
        ids = [row.id for row in found]
        # core's rule reads the path of each company, and with it all there is about them
        companies = self.env["res.company"].browse(self.env.companies.ids)
        companies.sudo().fetch(["parent_path"])  # sudo: as core's rule
        partners = self.search_fetch(Domain("id", "in", ids), _ROW_FIELDS)
        by_id = {partner.id: partner for partner in partners}
        return [
            by_id[row.id]._customer_row()
            | {"served_on": row.served_on and str(row.served_on)}
            for row in found
            if row.id in by_id
        ]

    def _customer_row(self):
        """What tells two customers apart, no more."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.complete_name or "",
            "code": self.customer_code or "",
            "type_id": self.customer_type_id.id,
            "type_until": self.customer_type_until and str(self.customer_type_until),
            "phone": self.phone or "",
            "email": self.email or "",
            "street": self.street or "",
            "zip": self.zip or "",
            "city": self.city or "",
            "is_company": self.is_company,
        }
