from odoo import api, fields, models

from .res_partner import NAME_PARTS

# By the setting of first and last names.
_REQUIRED = {
    "firstname_lastname": NAME_PARTS,
    "firstname": ("firstname",),
    "lastname": ("lastname",),
}


class PosConfig(models.Model):
    """What the settings of first and last names mean for a till."""

    _inherit = "pos.config"

    customer_names_order = fields.Char(compute="_compute_customer_names_order")

    def _compute_customer_names_order(self):
        self.customer_names_order = self.env["res.partner"]._get_names_order()

    @api.model
    def _customer_search_names(self):
        return [*super()._customer_search_names(), *NAME_PARTS]

    @api.model
    def _customer_requirable_names(self):
        return [*NAME_PARTS, *super()._customer_requirable_names()]

    def _compute_customer_fields(self):
        result = super()._compute_customer_fields()
        # sudo: a setting that holds for all
        parameters = self.env["ir.config_parameter"].sudo()
        setting = parameters.get_param("partner_firstname.required_fields")
        for config in self:
            names = [
                *_REQUIRED.get(setting, ()),
                *(config.customer_required_fields or ()),
            ]
            config.customer_required_fields = list(dict.fromkeys(names))
        return result
