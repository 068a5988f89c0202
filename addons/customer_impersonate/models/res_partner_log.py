from odoo import api, fields, models
from odoo.exceptions import UserError

_READERS = (
    "customer_base.group_customer_manager,customer_base.group_customer_impersonate"
)


class ResPartner(models.Model):
    """The log of those who acted as a customer, on the customer's form."""

    _inherit = "res.partner"

    customer_impersonation_ids = fields.Many2many(
        "customer.impersonation",
        string="Logged in as",
        compute="_compute_customer_impersonation_ids",
        groups=_READERS,
        help="Who acted as this customer, when and why.",
    )
    customer_impersonation_count = fields.Integer(
        compute="_compute_customer_impersonation_ids", groups=_READERS
    )
    customer_impersonate_problem = fields.Char(
        compute="_compute_customer_impersonate_problem",
        groups="customer_base.group_customer_impersonate",
        help="Why you cannot log in as this customer; empty when you can.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_impersonation_ids(self):
        for partner in self:
            rows = partner._origin._customer_impersonations()
            partner.customer_impersonation_ids = rows
            partner.customer_impersonation_count = len(rows)

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_customer_impersonate_problem(self):
        for partner in self:
            customer, problem = partner._origin, False
            try:
                if customer:
                    customer._check_customer_impersonate(customer._customer_account())
            except UserError as error:  # a missing right is one, too
                problem = str(error)
            partner.customer_impersonate_problem = problem

    def _customer_impersonations(self):
        """Rows of the log about the customer that the user may read, the latest first."""
        rows = self.env["customer.impersonation"]
        return rows.search(rows._of_customers(self.ids)) if self else rows

    def action_customer_impersonations(self):
        """Open the log of those who acted as this customer.

        :return: action
        :raise AccessError: for users who may not read the log
        """
        self.ensure_one()
        self.env["customer.impersonation"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_impersonate.customer_impersonation_action"
        )
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {}}
