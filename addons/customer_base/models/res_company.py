from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

_LISTED = 10  # e-mails that a refusal names


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_email_unique = fields.Boolean(
        string="One customer for each e-mail",
        help="Nobody can save a second customer with the e-mail of another one, neither "
        "by hand nor by an import or another system. A buyer in the web shop is not "
        "refused, but proposed as a possible duplicate.",
    )

    customer_message_customer_id = fields.Many2one(
        "customer.message.template",
        string="Message to a customer",
        domain="[('kind', '=', 'customer')]",
    )
    customer_message_invoice_id = fields.Many2one(
        "customer.message.template",
        string="Message about an invoice",
        domain="[('kind', '=', 'invoice')]",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        if companies.filtered("customer_email_unique"):
            self.env.registry.clear_cache()
        # shared types have a technical list in every company
        self.env["customer.type"]._sync_all_pricelists()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "currency_id" in vals:
            self.env["customer.type"]._sync_all_pricelists()
        if "customer_email_unique" in vals:
            self.env.registry.clear_cache()
        return result

    # -- unique e-mails -----------------------------------------------------------------

    @api.model
    @ormcache()
    def _customer_email_company_ids(self):
        """Ids of the companies that ask for one customer for each e-mail."""
        # sudo: what a company asks for holds for all who write to its customers
        companies = self.sudo().search([("customer_email_unique", "=", True)])
        return tuple(companies.ids)

    @api.constrains("customer_email_unique")
    def _check_customer_email_unique(self):
        """Refuse to ask for what is not so: say which customers share an e-mail."""
        for company in self.filtered("customer_email_unique"):
            if shared := company._shared_customer_emails():
                lines = [
                    f"{email}: {', '.join(names)}" for email, names in shared[:_LISTED]
                ]
                if len(shared) > _LISTED:
                    lines.append("…")
                raise ValidationError(
                    self.env._(
                        "Customers of %(company)s share an e-mail. Correct or merge them "
                        "first, and then ask for one customer for each e-mail:\n%(lines)s",
                        company=company.name,
                        lines="\n".join(lines),
                    )
                )

    def _shared_customer_emails(self):
        """E-mails that several customers of the company have.

        :return: list of tuples of the e-mail and the names, at most one more than are
            listed
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        partners.flush_model(
            ["email_normalized", "is_customer", "active", "company_id"]
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT email_normalized, array_agg(id ORDER BY id) FROM res_partner"
                " WHERE is_customer AND active AND email_normalized IS NOT NULL"
                " AND (company_id = %s OR company_id IS NULL)"
                " GROUP BY email_normalized HAVING count(*) > 1"
                " ORDER BY email_normalized LIMIT %s",
                self.id,
                _LISTED + 1,
            )
        )
        # sudo: customers of the company whose setting it is
        partners = partners.sudo()
        return [
            (
                email,
                [
                    f"{p.display_name} ({p.customer_code})"
                    if p.customer_code
                    else p.display_name
                    for p in partners.browse(ids[:_LISTED])
                ],
            )
            for email, ids in rows
        ]
