from odoo import api, fields, models
from odoo.exceptions import UserError

_KINDS = {
    "char": str,
    "text": str,
    "selection": str,
    "boolean": bool,
    "integer": int,
    "float": int | float,
    "date": str,
    "datetime": str,
    "tags": list,
}


class ResPartner(models.Model):
    """The attributes of a customer: Odoo's properties, and nothing beside them."""

    _inherit = "res.partner"

    def write(self, vals):
        before = {}
        # Emptied as a whole (an erasure), the values of switched-off attributes go too.
        if vals.get("properties"):
            # sudo: what is there is put back; the right to write is checked by super
            for partner in self.sudo():
                before[partner.id] = dict(partner.properties._values or {})
        result = super().write(vals)
        self._restore_switched_off_attributes(before)
        return result

    def _restore_switched_off_attributes(self, before):
        """Keep the values of attributes that are not offered at the moment.

        A form and an import send the attributes that they know, and Odoo drops the rest.

        :param before: dict of partner id to dict of values
        """
        gone = {name for values in before.values() for name in values}
        if not gone:
            return
        attributes = self.env["customer.attribute"].sudo()  # sudo: technical names only
        # After the write, because the write itself may have switched them off.
        kept = set(
            attributes.search(
                [("name", "in", list(gone)), ("is_offered", "=", False)]
            ).mapped("name")
        )
        if not kept:
            return
        for partner in self.sudo():  # sudo: as in ``write``
            values = partner.properties._values or {}
            lost = {
                name: value
                for name, value in before.get(partner.id, {}).items()
                if name in kept and name not in values
            }
            if lost:
                super(ResPartner, partner).write({"properties": {**values, **lost}})

    def _customer_attributes(self):
        """Filled attributes as ``{"name", "label", "type", "value"}``, values to show."""
        self.ensure_one()
        result = []
        for attribute in self.read(["properties"])[0]["properties"]:
            value = self._customer_attribute_value(attribute)
            # A number 0 is a value, and 0 == False: hence the identity.
            if value is not False and value not in (None, ""):
                result.append(
                    {
                        "name": attribute["name"],
                        "label": attribute.get("string") or "",
                        "type": attribute["type"],
                        "value": value,
                    }
                )
        return result

    @api.model
    def _customer_attribute_value(self, attribute):
        value = attribute.get("value")
        if attribute["type"] == "selection":
            return dict(attribute.get("selection") or []).get(value, value)
        if attribute["type"] == "tags":
            labels = {tag[0]: tag[1] for tag in attribute.get("tags") or []}
            return ", ".join(labels.get(tag, tag) for tag in value or [])
        if attribute["type"] == "many2one":
            return value[1] if value else ""
        if attribute["type"] == "many2many":
            return ", ".join(name or "" for _id, name in value or [])
        return value

    # -- attributes by name -------------------------------------------------------------

    @api.model
    def _prepare_customer_attributes(self, given, partner):
        """``given`` values by technical name, with those that the customer has besides.

        :param dict given: False or "" empties an attribute
        :raise UserError: for an attribute that is not there, and for a value that it
            cannot have: Odoo would store it, and no form could show it
        """
        # sudo: the definition holds for whoever may write a customer
        attributes = self.env["customer.attribute"].sudo()
        known = {
            attribute.name: attribute
            for attribute in attributes.search(
                [("name", "in", list(given)), ("is_offered", "=", True)]
            )
        }
        # sudo: what is there is put back; the right to write is checked by the write
        result = dict(partner.sudo().properties._values or {}) if partner else {}
        for name, value in given.items():
            attribute = known.get(name)
            empty = value in (None, "", []) or value is False
            if not attribute or not (empty or self._fits_attribute(attribute, value)):
                raise UserError(
                    self.env._(
                        "“%(value)s” cannot be a value of the attribute “%(attribute)s”.",
                        value=str(value)[:50],
                        attribute=attribute.label if attribute else name,
                    )
                )
            result[name] = False if empty else value
        return result

    @api.model
    def _fits_attribute(self, attribute, value):
        kind = _KINDS.get(attribute.type)
        if kind is None or not isinstance(value, kind):
            return False
        if isinstance(value, bool) and kind is not bool:
            return False
        keys = set(attribute.option_ids.mapped("key"))
        if attribute.type == "selection":
            return value in keys
        if attribute.type == "tags":
            return all(isinstance(key, str) and key in keys for key in value)
        try:
            if attribute.type == "date":
                return str(fields.Date.to_date(value)) == value
            if attribute.type == "datetime":
                return str(fields.Datetime.to_datetime(value)) == value
        except ValueError:
            return False
        return True
