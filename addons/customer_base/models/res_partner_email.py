from odoo import api, models
from odoo.exceptions import ValidationError

from .customer_duplicate import DuplicateSource


class ResPartner(models.Model):
    """One customer for each e-mail, in the companies that ask for it."""

    _inherit = "res.partner"

    _email_normalized_index = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    @api.constrains("email", "is_customer", "active", "company_id")
    def _check_customer_email_unique(self):
        """Refuse a customer whose e-mail another has, or propose them as duplicates.

        Archived customers do not count; who restores one is checked.

        :raise ValidationError: naming the other customer
        """
        companies = self.env["res.company"]._customer_email_company_ids()
        checked = self.filtered(lambda p: p._has_unique_email(companies))
        if not checked:
            return
        # sudo: technical rows
        locks = self.env["customer.email.lock"].sudo()
        locks._take(set(checked.mapped("email_normalized")))
        by_email = checked._customers_of_emails(checked.mapped("email_normalized"))
        source = self._customer_duplicate_source()
        for partner in checked:
            for other in by_email.get(partner.email_normalized, ()) - partner:
                if not partner._counts_beside(other, companies):
                    continue
                if not source:
                    raise ValidationError(partner._email_taken_message(other))
                partner._customer_flag(other, ["email"], source)

    @api.model
    def _customer_duplicate_source(self):
        """Where customers come from whom nobody may refuse now, None for all others."""
        source = self.env.context.get("customer_duplicate_source")
        return source if isinstance(source, DuplicateSource) else None

    def _has_unique_email(self, companies):
        """Whether one of ``companies`` asks for a unique e-mail of this partner."""
        return bool(
            companies
            and self.is_customer
            and self.active
            and self.email_normalized
            and (not self.company_id or self.company_id.id in companies)
        )

    def _counts_beside(self, other, companies):
        """Whether two customers meet in one of ``companies``: shared ones are in all."""
        mine, theirs = self.company_id, other.company_id
        if mine and theirs and mine != theirs:
            return False
        company = mine or theirs
        return not company or company.id in companies

    @api.model
    def _customers_of_emails(self, emails):
        """Active customers of any company by normalised e-mail."""
        # sudo: an e-mail is taken also by a customer whom the user does not see
        found = self.sudo().search(
            [
                ("email_normalized", "in", list(set(emails))),
                ("is_customer", "=", True),
                ("active", "=", True),
            ]
        )
        return found.grouped("email_normalized")

    def _email_taken_message(self, other):
        # a form of the portal writes with sudo: its user is told no names
        seen = other.sudo(False)
        if not self.env.user._is_internal() or not seen.has_access("read"):
            return self.env._(
                "Another customer already has the e-mail %(email)s. Enter a different one.",
                email=self.email_normalized,
            )
        return self.env._(
            "%(other)s (%(code)s) already has the e-mail %(email)s. Choose that customer, "
            "or enter a different e-mail for “%(customer)s”.",
            other=seen.display_name,
            code=seen.customer_code or "",
            email=self.email_normalized,
            customer=self.display_name,
        )
