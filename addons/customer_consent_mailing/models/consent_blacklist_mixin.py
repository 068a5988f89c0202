from odoo import api, fields, models


class ConsentBlacklistMixin(models.AbstractModel):
    """A blacklist that remembers which of its entries a withdrawal of consents made.

    These, and only these, are released when a consent is given again. Whatever anybody
    else does to an entry makes it theirs: it is never released here.
    """

    _name = "consent.blacklist.mixin"
    _description = "Blacklist that Follows Consents"

    consent_withdrawn = fields.Boolean(
        string="By withdrawal",
        readonly=True,
        copy=False,
        help="Added when the last consent was withdrawn, and by nobody else: a new "
        "consent takes it away.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._check_customer_in_person()
        return super().create(vals_list)

    def write(self, vals):
        self.env["res.partner"]._check_customer_in_person()
        if not {"active", "consent_withdrawn"}.isdisjoint(vals):
            vals = {**vals, "consent_withdrawn": False}
        return super().write(vals)

    def _consent_claim(self):
        """Take the entry for a withdrawal's; for ``_consent_add`` alone."""
        return super().write({"consent_withdrawn": True})

    @api.model
    def _consent_entry(self, address):
        # sudo: blacklists follow answers, whoever notes them
        entries = self.sudo().with_context(active_test=False)
        return entries.search([(self._rec_name, "=", address)], limit=1)

    @api.model
    def _consent_add(self, address):
        """Blacklist an address, unless somebody else has."""
        if not self._consent_entry(address).active:
            message = self.env._("The last consent of this address was withdrawn.")
            self._consent_blacklist(address, message)
            self._consent_entry(address)._consent_claim()

    @api.model
    def _consent_release(self, address):
        """Take away what a withdrawal added."""
        if self._consent_entry(address).consent_withdrawn:
            message = self.env._("A consent was given again.")
            self._consent_unblacklist(address, message)

    @api.model
    def _consent_blacklist(self, address, message):
        raise NotImplementedError

    @api.model
    def _consent_unblacklist(self, address, message):
        raise NotImplementedError
