from odoo import models


class CustomerReassignMixin(models.AbstractModel):
    """Another customer, by the word of a colleague who comes to the till."""

    _inherit = "customer.reassign.mixin"

    def customer_reassign_authorised(
        self, partner_id, reason, login, password, note=None
    ):
        """``customer_reassign`` in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: as ``customer_reassign``
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        partners._check_customer_user()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        colleague = partners._customer_authorising_user(
            login, password, "customer_base.group_customer_manager"
        )
        document = self.with_user(colleague).with_context(customer_channel="pos")
        return document._customer_reassign(partner, reason, note)
