from odoo import api, fields, models
from odoo.tools import SQL

_MAX_LIMIT = 100
_MAX_OFFSET = 100_000


class ResPartner(models.Model):
    """Documents of the customer from every channel, each kind in one list.

    Each module adds its models by ``_get_customer_document_fields`` and says by
    ``_customer_document_kind`` in which list they stand.
    """

    _inherit = "res.partner"

    customer_has_invoices = fields.Boolean(
        string="Has invoices",
        compute="_compute_customer_has_invoices",
        groups="base.group_user",
        help="Whether there are invoices that you may read.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_has_invoices(self):
        for partner in self:
            partner.customer_has_invoices = bool(
                partner._origin._customer_documents("invoice", limit=1)
            )

    def customer_documents(self, kind, limit=20, offset=0):
        """Documents of the customer, the latest first, those of contacts among them.

        :param str kind: ``order``, ``invoice``, or what another module adds
        :param int limit: a hundred at most
        :param int offset: how many of the latest to leave out
        :return: dict ``{"rows": [...], "more": bool}``; the rows hold ``model``, ``id``,
            ``name``, ``channel``, ``date``, ``email``, ``phone``, ``state``, ``status``,
            ``amount`` and ``currency_id``, of documents that the user may read
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        limit = max(1, self._customer_search_number("limit", limit, 20, _MAX_LIMIT))
        offset = self._customer_search_number("offset", offset, 0, _MAX_OFFSET)
        found = self._customer_documents(kind, limit + 1, offset)
        return {
            "rows": [document._customer_document_row() for document in found[:limit]],
            "more": len(found) > limit,
        }

    def _customer_documents(self, kind, limit, offset=0):
        """:return: list of records, of several models, the latest first"""
        selects = [
            select
            for model in self._get_customer_document_fields()
            if (select := self._customer_documents_select(self.env[model], kind))
        ]
        if not self or not selects:
            return []
        found = self.env.execute_query(
            SQL(
                "%s ORDER BY 3 DESC NULLS FIRST, 1, 2 DESC LIMIT %s OFFSET %s",
                SQL(" UNION ALL ").join(selects),
                limit,
                offset,
            )
        )
        ids = {}
        for model, record_id, _date in found:
            ids.setdefault(model, []).append(record_id)
        return [
            self.env[model].browse(record_id).with_prefetch(ids[model])
            for model, record_id, _date in found
        ]

    def _customer_documents_select(self, documents, kind):
        """Name, id and date of the documents of a model that the user may read."""
        if getattr(documents, "_customer_document_kind", None) != kind:
            return None
        if not documents.has_access("read"):
            return None
        # as core's buttons count: what contacts and addresses bought is the customer's
        domain = documents._customer_sale_domain() & fields.Domain(
            documents._customer_partner_field, "child_of", self.ids
        )
        query = documents._search(domain, active_test=False)
        date = documents._field_to_sql(
            query.table, documents._customer_date_field, query
        )
        return query.select(
            SQL("%s", documents._name),
            SQL.identifier(query.table, "id"),
            SQL("%s::timestamp", date),
        )
