from odoo import api, fields, models


class CustomerRedirect(models.Model):
    """Where a customer went who is no longer there under an old id.

    Plain integers, because the old partner is gone and the new one may go as well.
    """

    _name = "customer.redirect"
    _description = "Customer Redirect"
    _log_access = False
    _rec_name = "old_id"

    old_id = fields.Integer(required=True, readonly=True)
    new_id = fields.Integer(required=True, readonly=True)

    _old_unique = models.UniqueIndex("(old_id)")
    _new_index = models.Index("(new_id)")

    @api.model
    def _add(self, old_id, new_id):
        """Lead from ``old_id`` to ``new_id``; chains are shortened at once."""
        # sudo: rows are written by a merge, never by hand
        redirects = self.sudo()
        redirects.search([("new_id", "=", old_id)]).write({"new_id": new_id})
        redirects.search([("old_id", "=", new_id)]).unlink()
        if known := redirects.search([("old_id", "=", old_id)]):
            known.new_id = new_id
        else:
            redirects.create({"old_id": old_id, "new_id": new_id})

    @api.model
    def _resolve(self, partner_id):
        """Id of the customer whom ``partner_id`` means today, itself by default."""
        # sudo: an integer leads to an integer, whoever asks
        redirect = self.sudo().search([("old_id", "=", partner_id)], limit=1)
        return redirect.new_id or partner_id
