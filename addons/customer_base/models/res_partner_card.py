from odoo import api, models


class ResPartner(models.Model):
    """The customer's card, and the hooks by which modules own their data."""

    _inherit = "res.partner"

    # -- hooks: each module that stores something about a customer overrides them -----

    def _customer_merge_into(self, target):
        """Carry over to ``target`` what this module keeps about the customers ``self``."""
        # sudo: subjects and redirects are written by acts, never by users
        subjects = self.env["customer.subject"].sudo()
        subjects.search([("partner_id", "in", self.ids)]).live = False
        for partner in self:
            self.env["customer.redirect"]._add(partner.id, target.id)
            # one with the target: nothing is left to check of the two
            self.env["customer.duplicate"].sudo()._of_pair(partner, target).unlink()

    def _customer_export(self):
        """What this module keeps about the customer.

        :return: dict of JSON values; each module adds one key
        """
        self.ensure_one()
        return {"customer": self._customer_identity()}

    def _customer_erasure_plan(self):
        """How this module forgets the customer.

        :return: list of dict ``{"model", "field", "ids", "action"}`` with the actions
            ``mask``, ``delete``, ``detach`` and ``keep``
        """
        self.ensure_one()
        # sudo: what is forgotten does not depend on who sees it
        pairs = (
            self.env["customer.duplicate"]
            .sudo()
            .search(["|", ("partner_id", "=", self.id), ("other_id", "=", self.id)])
        )
        return [
            {
                "model": "customer.duplicate",
                "field": "partner_id",
                "ids": pairs.ids,
                "action": "delete",
            },
            *self._customer_erasure_masks(),
        ]

    def _customer_erasure_masks(self):
        return [
            {"model": "res.partner", "field": field, "ids": self.ids, "action": "mask"}
            for field in (
                "customer_code",
                "customer_note",
                "customer_sensitive_note",
                "properties",
            )
        ]

    def _customer_card(self, config):
        """Sections of the customer's card.

        :param config: the ``pos.config`` that asks, or None
        :return: dict of JSON values, as ``static/schema/customer_card.schema.json``;
            each module adds one key
        """
        self.ensure_one()
        return {
            "identity": self._customer_identity(),
            "attributes": self._customer_attributes(),
            "note": {
                "text": self.customer_note or "",
                "sensitive": self.customer_has_sensitive_note,
            },
        }

    def _customer_identity(self):
        self.ensure_one()
        customer_type = self._get_effective_customer_types(self.env.company)[self]
        until = self.customer_type_until
        return {
            "id": self.id,
            "uuid": self.customer_uuid or "",
            "name": self.name or "",
            "display_name": self.display_name or "",
            "is_company": self.is_company,
            "company": self.commercial_company_name or "",
            "code": self.customer_code or "",
            "barcode": self.barcode or "",
            "type": {
                "id": customer_type.id or False,
                "name": customer_type.name or "",
                "label": customer_type.label or "",
                "until": until.isoformat() if until else "",
                "expired": self.customer_type_expired,
                "former": self.customer_former_type_id.name or "",
            },
            "tags": self.category_id.mapped("name"),
            "email": self.email or "",
            "phone": self.phone or "",
            "website": self.website or "",
            "vat": self.vat or "",
            "lang": self.lang or "",
            "addresses": [
                p._customer_address() for p in self | self._address_children()
            ],
        }

    def _address_children(self):
        return self.child_ids.filtered(lambda p: p.type in ("invoice", "delivery"))

    def _customer_address(self):
        self.ensure_one()
        return {
            "kind": self.type or "contact",
            "name": self.name or "",
            "street": self.street or "",
            "street2": self.street2 or "",
            "zip": self.zip or "",
            "city": self.city or "",
            "country": self.country_id.code or "",
        }

    def _customer_points_text(self):
        """What the customer has to spend, in words; the modules that keep some add it.

        :return: text for a seller, empty without any
        """
        return ""

    # -- the card -----------------------------------------------------------------------

    def customer_card(self, config_id=None):
        """Everything about one customer that a seller needs, in one call.

        :param int config_id: the till that asks
        :return: dict, see ``static/schema/customer_card.schema.json``
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        return self._customer_card(self._customer_config(config_id))

    @api.model
    def _customer_config(self, config_id):
        """The till that calls, or None; the module of the till overrides it."""
        return None
