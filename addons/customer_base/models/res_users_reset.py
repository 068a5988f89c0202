from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .mail_mail import MailAddress


class ResUsers(models.Model):
    """A new password goes to an address that the customer or a manager gave."""

    _inherit = "res.users"

    customer_email_unproven = fields.Boolean(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Somebody changed the e-mail who has no say in where passwords go.",
    )

    def _customer_email_is_proven_by(self, user):
        """Whether ``user`` decides where a new password of this account is sent."""
        self.ensure_one()
        return (
            user == self
            or user.id == SUPERUSER_ID
            or user.has_group("customer_base.group_customer_manager")
            or user.has_group("base.group_erp_manager")
        )

    def _action_reset_password(self, signup_type="reset"):
        """Send to the login what anybody may ask for, while the e-mail is unproven.

        :raise UserError: when the login is no address
        """
        # sudo: technical flag
        unproven = self.sudo().filtered(
            lambda user: (
                user.customer_email_unproven
                and not user._customer_email_is_proven_by(self.env.user)
            )
        )
        if not unproven:
            return super()._action_reset_password(signup_type)
        result = None
        for user in self:
            me = user
            if user in unproven:
                address = email_normalize(user.login)
                if not address:
                    raise UserError(
                        self.env._("Please contact us: we will help you to log in.")
                    )
                me = user.with_context(customer_mail_to=MailAddress(address))
            result = super(ResUsers, me)._action_reset_password(signup_type)
        return result
