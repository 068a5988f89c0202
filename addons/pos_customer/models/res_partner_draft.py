import logging
from functools import partial

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

# Who it is, and what other values are understood by.
_FIRST = ("name", "is_company", "parent_id", "country_id", "phone_country_id")
# Of two who are one, the till learns that these differ; the rest nobody typed.
_TOLD = (
    "name",
    "phone",
    "website",
    "street",
    "street2",
    "zip",
    "city",
    "vat",
    "customer_code",
    "customer_note",
)


class ResPartner(models.Model):
    """Customers whom tills made or changed without a connection.

    The customer is there and may have bought: a draft is never refused as a whole for
    the sake of a part. What is acceptable is written, and for the rest the till keeps
    what was typed, with the sentence that says why.
    """

    _inherit = "res.partner"

    @api.model
    def customer_receive_draft(self, draft):
        """Take what a till kept of a customer, once for each key.

        :param dict draft: ``uuid`` of the customer, ``key`` of the change (a UUID too)
            and ``values``, as for ``customer_upsert``
        :return: dict of ``partner_id`` (False when there is no such customer),
            ``refused`` (sentences by field) and ``error`` (a sentence about it all)
        :raise AccessError: for users without the Customers app
        """
        self._check_customer_user()
        partner, refused, error = self._customer_receive_draft(draft)
        return {"partner_id": partner.id, "refused": refused, "error": error or ""}

    @api.model
    def _customer_receive_draft(self, draft):
        """:return: the partner, sentences by field, and one about it all or None"""
        received = []
        error = self._customer_attempt(
            lambda: received.append(self._customer_take_draft(draft))
        )
        return (*received[0], None) if received else (self.browse(), {}, error)

    @api.model
    def _customer_take_draft(self, draft):
        """
        :return: the partner and the sentences by field
        :raise UserError: for a malformed draft, and for one of which nothing can be kept
        """
        self._check_customer_user()
        uuid, key, values = self._customer_parse_draft(draft)
        keys = self.env["customer.upsert.key"]
        partner = self._customer_of_uuid(uuid)
        partner.check_access("write")
        if known := partner and keys._find(key):
            values = {n: v for n, v in values.items() if n in (known.refused or ())}
        if known and not values:
            return partner, {}
        partner, refused = self._customer_accept(partner, values, uuid)
        keys._keep(key, refused)
        partner._customer_claim_orders(uuid)
        return partner, refused

    @api.model
    def _customer_parse_draft(self, draft):
        if not isinstance(draft, dict):
            raise UserError(
                self.env._("A draft must give a customer's UUID, key and values.")
            )
        values = draft.get("values")
        if not isinstance(values, dict):
            raise UserError(
                self.env._("The values of a customer must be given by field name.")
            )
        uuid, key = (self._customer_parse_uuid(draft.get(n)) for n in ("uuid", "key"))
        return uuid, key, values

    # -- accepting ------------------------------------------------------------------

    @api.model
    def _customer_accept(self, partner, values, uuid):
        """Write all of ``values``, or as much of it as can be.

        :return: the customer, and the sentences by field
        :raise UserError: when there is no customer yet and none can be made
        """
        values, refused = self._customer_known_values(values)
        if not self._customer_attempt_draft(values, uuid):
            return self._customer_taken(uuid, partner), refused
        if not partner and (other := self._customer_of_unique_email(values)):
            return other, refused | self._customer_unite(other, values, uuid)
        parts = self._customer_parts(values)
        if not partner:
            first = {n: values[n] for n in ("name", "is_company") if n in values}
            if error := self._customer_attempt_draft(first, uuid):
                raise UserError(error)
            parts = [part for part in parts if not part.keys() <= first.keys()]
        for part in parts:
            if error := self._customer_attempt_draft(part, uuid):
                refused.update(dict.fromkeys(part, error))
        return self._customer_taken(uuid, partner), refused

    @api.model
    def _customer_taken(self, uuid, partner):
        """The customer of ``uuid``, proposed as a duplicate if they were not there yet."""
        taken = self._customer_of_uuid(uuid)
        if not partner:
            taken._customer_flag_duplicates("pos")
        return taken

    @api.model
    def _customer_attempt_draft(self, values, uuid):
        return self._customer_attempt(partial(self._customer_write_draft, values, uuid))

    @api.model
    def _customer_write_draft(self, values, uuid):
        """Write ``values``, to a new customer where there is none.

        What the till asks for is a matter of its form, which was filled in: nobody is
        there any more to be asked.
        """
        partner = self._customer_of_uuid(uuid)
        values = self._prepare_customer_upsert(values, partner, None)
        if not partner:
            self._customer_create_with_uuid(values, uuid)
        else:
            partner.check_access("write")
            partner.write(values)

    @api.model
    def _customer_known_values(self, values):
        """
        :return: the values that a till may set, and sentences for the others
        """
        known, refused = {}, {}
        for name, value in values.items():
            try:
                self._check_customer_values({name: value})
                known[name] = value
            except UserError as error:
                refused[name] = str(error)
        return known, refused

    @api.model
    def _customer_parts(self, values):
        """The values one by one, those first that others are understood by."""
        names = sorted(values, key=lambda n: (n not in _FIRST, n))
        parts = {name: {name: values[name]} for name in names}
        if "phone" in parts and "phone_country_id" in parts:
            parts["phone"] |= parts.pop("phone_country_id")
        return list(parts.values())

    @api.model
    def _customer_attempt(self, act):
        """Do it, or leave everything as it was.

        :return: None, or the sentence to show
        """
        try:
            with self.env.cr.savepoint():
                act()
        except (ConcurrencyError, OperationalError):
            raise  # Odoo runs the whole call again
        except UserError as error:
            return str(error)
        except Exception as error:  # a value of a kind that nobody types
            # the kind only: messages quote personal data
            _logger.warning("A till's customer was not accepted: %s", type(error))
            return self.env._("This value is not accepted. Enter another one.")
        return None

    # -- uniting --------------------------------------------------------------------

    @api.model
    def _customer_of_unique_email(self, values):
        """Who is the customer already, where an e-mail belongs to one customer only."""
        email = email_normalize(values.get("email") or "", strict=False)
        company = self.env.company
        if not email or company.id not in company._customer_email_company_ids():
            return self.browse()
        found = self._customers_of_emails([email]).get(email, self.browse())
        mine = found.filtered(lambda p: p.company_id in (company, company.browse()))
        return mine[:1].sudo(False)._filtered_access("write")

    @api.model
    def _customer_unite(self, partner, values, uuid):
        """Take the draft of a customer for one who is there: what they lack is added.

        :return: sentences for the values that differ
        """
        alias = {"uuid": uuid, "partner_id": partner.id, "live": False}
        try:
            with self.env.cr.savepoint():
                # sudo: subjects are written by acts, never by users; not live, as the
                # customer has a live one, it leads from the till's UUID to them
                self.env["customer.subject"].sudo().create(alias)
        except UniqueViolation as error:
            # the same draft came at the same time: Odoo runs this call again
            raise ConcurrencyError(str(error)) from error
        refused = {}
        for part in self._customer_parts(values):
            name = next(iter(part))
            if name in partner._fields and not partner[name]:
                error = self._customer_attempt_draft(part, uuid)
                refused.update(dict.fromkeys(part, error) if error else {})
            elif name in _TOLD and partner._customer_differs(part):
                refused[name] = self.env._(
                    "%(customer)s was there already and has another value here. Correct "
                    "it if this one is right.",
                    customer=partner.display_name,
                )
        return refused

    def _customer_differs(self, part):
        name, value = next(iter(part.items()))
        prepared = self._prepare_customer_upsert(part, self, None)[name]
        return self[name] not in (str(value).strip(), prepared)

    # -- orders that came first ---------------------------------------------------------

    def _customer_claim_orders(self, uuid):
        """Give this customer the orders that came while nobody could be made of the draft."""
        self.ensure_one()
        orders = self.env["pos.order"].search(
            [("customer_draft_uuid", "=", uuid), ("partner_id", "=", False)]
        )
        for order in orders:
            self._customer_attempt(
                lambda order=order: order.write({"partner_id": self.id})
            )
