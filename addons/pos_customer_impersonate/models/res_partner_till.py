from odoo import api, models
from odoo.http import request

TILLS = "customer_till"  # ids of the tills that were opened in a session


class ResPartner(models.Model):
    """A browser with a till stays its user's: it never becomes a customer's."""

    _inherit = "res.partner"

    @api.model
    def _customer_link_elsewhere(self):
        return super()._customer_link_elsewhere() or self._customer_till_is_here()

    @api.model
    def _customer_till_is_here(self):
        """Whether the browser of this request has a till whose register is open."""
        tills = request and request.session.get(TILLS)
        if not tills:
            return False
        # sudo: a till that another company has opened counts as well
        registers = self.env["pos.session"].sudo()
        return bool(
            registers.search_count(
                [
                    ("config_id", "in", tills),
                    ("state", "!=", "closed"),
                    ("rescue", "=", False),
                ],
                limit=1,
            )
        )
