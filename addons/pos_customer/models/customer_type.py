from odoo import api, models


class CustomerType(models.Model):
    _name = "customer.type"
    _inherit = ["customer.type", "pos.load.mixin"]

    @api.model
    def _load_pos_data_domain(self, data, config):
        return [("id", "in", config._get_customer_types().ids)]

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            "name",
            "code",
            "color",
            "company_id",
            "discount",
            "effective_pricelist_id",
            "fiscal_position_id",
            "is_default",
            "is_reserved",
            "label",
            "proof_months",
            "proof_required",
            "write_date",
        ]

    @api.model
    def _load_pos_data_read(self, records, config):
        """Read as the company of the till: it decides on the price list of a type."""
        return super()._load_pos_data_read(
            records.with_company(config.company_id), config
        )
