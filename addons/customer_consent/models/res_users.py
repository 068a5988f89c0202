from odoo import api, models


class ResUsers(models.Model):
    """Answers that are given with an account are written with it."""

    _inherit = "res.users"

    @api.model
    def signup(self, values, token=None):
        """As core's; ``consents`` among the values are the answers of the form.

        They are a dict of code to a tuple of yes or no and the id of the wording. Who calls
        from outside has none: only the form's own code has all rights here.

        :raise UserError: for an answer that cannot be taken; then there is no account
        """
        answers = values.pop("consents", None)
        if not answers or not self.env.su:
            return super().signup(values, token)
        partner = self.env["res.partner"]
        if token:  # it counts once: whom it is of is known before only
            partner = partner._get_partner_from_token(token) or partner
        with self.env.cr.savepoint():
            login, password = super().signup(values, token)
            if not partner:
                users = self.search(
                    self._get_login_domain(login),
                    order=self._get_login_order(),
                    limit=1,
                )
                partner = users.partner_id
            for code, (granted, wording_id) in answers.items():
                partner._consent_set(code, granted, "web_form", wording_id=wording_id)
        return login, password
