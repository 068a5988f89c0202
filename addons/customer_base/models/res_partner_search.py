from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

_MAX_LIMIT = 200
_MAX_OFFSET = 10_000_000
_MAX_QUERY = 200  # characters; nobody types more
_SEARCHABLE_TYPES = ("char", "text", "many2one", "many2many")
# health data is not searched through a list, not even by those who may read it
_NEVER_SEARCHED = ("customer_sensitive_note",)
_DEFAULT_FIELDS = (
    "complete_name",
    "customer_code",
    "barcode",
    "email",
    "phone",
    "street",
    "zip",
    "city",
)


class ResPartner(models.Model):
    """The one door to customers for tills, lists and other systems."""

    _inherit = "res.partner"

    @api.model
    def customer_search(self, query, fields=None, limit=40, offset=0):
        """Customers who fit every word of ``query``, as thin rows.

        :param str query: words in any order; empty for all
        :param list fields: names of fields to look into, the usual ones by default;
            those that the user may not read, or that hold no text, count as absent
        :param int limit: at most 200
        :param int offset: rows to skip
        :return: ``{"rows": [{"id", "name", "code", …}], "more": bool}``
        :raise AccessError: for users without the Customers app
        :raise UserError: for parameters of a wrong kind
        """
        self._check_customer_user()
        query = self._customer_search_text(query)
        fields = self._customer_search_fields(fields)
        limit = max(1, self._customer_search_number("limit", limit, 40, _MAX_LIMIT))
        offset = self._customer_search_number("offset", offset, 0, _MAX_OFFSET)
        partners = self.search(
            self._customer_search_domain(query, fields),
            limit=limit + 1,
            offset=offset,
            order="complete_name, id",
        )
        rows = [partner._customer_row() for partner in partners[:limit]]
        return {"rows": rows, "more": len(partners) > limit}

    @api.model
    def _customer_search_text(self, query):
        """``query`` as the database takes it: no NUL, no half of a character."""
        if not query:
            return ""
        if not isinstance(query, str):
            raise UserError(self.env._("What to search for must be a text."))
        text = query[:_MAX_QUERY].replace("\0", " ")
        return text.encode("utf-8", "ignore").decode()

    @api.model
    def _customer_search_number(self, name, value, default, most):
        if value is None or value is False:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise UserError(self.env._("“%(name)s” must be a whole number.", name=name))
        return max(0, min(value, most))

    @api.model
    def _customer_search_fields(self, names):
        """Of ``names`` those that hold text and that the user may read."""
        if names is None or names is False:
            return list(_DEFAULT_FIELDS)
        if not isinstance(names, list | tuple) or not all(
            isinstance(name, str) for name in names
        ):
            raise UserError(
                self.env._("The fields to search must be a list of their names.")
            )
        return [name for name in names if self._is_customer_search_field(name)]

    @api.model
    def _is_customer_search_field(self, name):
        field = self._fields.get(name)
        if field is None or (
            field.relational and not self.env[field.comodel_name].has_access("read")
        ):
            return False
        return (
            field.type in _SEARCHABLE_TYPES
            and field._description_searchable
            and name not in _NEVER_SEARCHED
            and self._has_field_access(field, "read")
        )

    @api.model
    def _customer_search_domain(self, query, fields=_DEFAULT_FIELDS):
        return Domain("is_customer", "=", True) & Domain.AND(
            Domain.OR(self._customer_search_leaf(name, word) for name in fields)
            for word in query.split()
        )

    @api.model
    def _customer_search_leaf(self, name, word):
        if name == "phone" and sum(char.isdigit() for char in word) >= 3:
            return Domain("phone_mobile_search", "ilike", word)
        return Domain(name, "ilike", escape_psql(word))

    def _customer_row(self):
        """One row of a list: what tells two customers apart, no more."""
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
