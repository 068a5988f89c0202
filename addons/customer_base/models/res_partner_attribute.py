from odoo import api, models


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
