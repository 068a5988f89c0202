from odoo import api, models

_OWN = {
    *("email", "phone", "name", "vat", "parent_id", "type", "customer_help_until"),
    *("street", "street2", "zip", "city", "state_id", "country_id"),
}


class ResPartner(models.Model):
    """What a colleague who acts as a customer leaves as it is: e-mail, phone, and the
    address of payment. Where to deliver to may be changed.

    It holds for all code of such a request, that of the web shop included.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self._customer_acting_user() and any(
            partner.type in ("invoice", "other") for partner in partners
        ):
            self._check_customer_in_person()
        return partners

    def write(self, vals):
        if self._customer_acting_user() and any(p._changes_own(vals) for p in self):
            self._check_customer_in_person()
        return super().write(vals)

    def _changes_own(self, vals):
        """Whether ``vals`` change what only the customer in person changes."""
        # sudo: compared, not told
        partner = self.sudo()
        if partner.type == "delivery" and not partner.user_ids and "type" not in vals:
            return False
        return any(
            (partner[name] or vals[name])
            and partner._fields[name].convert_to_write(partner[name], partner)
            != vals[name]
            for name in _OWN & vals.keys()
        )
