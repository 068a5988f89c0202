from odoo import api, fields, models
from odoo.exceptions import AccessError


class CustomerImpersonationDocument(models.Model):
    """A document that was made or changed while somebody acted as a customer.

    Append-only and in plain values, as the log that it belongs to.
    """

    _name = "customer.impersonation.document"
    _description = "Document Touched while Acting as a Customer"
    _order = "id"
    _log_access = False
    _rec_name = "model"
    _allow_sudo_commands = False

    impersonation_ref = fields.Integer(required=True, readonly=True)
    company_ref = fields.Integer(string="Company id", readonly=True)
    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )
    model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(string="Document id", required=True, readonly=True)
    action = fields.Selection(
        [("create", "Made"), ("write", "Changed")], required=True, readonly=True
    )

    _once = models.UniqueIndex("(impersonation_ref, model, res_id, action)")

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The log of acting is never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The log of acting is never rewritten."))
