import uuid as uuidlib

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError


class ResPartner(models.Model):
    """How tills and other systems write customers: the same call twice makes one."""

    _inherit = "res.partner"

    @api.model
    def _customer_upsert_fields(self):
        """Fields that other systems and the till may set."""
        return {
            "name",
            "is_company",
            "parent_id",
            "email",
            "phone",
            "phone_country_id",
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
    def customer_upsert(self, values, uuid, config_id=None, key=None):
        """Create a customer, or write to the one that this UUID made before.

        The same call twice, also at the same time, makes one customer.

        :param dict values: by field name; ``phone_country_id`` is no field, but the
            country of a phone number without an international prefix, and
            ``properties`` changes only the attributes that it names
        :param str uuid: chosen by the caller once for each customer
        :param int config_id: the till that asks
        :param str key: another UUID, chosen once for this change: sent again it finds
            its customer and writes nothing, whatever became of them meanwhile
        :return: id of the customer
        :raise AccessError: for users without the Customers app
        :raise UserError: for an unknown field or a malformed UUID
        """
        self._check_customer_user()
        self._check_customer_values(values)
        uuid = self._customer_parse_uuid(uuid)
        partner = self._customer_of_uuid(uuid)
        if key is not None:
            keys = self.env["customer.upsert.key"]
            key = self._customer_parse_uuid(key)
            if partner and keys._find(key):
                partner.check_access("read")
                return partner.id
        partner = self._customer_upsert(partner, values, uuid, config_id)
        if key is not None:
            keys._keep(key)
        return partner.id

    @api.model
    def _customer_upsert(self, partner, values, uuid, config_id=None):
        """Write ``values`` to ``partner``, made where there is none."""
        values = self._prepare_customer_upsert(values, partner, config_id)
        if not partner:
            partner = self._customer_create_with_uuid(values, uuid)
            partner._customer_flag_duplicates("pos" if config_id else "api")
            return partner
        partner.check_access("write")
        if values:
            partner.write(values)
        return partner

    @api.model
    def _check_customer_values(self, values, more=()):
        """
        :param more: names that may be given besides those of ``customer_upsert``
        :raise UserError: for something else than values by field name
        """
        if not isinstance(values, dict):
            raise UserError(
                self.env._("The values of a customer must be given by field name.")
            )
        if unknown := values.keys() - self._customer_upsert_fields() - set(more):
            raise UserError(
                self.env._(
                    "A customer has no field %(fields)s, or it cannot be set here.",
                    fields=", ".join(sorted(map(str, unknown))),
                )
            )

    @api.model
    def _prepare_customer_upsert(self, values, partner, config_id):
        """What is written of ``values``: a phone number as it is dialled from anywhere.

        What is no number of any country stays as it was typed.

        :param partner: the customer who is there, empty for a new one
        """
        values = dict(values)
        phone_country_id = values.pop("phone_country_id", None)
        if values.get("phone"):
            typed = self._customer_duplicate_values(
                {
                    "phone": values["phone"],
                    "phone_country_id": phone_country_id,
                    "country_id": values.get("country_id") or partner.country_id.id,
                }
            )
            number = self._customer_phone_number(typed, "INTERNATIONAL")
            values["phone"] = number or values["phone"]
        if isinstance(values.get("properties"), dict):
            values["properties"] = self._prepare_customer_attributes(
                values["properties"], partner
            )
        return values

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
