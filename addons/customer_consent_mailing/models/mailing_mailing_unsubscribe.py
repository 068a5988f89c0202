import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    """Who unsubscribes from a mailing for a purpose withdraws the consent to it."""

    _inherit = "mailing.mailing"

    def _consent_unsubscribe(self, res_id, address):
        """Note the withdrawal of whoever this mailing was sent to.

        Nobody is logged in: the caller has verified the token of the message. Once it is
        withdrawn, the same again writes nothing.

        :param res_id: id of the recipient's record, in whatever type it came
        :param str address: e-mail address or number that it was sent to
        :return: the customers whose answer it now is, ``res.partner``, of all that have the
            address when the mailing was not sent to customers; none for a mailing without
            purpose, and for a recipient who is no customer
        :raise AccessError: while a colleague acts as a customer
        """
        # here: what is refused for one customer is passed over
        self.env["res.partner"]._check_customer_in_person()
        customers = self._get_consent_unsubscribers(res_id, address)
        return customers.filtered(self._consent_unsubscribe_one)

    def _consent_unsubscribe_one(self, customer):
        """Whether it is noted; what is refused for one customer loses no other's."""
        try:
            with self.env.cr.savepoint():
                customer._consent_unsubscribe(self.consent_purpose_id)
        except (
            UserError
        ):  # all else, two writers at once too, runs the whole call again
            _logger.warning("No withdrawal by customer %s: it was refused", customer.id)
            return False
        return True

    def _consent_is_unsubscribed(self, res_id, address):
        """Whether whoever it was sent to has refused already; None for no customers."""
        customers = self._get_consent_unsubscribers(res_id, address)
        purpose = self.consent_purpose_id
        return (
            all(customer._consent_refuses(purpose) for customer in customers)
            if customers
            else None
        )

    def _get_consent_unsubscribers(self, res_id, address):
        # sudo: nobody is logged in where a message leads to
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        purpose = self.consent_purpose_id
        if not purpose:
            return partners
        if self.mailing_model_real == "res.partner":
            known = str(res_id or "").isdecimal()
            wanted = known and self.env["customer.redirect"]._resolve(int(res_id))
            found = partners.browse(wanted or []).exists()
        else:
            found = self._get_consent_customers(address)
        # sudo: as above
        rows = self.env["consent.state"].sudo()
        answered = rows.search(
            [("partner_id", "in", found.ids), ("purpose_id", "=", purpose.id)]
        ).partner_id
        # an answer can be withdrawn wherever its customer went, and when it is asked no more
        return found.filtered(
            lambda p: (
                p.is_customer and (p in answered or p.company_id <= purpose.company_id)
            )
        )

    def _get_consent_customers(self, address):
        """All customers who have an address or number."""
        # sudo: as above
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        column = self._consent_column()
        if column == "email_normalized":
            address = email_normalize(address)
        return address and partners.search([(column, "=", address)]) or partners

    @api.model
    def _consent_stop_sms(self, mailing_id, trace_code, sms_number="", **_others):
        """Note what somebody confirmed on the page that the link of an SMS leads to.

        :return: values for the page that says so; None where core has to do the rest
        """
        # sudo: nobody is logged in; code and number together are the token
        traces = self.env["mailing.trace"].sudo()
        trace = traces.search(
            [
                ("trace_type", "=", "sms"),
                ("sms_code", "=", trace_code),
                ("mass_mailing_id", "=", int(mailing_id)),
                ("sms_number", "=", sms_number.strip() or False),
            ],
            limit=1,
        )
        mailing = trace.mass_mailing_id
        customers = trace.sms_number and mailing._consent_unsubscribe(
            trace.res_id, trace.sms_number
        )
        if not customers or mailing.mailing_on_mailing_list:
            return None
        return {
            "sms_number": trace.sms_number,
            "consent_purpose": mailing.consent_purpose_id,
        }
