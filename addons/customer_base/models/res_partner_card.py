import uuid as uuidlib

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError


class ResPartner(models.Model):
    """What other systems call, and the hooks by which modules own their data."""

    _inherit = "res.partner"

    # -- hooks: each module that stores something about a customer overrides them -----

    def _customer_merge_into(self, target):
        """Carry over to ``target`` what this module keeps about the customers ``self``."""
        # sudo: subjects and redirects are written by acts, never by users
        subjects = self.env["customer.subject"].sudo()
        subjects.search([("partner_id", "in", self.ids)]).live = False
        for partner in self:
            self.env["customer.redirect"]._add(partner.id, target.id)

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

    # -- public methods ---------------------------------------------------------------

    @api.model
    def _check_customer_user(self):
        """:raise AccessError: when the user is not one of the Customers app"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_user"
        ):
            raise AccessError(
                self.env._(
                    "This needs the right “Customers: User”. Ask your administrator for it."
                )
            )

    def _ensure_customer_uuid(self):
        self.ensure_one()
        return self.env["customer.subject"]._ensure(self.ids)[self.id]

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

    @api.model
    def _customer_upsert_fields(self):
        """Fields that other systems and the till may set."""
        return {
            "name",
            "is_company",
            "parent_id",
            "email",
            "phone",
            "website",
            "lang",
            "street",
            "street2",
            "zip",
            "city",
            "state_id",
            "country_id",
            "vat",
            "customer_type_id",
            "customer_type_until",
            "customer_code",
            "customer_note",
            "customer_sensitive_note",
            "properties",
            "category_id",
        }

    @api.model
    def customer_upsert(self, values, uuid, config_id=None):
        """Create a customer, or write to the one that this UUID made before.

        The same call twice, also at the same time, makes one customer.

        :param dict values: by field name
        :param str uuid: chosen by the caller once for each customer
        :param int config_id: the till that asks
        :return: id of the customer
        :raise AccessError: for users without the Customers app
        :raise UserError: for an unknown field or a malformed UUID
        """
        self._check_customer_user()
        if not isinstance(values, dict):
            raise UserError(
                self.env._("The values of a customer must be given by field name.")
            )
        if unknown := values.keys() - self._customer_upsert_fields():
            raise UserError(
                self.env._(
                    "A customer has no field %(fields)s, or it cannot be set here.",
                    fields=", ".join(sorted(map(str, unknown))),
                )
            )
        uuid = self._customer_parse_uuid(uuid)
        partner = self._customer_of_uuid(uuid)
        if not partner:
            return self._customer_create_with_uuid(values, uuid).id
        partner.check_access("write")
        if values:
            partner.write(values)
        return partner.id

    @api.model
    def _customer_parse_uuid(self, uuid):
        try:
            return str(uuidlib.UUID(uuid))
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(
                self.env._("“%(uuid)s” is not a UUID.", uuid=str(uuid)[:50])
            ) from error

    @api.model
    def _customer_of_uuid(self, uuid):
        """
        :return: the customer, empty when nobody has had this UUID yet
        :raise UserError: when the customer was deleted
        """
        # sudo: a pseudonym leads to an id; the rights of the user come with the browse
        subject = self.env["customer.subject"].sudo().search([("uuid", "=", uuid)])
        if not subject:
            return self.browse()
        partner_id = self.env["customer.redirect"]._resolve(subject.partner_id)
        partner = self.browse(partner_id).exists()
        if not partner:
            # made again, a customer who was erased would be back under the same name
            raise UserError(
                self.env._(
                    "The customer with the UUID %(uuid)s was deleted. Choose a new UUID "
                    "to create another one.",
                    uuid=uuid,
                )
            )
        return partner

    @api.model
    def _customer_create_with_uuid(self, values, uuid):
        subjects = self.env["customer.subject"].sudo()  # sudo: written by acts only
        try:
            with self.env.cr.savepoint():
                partner = self.create(dict(values, is_customer=True))
                subject = subjects.search([("partner_id", "=", partner.id)])
                subject.uuid = uuid
                subject.flush_recordset()
        except UniqueViolation as error:
            # Another call with this UUID was faster. This transaction cannot see its
            # row yet: Odoo runs the call again, and then it is found.
            raise ConcurrencyError(str(error)) from error
        return partner
