import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CustomerAttributeOption(models.Model):
    """One choice of an attribute: a size, a shop, an interest."""

    _name = "customer.attribute.option"
    _description = "Option of a Customer Attribute"
    _order = "attribute_id, sequence, id"
    _rec_name = "label"

    attribute_id = fields.Many2one(
        "customer.attribute", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=1000)
    key = fields.Char(
        required=True,
        default=lambda self: uuid.uuid4().hex[:16],
        help="What is stored of the customer's choice. It never changes.",
    )
    label = fields.Char(required=True)
    color = fields.Integer()
    is_default = fields.Boolean(string="By default")

    _key_unique = models.UniqueIndex(
        "(attribute_id, key)", "Two options of an attribute have the same key."
    )

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options.attribute_id._push()
        return options

    def write(self, vals):
        for option in self:
            moved = vals.get("attribute_id", option.attribute_id.id)
            if vals.get("key", option.key) != option.key or (
                moved != option.attribute_id.id
            ):
                raise UserError(
                    self.env._(
                        "The key of the option “%(option)s” and its attribute stay: "
                        "values go by them. Change its label instead.",
                        option=option.label,
                    )
                )
        result = super().write(vals)
        self.attribute_id._push()
        return result

    def unlink(self):
        attributes = self.attribute_id
        result = super().unlink()
        attributes._push()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.env["res.partner"].flush_model(["properties"])
        for option in self:
            # ``?`` finds a string that is the value, or one in a list of values.
            [[count]] = self.env.execute_query(
                SQL(
                    "SELECT count(*) FROM res_partner"
                    " WHERE jsonb_typeof(properties) = 'object'"
                    " AND properties -> %s ? %s",
                    option.attribute_id.name,
                    option.key,
                )
            )
            if count:
                raise UserError(
                    self.env._(
                        "%(count)s contacts have “%(option)s” as “%(label)s”. Give them "
                        "another one before you delete it, or change its label.",
                        count=count,
                        option=option.label,
                        label=option.attribute_id.label,
                    )
                )
