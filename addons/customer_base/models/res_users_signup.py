from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize


class ResUsers(models.Model):
    """New accounts and new passwords are no way around a blocked login."""

    _inherit = "res.users"

    @api.model
    def signup(self, values, token=None):
        """As core's; refused to blocked customers.

        :raise UserError: in the shop's words to whoever holds a link, in words that tell
            nothing to whoever types the e-mail of a blocked customer
        """
        if token:
            # sudo: the link is the proof
            partner = self.env["res.partner"].sudo()._get_partner_from_token(token)
            if partner and partner._customer_login_blocked():
                raise UserError(partner._customer_login_refusal())
            return super().signup(values, token)
        # an account that exists is refused by core, in the words that everybody hears
        with self.env.cr.savepoint():
            result = super().signup(values, token)
            self._customer_refuse_signup(values.get("email") or values.get("login"))
        return result

    @api.model
    def _customer_refuse_signup(self, email):
        """:raise UserError: when a customer with this e-mail may not log in"""
        # sudo, active_test: a block holds for whoever hides behind a new account
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        email = email_normalize(email)
        domain = Domain("email_normalized", "=", email)
        if email and partners.search(domain)._customer_login_blocked():
            raise UserError(
                self.env["customer.document.mixin"]._customer_refusal_for_customers()
            )

    @api.model
    def reset_password(self, login):
        """As core's, asked by whoever knows a login: the page tells them nothing."""
        return super(
            ResUsers, self.with_context(customer_reset_asked=True)
        ).reset_password(login)

    def _action_reset_password(self, signup_type="reset"):
        """No link for blocked customers; those who asked for one get the shop's sentence.

        :raise UserError: to colleagues, with the reason of the block
        """
        blocked = self._customer_login_blocked()
        if blocked and self.env.context.get("customer_reset_asked"):
            return blocked._customer_mail_login_refusal()
        # sudo: the name and the block are told to whoever may send the link
        blocked.sudo().partner_id._check_customer_may_log_in()
        return super()._action_reset_password(signup_type=signup_type)

    def _customer_mail_login_refusal(self):
        """Answer those who asked for a new password, by mail alone."""
        # sudo: asked for by somebody who is not logged in
        for account in self.sudo():
            user = account.with_context(lang=account.lang)
            body = Markup("<p>%s</p><p>%s</p>") % (
                user.env._("Hello %(name)s,", name=user.name),
                user.partner_id._customer_login_refusal(),
            )
            user.env["mail.mail"].create(
                {
                    "subject": user.env._("Your account at %s", user.company_id.name),
                    "email_from": user.company_id.email_formatted
                    or user.email_formatted,
                    "email_to": user.email,
                    "body_html": body,
                    "auto_delete": True,
                    "message_type": "user_notification",
                }
            ).send()
