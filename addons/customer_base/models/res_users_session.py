import secrets

from odoo import fields, models
from odoo.http import root


class ResUsers(models.Model):
    """Ends the sessions of an account, in each browser and for good."""

    _inherit = "res.users"

    # Part of every session's token. Core leaves columns out that are NULL, so that the
    # first value ends all sessions and going back to NULL would revive them: it is
    # replaced and never cleared.
    customer_session_epoch = fields.Char(
        readonly=True, copy=False, groups=fields.NO_ACCESS
    )

    def _get_session_token_fields(self):
        return super()._get_session_token_fields() | {"customer_session_epoch"}

    def _customer_end_sessions(self):
        """End every session of these users at its next request, for good.

        Nobody else is logged out. The session that calls is no exception.
        """
        for user in self:
            # sudo: whoever comes here was allowed to by the act that ends sessions
            user.sudo().customer_session_epoch = secrets.token_urlsafe(16)
        # sessions that log in later in this transaction read the column by SQL
        self.flush_recordset(["customer_session_epoch"])
        self._customer_forget_devices()

    def _customer_forget_devices(self):
        """Take the devices off the lists and, once all is committed, the sessions' files.

        The token is kept in a cache by session: another thread may have filled it again
        since the write emptied it. The files go as well, since a websocket asks for its
        file and its process may not know yet that the token has changed.
        """
        # sudo: devices of others
        devices = self.env["res.device.log"].sudo()
        devices = devices.search(
            [("user_id", "in", self.ids), ("revoked", "!=", True)], order="id"
        )
        identifiers = list(set(devices.mapped("session_identifier")))
        devices.revoked = True
        registry = self.env.registry

        @self.env.cr.postcommit.add
        def forget_sessions():
            registry.clear_cache()
            root.session_store.delete_from_identifiers(identifiers)
