import re
from datetime import timedelta

from odoo import api, models
from odoo.tools import hash_sign, verify_hash_signed

_SCOPE = "customer_consent.link"
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


class ResPartner(models.Model):
    """The link by which a customer reads and changes their consents without an account."""

    _inherit = "res.partner"

    def _consent_url(self, days=90):
        """The address of the customer's own page of consents, for an e-mail or a QR code.

        Whoever has it can answer for the customer until it expires: give it to nobody else.
        It names the pseudonym of the customer and the company that asks, and no person. It
        ends at once when the customer is merged or deleted.

        :param int days: how long the link works
        :return: an absolute URL, of the website of the customer's company if it has one
        """
        self.ensure_one()
        partner = self.sudo()  # sudo: whoever hands out the link was let through before
        company = partner.company_id or self.env.company
        token = hash_sign(
            self.env(su=True),
            _SCOPE,
            [partner._ensure_customer_uuid(), company.id],
            expiration=timedelta(days=days),
        )
        # the field is of `website`, which may be there or not
        own_site = "website_id" in partner._fields and partner.website_id
        base_url = (partner if own_site else company).get_base_url()
        return f"{base_url.rstrip('/')}/consent/{token}"

    @api.model
    def _consent_partner_of_link(self, token):
        """Whom a link is of.

        :param str token: what stands at the end of the link, as anybody may have sent it
        :return: the customer with all rights, in their language and for the company that
            asks; empty when the link is forged, cut off, expired or of somebody who was
            merged or deleted
        """
        nobody = self.browse()
        if not _TOKEN.fullmatch(token):  # decoding would pass over what is no letter
            return nobody
        try:
            payload = verify_hash_signed(self.env(su=True), _SCOPE, token)
        except ValueError:  # what no signature of ours looks like
            return nobody
        if not payload:
            return nobody
        uuid, company_id = payload
        # sudo: the signature says that its bearer may
        subjects = self.env["customer.subject"].sudo()
        subject = subjects.search([("uuid", "=", uuid), ("live", "=", True)])
        partner = self.sudo().browse(subject.partner_id).exists()  # sudo: as above
        company = partner.company_id or partner.company_id.browse(company_id).exists()
        if not partner or not company:
            return nobody
        lang = self.env["res.lang"]._get_code(partner.lang or "") or self.env.lang
        return partner.with_context(
            allowed_company_ids=company.ids,
            lang=lang,
            consent_by_link=True,  # which may have been passed on: nobody is named
        )
