from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import ormcache


class ResPartner(models.Model):
    """Least privilege: our right to edit partners reaches customers only.

    Cashiers edit customers without ``base.group_partner_manager``. A record rule cannot
    say so: rules of groups add up only among groups that have one, so it would narrow
    every salesperson who may edit all partners by another group.
    """

    _inherit = "res.partner"

    @api.model
    def _check_customer_user(self):
        """:raise AccessError: when the user is not one of the Customers app"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_user"
        ):
            raise AccessError(
                self.env._(
                    "This needs the right “Customers: User”. Ask your administrator for it."
                )
            )

    @api.model
    def _check_customer_manager(self):
        """:raise AccessError: when the user is no customer manager"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            raise AccessError(
                self.env._(
                    "This needs the right “Customers: Manager”. Ask a customer manager."
                )
            )

    @api.model
    def _customer_right_is_ours(self, operation):
        """Whether only our groups let the user ``operation`` partners."""
        if self.env.su:
            return False
        group_ids = tuple(sorted(self.env.user._get_group_ids()))
        return self._customer_right_of_groups_is_ours(group_ids, operation)

    @api.model
    @ormcache("group_ids", "operation")
    def _customer_right_of_groups_is_ours(self, group_ids, operation):
        """Cleared by core whenever an access right changes.

        By groups and not by user, so that groups which change need no clearing.
        """
        xmlids = ("group_customer_user", "group_customer_manager")
        ours = {self.env.ref(f"customer_base.{xmlid}").id for xmlid in xmlids}
        # sudo: reads who grants what, as core's own check does
        access = self.env["ir.model.access"].sudo()
        grants = access.search(
            [
                ("model_id.model", "=", "res.partner"),
                (f"perm_{operation}", "=", True),
                ("group_id", "in", (*group_ids, False)),
            ]
        )
        return bool(grants) and all(grant.group_id.id in ours for grant in grants)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if (
            result
            or operation in ("read", "create")
            or self.env.su
            or not self._customer_right_is_ours(operation)
        ):
            return result
        strangers = (
            self.sudo().filtered(  # sudo: the flag of records that may be hidden
                lambda p: not (p.is_customer or p.commercial_partner_id.is_customer)
            )
        )
        if not strangers:
            return result
        return self.browse(strangers.ids), lambda: AccessError(
            self.env._(
                "You may edit customers, and “%(partner)s” is not one. Ask a colleague "
                "who manages contacts.",
                partner=strangers[0].display_name,
            )
        )
