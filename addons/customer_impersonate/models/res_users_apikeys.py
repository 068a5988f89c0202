from odoo import models


class ResUsersApikeys(models.Model):
    """Keys would outlast the acting: none is made or taken away."""

    _inherit = "res.users.apikeys"

    def _generate(self, scope, name, expiration_date):
        self.env["res.partner"]._check_customer_in_person()
        return super()._generate(scope, name, expiration_date)

    def _remove(self):
        self.env["res.partner"]._check_customer_in_person()
        return super()._remove()
