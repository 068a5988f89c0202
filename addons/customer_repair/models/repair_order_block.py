from odoo import api, models

_BEGUN = ("confirmed", "under_repair")


class RepairOrder(models.Model):
    """No work begins for a blocked customer. What was done is recorded all the same."""

    _inherit = "repair.order"

    def action_validate(self):
        # before core asks about the stock
        self._customer_refuse_blocked_repairs()
        return super().action_validate()

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        begun = repairs.filtered(lambda repair: repair.state in _BEGUN)
        begun._customer_refuse_blocked_repairs()
        return repairs

    def write(self, vals):
        # whatever way it begins by: a button, a question about the stock, an import
        state, begin = vals.get("state"), self.browse()
        if state in _BEGUN:
            begin = self
        elif state == "done":
            begin = self.filtered(lambda repair: repair.state not in _BEGUN)
        result = super().write(vals)
        begin._customer_refuse_blocked_repairs()
        return result

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
