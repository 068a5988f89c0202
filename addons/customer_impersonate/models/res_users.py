from odoo import models

_OWN = {"login", "password", "new_password", "totp_secret", "active", "group_ids"}


class ResUsers(models.Model):
    """The account itself is the customer's: nobody who acts for them changes it."""

    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        """Whoever acts as a customer proves nothing as the customer.

        Behind this are the change of password, the deletion of the account, and all that
        asks for the password again: API keys, passkeys, two-factor authentication.
        """
        self.env["res.partner"]._check_customer_in_person()
        return super()._check_credentials(credential, env)

    def write(self, vals):
        if not _OWN.isdisjoint(vals):
            self.env["res.partner"]._check_customer_in_person()
        return super().write(vals)

    def _change_password(self, new_passwd):
        self.env["res.partner"]._check_customer_in_person()
        return super()._change_password(new_passwd)

    def _deactivate_portal_user(self, **post):
        self.env["res.partner"]._check_customer_in_person()
        return super()._deactivate_portal_user(**post)

    def _action_revoke_all_devices(self):
        self.env["res.partner"]._check_customer_in_person()
        self.env["customer.impersonation"]._end_of_account(self, "account")
        return super()._action_revoke_all_devices()

    def _login(self, credential, user_agent_env):
        """An account is open in one place: a customer who logs in ends the acting."""
        auth_info = super()._login(credential, user_agent_env)
        # sudo: the account that has just proved itself
        account = self.sudo().browse(auth_info["uid"])
        if account.share and not account.company_id.customer_impersonate_keep_sessions:
            self.env["customer.impersonation"]._end_of_account(account, "login")
        return auth_info
