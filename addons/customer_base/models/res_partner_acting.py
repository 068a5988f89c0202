from odoo import api, models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Whether the customer acts in person, or a colleague in their name.

    Without the module by which colleagues log in as customers, all act in person.
    """

    _inherit = "res.partner"

    @api.model
    def _customer_acting_user(self):
        """The colleague who acts as a customer in this request.

        :return: ``res.users``, empty when everybody acts in person
        """
        return self.env["res.users"]

    @api.model
    def _check_customer_in_person(self):
        """Refuse what customers do themselves or not at all.

        Passwords, e-mail, consents, saved payment means: whoever stores them calls this.

        :raise AccessError: while a colleague acts as the customer
        """
        if self._customer_acting_user():
            raise AccessError(
                self.env._(
                    "Only the customer can do this, in person. You are acting in their "
                    "name."
                )
            )
