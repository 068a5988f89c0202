import math

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime


class CustomerImpersonation(models.Model):
    """The log as colleagues and customers read it."""

    _inherit = "customer.impersonation"

    partner_id = fields.Many2one(search="_search_partner_id")
    user_id = fields.Many2one(search="_search_user_id")
    ended_how = fields.Selection(
        selection_add=[("customer", "Ended by the customer")],
        ondelete={"customer": lambda rows: None},
    )
    document_ids = fields.Many2many(
        "customer.impersonation.document",
        string="Documents",
        compute="_compute_document_ids",
        help="What was made or changed while acting.",
    )
    document_count = fields.Integer(
        string="Documents touched", compute="_compute_document_ids"
    )
    duration = fields.Integer(
        string="Minutes used",
        compute="_compute_duration",
        help="From the start to the end, or until now.",
    )
    can_end = fields.Boolean(compute="_compute_can_end")

    def _compute_document_ids(self):
        documents = self.env["customer.impersonation.document"]
        rows = documents.search([("impersonation_ref", "in", self.ids)])
        by_row = rows.grouped("impersonation_ref")
        for row in self:
            row.document_ids = by_row.get(row.id, documents)
            row.document_count = len(row.document_ids._by_document())

    @api.depends("started_at", "ended_at")
    def _compute_duration(self):
        now = fields.Datetime.now()
        for row in self:
            used = (row.ended_at or now) - (row.started_at or row.ended_at or now)
            row.duration = math.ceil(used.total_seconds() / 60)

    @api.depends("ended_at", "user_ref")
    @api.depends_context("uid")
    def _compute_can_end(self):
        manages = self.env.user.has_group("customer_base.group_customer_manager")
        for row in self:
            row.can_end = not row.ended_at and (manages or row.user_ref == self.env.uid)

    # -- searching what is computed ---------------------------------------------------------

    @api.model
    def _of_customers(self, partner_ids):
        """Rows about these customers, and about those who were merged into them.

        :param partner_ids: ids, or a query for them
        :return: domain
        """
        # sudo: pseudonyms and integers; the rows found have their own rules
        env = self.sudo().env
        merged = env["customer.redirect"]._search([("new_id", "in", partner_ids)])
        subjects = env["customer.subject"]._search(
            Domain("partner_id", "in", partner_ids)
            | Domain("partner_id", "in", merged.subselect("old_id"))
        )
        return Domain("subject_uuid", "in", subjects.subselect("uuid"))

    @api.model
    def _search_partner_id(self, operator, value):
        ids = self._searched_ids("res.partner", operator, value)
        return NotImplemented if ids is None else self._of_customers(ids)

    @api.model
    def _search_user_id(self, operator, value):
        ids = self._searched_ids("res.users", operator, value)
        return NotImplemented if ids is None else Domain("user_ref", "in", ids)

    @api.model
    def _searched_ids(self, model, operator, value):
        """:return: ids or a query for them, None for an operator that is not asked here"""
        if operator == "any":
            records = self.env[model].with_context(active_test=False)
            return records._search(value)
        if operator == "in" and False not in value:
            return list(value)
        return None

    # -- in words -----------------------------------------------------------------------------

    @api.depends("asked_at", "subject_uuid")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for row in self:
            at = format_datetime(self.env, row.asked_at, dt_format="short")
            name = row.partner_id.display_name
            row.display_name = f"{name}, {at}" if name else at

    def _customer_export_row(self):
        """The row as an export of the customer's data has it.

        :return: dict of JSON values
        """
        self.ensure_one()
        at = {
            name: fields.Datetime.to_string(self[name]) or ""
            for name in ("asked_at", "started_at", "ended_at")
        }
        return {
            **at,
            "who": self.user_id.name or "",
            "reason": self.reason,
            "note": self.note or "",
            "read_only": self.read_only,
            "ended_how": self.ended_how or "",
            "documents": [
                {"model": row.model, "id": row.res_id, "action": row.action}
                for row in self.document_ids
            ],
        }
