from odoo import models
from odoo.exceptions import UserError
from odoo.tools.safe_eval import safe_eval


class ResPartner(models.Model):
    """What the Actions menu of customers does, on one or several of them."""

    _inherit = "res.partner"

    def _check_some_customers(self):
        """Actions of customers leave other contacts out, if any customer is left.

        :return: the customers among ``self``
        :raise AccessError: for users without the Customers app
        :raise UserError: when there is none
        """
        self._check_customer_user()
        customers = self.filtered("is_customer")
        if not customers:
            raise UserError(
                self.env._(
                    "This is for customers, and no customer is selected. A contact "
                    "becomes one by “Customer” on its form."
                )
            )
        return customers

    def action_customer_set_type(self):
        """Open the window that gives a type to these customers.

        :return: action
        :raise AccessError: for users without the Customers app
        :raise UserError: when none of them is a customer
        """
        self._check_some_customers()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_base.customer_type_wizard_action"
        )
        action["context"] = {"default_partner_ids": self.ids}
        return action

    def action_customer_block(self):
        """Open the window that blocks these customers.

        :return: action
        :raise AccessError: for users who are no customer managers
        :raise UserError: when none of them is a customer
        """
        return self._customer_block_window("customer_block_wizard_action")

    def action_customer_unblock(self):
        """Open the window that lifts the blocks of these customers.

        :return: action
        :raise AccessError: for users who are no customer managers
        :raise UserError: when none of them is a customer
        """
        return self._customer_block_window("customer_unblock_wizard_action")

    def _customer_block_window(self, xmlid):
        self._check_customer_manager()
        self._check_some_customers()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"customer_base.{xmlid}")
        action["context"] = {
            **safe_eval(action["context"]),
            "default_partner_ids": self.ids,
        }
        return action

    def action_customer_print_cards(self):
        """Print the loyalty cards of these customers.

        :return: action of the report
        :raise AccessError: for users without the Customers app
        :raise UserError: when none of them is a customer
        """
        customers = self._check_some_customers()
        report = self.env.ref("customer_base.loyalty_card_report")
        # config: core would first ask an administrator for the layout of invoices
        action = report.report_action(customers, config=False)
        if customers == self:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "Contacts who are no customers get no card: %(count)s.",
                    count=len(self - customers),
                ),
                "next": action,
            },
        }
