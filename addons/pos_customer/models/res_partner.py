from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "active",
            "customer_code",
            "customer_former_type_id",
            "customer_has_sensitive_note",
            "customer_note",
            "customer_type_id",
            "customer_type_until",
            "customer_uuid",
            "customer_whatsapp_ready",
            "is_customer",
        ]

    @api.model
    def _load_pos_data_domain(self, data, config):
        """Leave suppliers, employees and mere addresses out of the till."""
        needed = {order["partner_id"] for order in data["pos.order"]}
        needed.add(self.env.user.partner_id.id)
        return Domain(super()._load_pos_data_domain(data, config)) & (
            Domain("is_customer", "=", True) | Domain("id", "in", list(needed))
        )

    @api.model
    def get_new_partner(self, config_id, domain, offset):
        customers = Domain("is_customer", "=", True)
        if domain:
            domain = list(Domain(domain) & customers)
        else:
            config = self.env["pos.config"].browse(config_id)
            ids = [row[0] for row in config.get_limited_partners_loading(offset)]
            domain = list(Domain("id", "in", ids) & customers)
            offset = 0
        return super().get_new_partner(config_id, domain, offset)

    def _compute_fiscal_position_id(self):
        """The till sells: the taxes of the type count."""
        return super(
            ResPartner, self.with_context(customer_type_sale=True)
        )._compute_fiscal_position_id()

    @api.model
    def _get_customer_document_fields(self):
        return super()._get_customer_document_fields() | {"pos.order": "partner_id"}

    @api.model
    def _customer_config(self, config_id):
        if not isinstance(config_id, int) or not 0 < config_id < 2**31:
            return None
        return self.env["pos.config"].browse(config_id).exists() or None
