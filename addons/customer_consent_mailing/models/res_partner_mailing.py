from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Which purposes customers consent to at this moment, and so who may be mailed."""

    _inherit = "res.partner"

    consent_granted_ids = fields.Many2many(
        "consent.purpose",
        string="Consents now to",
        compute="_compute_consent_granted_ids",
        search="_search_consent_granted_ids",
        groups="customer_base.group_customer_user,mass_mailing.group_mass_mailing_user",
        help="Purposes the customer consents to: granted, and not expired.",
    )

    def _compute_consent_granted_ids(self):
        # sudo: for readers of the field, who may not all read the answers
        states = self.env["consent.state"].sudo()
        granted = states.search(
            [("partner_id", "in", self.ids), ("is_granted", "=", True)]
        ).grouped("partner_id")
        for partner in self:
            rows = granted.get(partner._origin, states)
            partner.consent_granted_ids = rows.purpose_id.sudo(False)

    @api.model
    def _search_consent_granted_ids(self, operator, value):
        if operator.startswith("not"):
            return NotImplemented
        # the ORM checks groups where a field is read, and not where one is searched
        self._check_field_access(self._fields["consent_granted_ids"], "read")
        purposes = Domain("purpose_id", operator, value)
        if operator == "in" and not any(value):
            purposes = Domain.TRUE  # asked for those who consent to nothing
        # sudo: as above
        query = (
            self.env["consent.state"]
            .sudo()
            ._search(Domain("is_granted", "=", True) & purposes)
        )
        wanted = "not in" if purposes.is_true() else "in"
        return Domain("id", wanted, query.subselect("partner_id"))

    # -- what core asks of the model of a mailing --------------------------------------

    def _mailing_get_default_domain(self, mailing):
        purpose = mailing.consent_purpose_id
        return [("consent_granted_ids", "in", purpose.ids)] if purpose else []

    def _mailing_get_opt_out_list(self, mailing):
        """:return: set of e-mail addresses, normalised"""
        return mailing._get_consent_refused()

    def _mailing_get_opt_out_list_sms(self, mailing):
        """:return: list of ids"""
        domain = mailing._get_consent_domain()
        if domain.is_true():
            return []
        # all but those who may: a search for the others could not be a join
        partners = self.with_context(active_test=False)
        return list({*partners.search([]).ids} - {*partners.search(domain).ids})

    # -- an unsubscribe ----------------------------------------------------------------

    def _consent_refuses(self, purpose):
        # sudo: the caller has verified whose answer it is
        states = self.env["consent.state"].sudo()
        row = states._of(self._ensure_customer_uuid(), purpose)
        return row.state in ("refused", "withdrawn")

    def _consent_unsubscribe(self, purpose):
        """The customer's no, by a link in a message; once is enough."""
        self.ensure_one()
        if not self._consent_refuses(purpose):
            self._consent_set(purpose.code, False, "link", note="unsubscribed")
