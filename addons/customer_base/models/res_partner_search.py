from odoo import api, models
from odoo.fields import Domain

_MAX_LIMIT = 200
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
        :param list fields: names of fields to look into, the usual ones by default
        :param int limit: at most 200
        :param int offset: rows to skip
        :return: ``{"rows": [{"id", "name", "code", …}], "more": bool}``
        :raise AccessError: for users without the Customers app
        """
        self._check_customer_user()
        limit = max(1, min(int(limit or 40), _MAX_LIMIT))
        offset = max(0, int(offset or 0))
        partners = self.search(
            self._customer_search_domain(str(query or ""), fields),
            limit=limit + 1,
            offset=offset,
            order="complete_name, id",
        )
        rows = [partner._customer_row() for partner in partners[:limit]]
        return {"rows": rows, "more": len(partners) > limit}

    @api.model
    def _customer_search_domain(self, query, fields=None):
        names = [name for name in fields or _DEFAULT_FIELDS if name in self._fields]
        words = query[:200].split()
        return Domain("is_customer", "=", True) & Domain.AND(
            Domain.OR(
                self._customer_search_leaf(name, word) for name in names
            )
            for word in words
        )

    @api.model
    def _customer_search_leaf(self, name, word):
        if name == "phone" and sum(char.isdigit() for char in word) >= 3:
            return Domain("phone_mobile_search", "ilike", word)
        return Domain(name, "ilike", word)

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
