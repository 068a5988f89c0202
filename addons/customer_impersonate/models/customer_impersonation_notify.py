from odoo import models
from odoo.fields import Command
from odoo.tools.mail import email_normalize_all


class CustomerImpersonation(models.Model):
    """Tells the customer by e-mail that a colleague acts in their account."""

    _inherit = "customer.impersonation"

    def _customer_started(self):
        result = super()._customer_started()
        if self._customer_notifies():
            self._customer_notify()
        return result

    def _company(self):
        """The company in whose name the colleague acts."""
        self.ensure_one()
        return self.env["res.company"].browse(self.company_ref).exists()

    def _customer_tz(self):
        """The customer's time zone, that of the shop for whoever has none."""
        self.ensure_one()
        return self.partner_id.tz or self._company().partner_id.tz or self.user_id.tz

    def _help_page_url(self):
        return f"{self.partner_id.get_base_url().rstrip('/')}/my/help"

    def _customer_notifies(self):
        """Whether one of the companies wants it, and there is an address."""
        self.ensure_one()
        account = self.env["res.users"].browse(self.account_ref)
        companies = account.company_id | self._company()
        wanted = any(companies.mapped("customer_impersonate_notify"))
        return wanted and bool(account.partner_id.email_normalized)

    def _customer_notify(self):
        """Queue the e-mail, which hangs on no document: it is for the customer alone."""
        self.ensure_one()
        template = self.env.ref("customer_impersonate.mail_template_started")
        mail = self.env["mail.mail"].browse(
            template.send_mail(
                self.id,
                email_values={"model": False, "res_id": False},
                email_layout_xmlid="mail.mail_notification_light",
            )
        )
        partner = self.partner_id
        if len(email_normalize_all(partner.email)) > 1:
            # core writes to each address of a customer; the account is of one person
            mail.write(
                {
                    "email_to": partner.email_normalized,
                    "recipient_ids": [Command.clear()],
                }
            )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
