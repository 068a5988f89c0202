from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_query
from .customer_search_index import COLUMNS


class ResPartner(models.Model):
    """Fields and lists of the back office find contacts as the till does.

    For ``ilike`` only: exact matches and imports stay Odoo's.
    """

    _inherit = "res.partner"

    @api.model
    def _search_display_name(self, operator, value):
        if operator != "ilike" or self._customer_core_quick_search():
            return super()._search_display_name(operator, value)
        text = search_query.clean(value) if isinstance(value, str) else ""
        question = text.strip() and self._customer_search_question(text, None)
        if not question:
            return super()._search_display_name(operator, value)
        # what is still in memory has to reach the triggers
        self.flush_model(COLUMNS)
        # an array, so that it is found first and by the index, however rows are sorted
        found = SQL(
            "ARRAY(SELECT partner_id FROM customer_search_index AS s WHERE %s)",
            question.indexed,
        )
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", SQL.identifier(alias, "id"), found
            )
        )

    @api.model
    def _customer_core_quick_search(self):
        # sudo: a setting that concerns everybody
        settings = self.env["ir.config_parameter"].sudo()
        return bool(settings.get_param("customer_base.core_quick_search"))
