from odoo import api, fields, models


class ResPartner(models.Model):
    """A block at the till: told to it, asked before a payment, overridden by a colleague."""

    _inherit = "res.partner"

    customer_blocked_pos_until = fields.Datetime(
        string="Blocked at the till until",
        compute="_compute_customer_blocked_pos_end",
        compute_sudo=True,
        groups="base.group_user",
    )
    customer_blocked_pos_reason = fields.Char(
        string="Why blocked at the till",
        compute="_compute_customer_blocked_pos_end",
        compute_sudo=True,
        groups="base.group_user",
        help="Code of the reason: each till says it in the language of its cashier.",
    )

    @api.depends("customer_blocked_pos")
    def _compute_customer_blocked_pos_end(self):
        blocks = self._customer_blocks_in_force(["pos"])
        for partner in self:
            block = blocks[partner.id]
            partner.customer_blocked_pos_until = block.until
            partner.customer_blocked_pos_reason = block.reason

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "customer_blocked_pos",
            "customer_blocked_pos_reason",
            "customer_blocked_pos_until",
        ]

    def _customer_blocks_changed(self):
        partners = super()._customer_blocks_changed()
        if partners:
            partners._customer_notify_tills()
        return partners

    # -- before a payment -----------------------------------------------------------------

    def customer_check_pos(self, config_id=None, order_uuid=None):
        """Whether the till may sell to the customer, asked before the payment.

        :param int config_id: the till that asks
        :param str order_uuid: the order to pay, which a colleague may have allowed
        :return: ``{"blocked", "reason", "until", "through", "may_override"}``: code of
            the reason, last moment in UTC or empty, company whose block it is, whether
            this user may sell all the same
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        block = self._customer_blocks_in_force(["pos"])[self.id]
        if block and self._customer_block_overridden(order_uuid, block):
            block = block.browse()
        holder = block.partner_id
        return {
            "blocked": bool(block),
            "reason": block.reason or "",
            "until": fields.Datetime.to_string(block.until) or "",
            "through": holder.display_name if holder and holder != self else "",
            "may_override": self.env.user.has_group(
                "customer_base.group_customer_manager"
            ),
        }

    def customer_override_block(self, order_uuid):
        """Let one order through although the customer is blocked, on the record.

        The same call twice leaves one row.

        :param str order_uuid: of the order, as the till gave it
        :return: True
        :raise AccessError: for users who are no customer managers
        :raise UserError: for a malformed UUID
        """
        self.ensure_one()
        self._check_customer_manager()
        self.check_access("read")
        order_uuid = self._customer_parse_block_document(order_uuid)
        if self.customer_check_pos(order_uuid=order_uuid)["blocked"]:
            partner = self.with_context(customer_channel="pos")
            partner._customer_override_block(order_uuid)
        return True

    @api.model
    def _customer_parse_block_document(self, document):
        """By what a till names what it lets through: an order by its UUID."""
        return self._customer_parse_uuid(document)

    def customer_override_block_authorised(self, login, password, order_uuid):
        """The same in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :param str order_uuid: as for ``customer_override_block``
        :return: True
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        colleague = self._customer_block_colleague(login, password)
        return self.with_user(colleague).customer_override_block(order_uuid)

    # -- block and unblock at the till ------------------------------------------------------

    def customer_block_authorised(
        self, login, password, scopes, reason, until=None, note=None
    ):
        """Block in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: as ``customer_block``, whose other parameters these are
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        colleague = self._customer_block_colleague(login, password)
        partner = self.with_user(colleague).with_context(customer_channel="pos")
        return partner.customer_block(scopes, reason, until=until, note=note)

    def customer_unblock_authorised(
        self, login, password, scopes=None, reason=None, note=None
    ):
        """Lift blocks in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: as ``customer_unblock``, whose other parameters these are
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        colleague = self._customer_block_colleague(login, password)
        partner = self.with_user(colleague).with_context(customer_channel="pos")
        return partner.customer_unblock(scopes, reason, note=note)

    def _customer_block_colleague(self, login, password):
        """The colleague, once the one who calls is a customer user who sees the customer."""
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        return self._customer_authorising_user(
            login, password, "customer_base.group_customer_manager"
        )
