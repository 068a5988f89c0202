from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class CustomerEmailPortal(CustomerPortal):
    """A taken e-mail is an error of the form, and no page that tells of a failure."""

    def _create_or_update_address(self, partner_sudo, *args, **form_data):
        try:
            with request.env.cr.savepoint():
                return super()._create_or_update_address(
                    partner_sudo, *args, **form_data
                )
        except ValidationError as error:
            email = (form_data.get("email") or "").strip().lower()
            if not email or email not in str(error):
                raise
            return partner_sudo, {"invalid_fields": ["email"], "messages": [str(error)]}
