from odoo import fields, models


class PosConfig(models.Model):
    _inherit = "pos.config"

    customer_labour_product_id = fields.Many2one(
        "product.product",
        string="Labour of repairs",
        # one that makes repairs would make a second one of each
        domain="[('type', '=', 'service'), ('service_tracking', '=', 'no'), "
        "('sale_ok', '=', True)]",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "pos_customer_repair.product_labour", raise_if_not_found=False
        ),
        help="The service by which a price agreed at the till is put on the repair's "
        "order, with its taxes.",
    )
