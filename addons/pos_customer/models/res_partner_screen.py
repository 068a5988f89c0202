from odoo import api, models
from odoo.exceptions import AccessDenied, AccessError
from odoo.http import request


class ResPartner(models.Model):
    """Protected acts of the Customers screen: each checks the right and leaves a row."""

    _inherit = "res.partner"

    def customer_sensitive_note_read(self):
        """Read the sensitive note, leaving a row that says who did.

        :return: the text, empty when there is none
        :raise AccessError: for users without the right to sensitive notes
        """
        self.ensure_one()
        self._check_customer_user()
        if not self.env.user.has_group("customer_base.group_customer_sensitive"):
            raise AccessError(
                self.env._(
                    "Only colleagues with the right “Customers: sensitive notes” read "
                    "this note. Ask one of them, or ask the customer."
                )
            )
        self.check_access("read")
        note = self.customer_sensitive_note
        if not note:
            return ""
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(), "sensitive_note_read", channel="pos"
        )
        return note

    def customer_renew_type_authorised(self, login, password):
        """Prolong the type in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: the new last day, as a string ``YYYY-MM-DD``
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        colleague = self._customer_authorising_user(
            login, password, "customer_base.group_customer_manager"
        )
        partner = self.with_user(colleague).with_context(customer_channel="pos")
        return partner.customer_renew_type()

    @api.model
    def _customer_authorising_user(self, login, password, group):
        """The colleague with these credentials, who is a member of ``group``.

        Goes through the throttling of the login page. A colleague without the right
        counts as a failure there, or a cashier would reset the count with their own
        password between two guesses.

        :raise AccessError: with a sentence that does not tell which part is wrong
        """
        throttled, right_missing = True, False
        # A password hashed anew by core would put the colleague's token into the session.
        token = request.session.session_token if request else None
        users = self.env["res.users"]
        try:
            with users._assert_can_auth(user=login):
                throttled = False
                user = self._customer_check_password(login, password)
                if not user.has_group(group):
                    right_missing = True
                    raise AccessDenied()
        except AccessDenied as error:
            if throttled:
                message = self.env._(
                    "There were too many wrong attempts from here. Wait a minute, then "
                    "try again."
                )
            elif right_missing:
                message = self.env._(
                    "This colleague has no right to do it either. Ask a customer manager."
                )
            else:
                message = self.env._("The login or the password is wrong.")
            raise AccessError(message) from error
        finally:
            if request:
                request.session.session_token = token
        return user

    @api.model
    def _customer_check_password(self, login, password):
        """
        :return: the active user of ``login``
        :raise AccessDenied: for an unknown login as for a wrong password
        """
        users = self.env["res.users"]
        if not (login and isinstance(login, str) and isinstance(password, str)):
            raise AccessDenied()
        # sudo: as core's login, which finds the user before anybody is logged in
        user = users.sudo().search(
            users._get_login_domain(login), order=users._get_login_order(), limit=1
        )
        if not user:
            # as slow as checking a password, so that time does not tell either
            users._crypt_context().hash(password)
            raise AccessDenied()
        # sudo: as core's login
        user = user.with_user(user).sudo()
        user._check_credentials(
            {"type": "password", "login": login, "password": password},
            {"interactive": True},
        )
        return user.sudo(False)
