import logging
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

SESSION_KEY = "customer_login_refused"


class ResUsers(models.Model):
    """Blocked customers neither log in nor stay logged in, whatever door they came by.

    Colleagues are never locked out by it: their access is managed with the users.
    """

    _inherit = "res.users"

    def _customer_login_blocked(self):
        """Those of these accounts that customers may not use now."""
        # sudo: asked before anybody is logged in
        accounts = self.sudo().filtered("share")
        blocks = accounts.partner_id._customer_blocks_in_force(["login"])
        return accounts.filtered(lambda user: blocks[user.partner_id.id]).with_env(
            self.env
        )

    def _customer_refuse_login(self, lock=False):
        """Tell the truth to whoever has just proved that the account is theirs.

        :param bool lock: whether a session is about to be made: a block that is given
            at this moment waits for it and ends it, or this transaction begins again
        :raise AccessDenied: with the shop's sentence, when the account is blocked
        """
        self.ensure_one()
        if lock and self.sudo().share:  # sudo: nobody is logged in yet
            self.env.cr.execute(
                SQL("SELECT FROM res_users WHERE id = %s FOR SHARE", self.id)
            )
        if not self._customer_login_blocked():
            return
        _logger.info("Login refused: the account #%s is blocked", self.id)
        if request:
            # who comes back from another site is sent to the login page without a word
            request.session[SESSION_KEY] = self.id
        # sudo: as above
        raise AccessDenied(self.sudo().partner_id._customer_login_refusal())

    # -- doors ----------------------------------------------------------------------------

    def _login(self, credential, user_agent_env):
        """Passwords, passkeys and other sites all pass through here."""
        # savepoint: a refused login leaves no date of a login behind
        with self.env.cr.savepoint():
            auth_info = super()._login(credential, user_agent_env)
            self.browse(auth_info["uid"])._customer_refuse_login(lock=True)
        return auth_info

    @contextmanager
    def _assert_can_auth(self, user=None):
        """The second step of a login gives an id; ``_login`` gives what was typed."""
        with super()._assert_can_auth(user=user):
            yield
        if isinstance(user, int):
            self.browse(user)._customer_refuse_login(lock=True)

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Core remembers who has proved a password: whether it helps is asked each time."""
        result = super()._check_uid_passwd(uid, passwd)
        self.browse(uid)._customer_refuse_login()
        return result

    def _session_token_get_values(self):
        """Without values there is no token, and without a token no session is valid."""
        values = super()._session_token_get_values()
        return False if values and self._customer_login_blocked() else values

    # -- blocked while logged in ----------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if not {"partner_id", "group_ids"}.isdisjoint(vals):
            self._customer_end_blocked_sessions()
        return result

    def _customer_end_blocked_sessions(self):
        """End the sessions of those who are blocked now; the end of the block gives none back."""
        self._customer_login_blocked()._customer_end_sessions()
