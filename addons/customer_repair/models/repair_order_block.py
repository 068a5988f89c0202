from odoo import models


class RepairOrder(models.Model):
    """No work begins for a blocked customer. What was done is recorded all the same."""

    _inherit = "repair.order"

    def action_validate(self):
        # before core asks about the stock
        self._customer_refuse_blocked_repairs()
        return super().action_validate()

    def _action_repair_confirm(self):
        self._customer_refuse_blocked_repairs()
        return super()._action_repair_confirm()

    def action_repair_start(self):
        self._customer_refuse_blocked_repairs()
        return super().action_repair_start()

    def action_customer_allow_blocked(self):
        """Confirm or start the repair although its customer is blocked, on the record.

        :return: action: core's question about the stock, or the form anew
        :raise AccessError: for users who are no customer managers
        """
        self.ensure_one()
        self.check_access("write")
        self.partner_id._customer_override_block(self._customer_block_key())
        draft = self.state == "draft"
        result = self.action_validate() if draft else self.action_repair_start()
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _customer_refuse_blocked_repairs(self):
        """:raise: as ``_customer_refuse_blocked``"""
        action = self.env.ref("customer_repair.repair_order_allow_blocked_action")
        for repair in self:
            # sudo: a mechanic need not see orders; one that is confirmed is sold already
            if repair.sudo().sale_order_id.state != "sale":
                repair._customer_refuse_blocked(action)
