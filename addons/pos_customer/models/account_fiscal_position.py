from odoo import api, models
from odoo.fields import Domain


class AccountFiscalPosition(models.Model):
    _inherit = "account.fiscal.position"

    @api.model
    def _load_pos_data_domain(self, data, config):
        """Load the positions of types too: a type may be chosen at the till."""
        positions = config._get_customer_types().fiscal_position_id
        return Domain.OR(
            [
                super()._load_pos_data_domain(data, config),
                [("id", "in", positions.ids)],
            ]
        )
