from odoo import api, models


class PhoneBlacklist(models.Model):
    _name = "phone.blacklist"
    _inherit = ["phone.blacklist", "consent.blacklist.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """Core answers with entries that are there already: they are the caller's now."""
        entries = super().create(vals_list)
        entries.filtered("consent_withdrawn").consent_withdrawn = False
        return entries

    @api.model
    def _consent_blacklist(self, address, message):
        # sudo: as in _consent_entry
        self.sudo()._add([address], message=message)

    @api.model
    def _consent_unblacklist(self, address, message):
        # sudo: as in _consent_entry
        self.sudo()._remove([address], message=message)
