from odoo import fields, models
from odoo.exceptions import UserError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_email_unique = fields.Boolean(
        related="company_id.customer_email_unique", readonly=False
    )

    customer_login_message = fields.Text(
        related="company_id.customer_login_message", readonly=False
    )

    customer_message_customer_id = fields.Many2one(
        related="company_id.customer_message_customer_id", readonly=False
    )
    customer_message_invoice_id = fields.Many2one(
        related="company_id.customer_message_invoice_id", readonly=False
    )

    customer_core_quick_search = fields.Boolean(
        string="Search contacts as Odoo does",
        config_parameter="customer_base.core_quick_search",
    )

    def set_values(self):
        if not self.group_product_pricelist:
            # Core would archive all lists, and every type lose its price unnoticed.
            # sudo: types of companies that the user does not see lose theirs as well
            priced = (
                self.env["customer.type"]
                .sudo()
                .search(
                    ["|", ("discount", ">", 0), ("pricelist_id", "!=", False)], limit=1
                )
            )
            if priced:
                raise UserError(
                    self.env._(
                        "Price lists cannot be switched off: the customer type "
                        "“%(type)s” gives its price by one. Take away its discount and "
                        "its price list first.",
                        type=priced.name,
                    )
                )
        return super().set_values()

    def action_customer_login_message(self):
        """Open what customers who may not log in read, in all languages.

        :return: action
        """
        view = self.env.ref("customer_base.res_company_view_form_login_message")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To customers who may not log in"),
            "res_model": "res.company",
            "res_id": self.env.company.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_customer_code_sequence(self):
        """Open the sequence of the customer codes."""
        sequence = self.env.ref("customer_base.customer_code_sequence")
        return {
            "type": "ir.actions.act_window",
            "res_model": "ir.sequence",
            "res_id": sequence.id,
            "view_mode": "form",
            "target": "current",
        }
