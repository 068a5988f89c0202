from odoo import models
from odoo.tools import SQL, str2bool

SETTING = "customer_consent_mailing.blacklist"


class ResPartner(models.Model):
    """Blacklists follow what customers answer.

    Only purposes whose legal basis is consent count here: a contract is not withdrawn by
    an unsubscribe.
    """

    _inherit = "res.partner"

    def _consent_append(self, uuid, values_list, note=None):
        events = super()._consent_append(uuid, values_list, note=note)
        answers = events.filtered(lambda e: e.legal_basis == "consent").mapped("state")
        if "granted" in answers:
            self._consent_release_addresses()
        if "withdrawn" in answers:
            self._consent_blacklist_addresses()
        return events

    def _consent_addresses(self):
        """Tuples of a field of the customer, its value and the blacklist for it."""
        # sudo: whoever gave or noted the answer need not read the address
        partner = self.sudo()
        return [
            (name, partner[name], self.env[blacklist])
            for name, blacklist in (
                ("email_normalized", "mail.blacklist"),
                ("phone_sanitized", "phone.blacklist"),
            )
            if partner[name]
        ]

    def _consent_release_addresses(self):
        if not self._consent_is_blacklisted():
            return
        for name, address, blacklist in self._consent_addresses():
            if blacklist._consent_entry(address).consent_withdrawn:
                if self._consent_any(name, address):
                    blacklist._consent_release(address)

    def _consent_is_blacklisted(self):
        """Whether a withdrawal blacklisted an address of the customer: one cheap query,
        for this is asked with each consent, and few are."""
        self.env["mail.blacklist"].flush_model()
        self.env["phone.blacklist"].flush_model()
        self.flush_model(["email_normalized", "phone_sanitized"])
        query = SQL(
            """
            SELECT 1 FROM res_partner p
              JOIN mail_blacklist b ON b.email = p.email_normalized
             WHERE p.id = %(id)s AND b.consent_withdrawn
             UNION ALL
            SELECT 1 FROM res_partner p
              JOIN phone_blacklist b ON b.number = p.phone_sanitized
             WHERE p.id = %(id)s AND b.consent_withdrawn
            """,
            id=self.id,
        )
        return bool(self.env.execute_query(query))

    def _consent_blacklist_addresses(self):
        # sudo: a setting that steers what is done, whoever does it
        settings = self.env["ir.config_parameter"].sudo()
        if not str2bool(settings.get_param(SETTING, "False"), False):
            return
        for name, address, blacklist in self._consent_addresses():
            if not self._consent_any(name, address):
                blacklist._consent_add(address)

    def _consent_any(self, name, address):
        """Whether any customer who has this address consents to anything now."""
        # sudo: of all customers, whoever notes the answer of one
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return bool(
            partners.search(
                [
                    (name, "=", address),
                    ("consent_granted_ids", "any", [("legal_basis", "=", "consent")]),
                ],
                limit=1,
            )
        )
