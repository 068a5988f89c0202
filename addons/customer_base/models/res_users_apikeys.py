from odoo import models


class ResUsersApikeys(models.Model):
    """The keys of a blocked customer open nothing; they are kept for later."""

    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        """Also the devices that need no second step are keys: they need it again.

        :raise AccessDenied: with the shop's sentence, to a blocked customer's program
        """
        uid = super()._check_credentials(scope=scope, key=key)
        account = self.env["res.users"].browse(uid or [])
        if not account._customer_login_blocked():
            return uid
        if scope == "rpc":
            account._customer_refuse_login()
        return None
