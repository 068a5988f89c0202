from odoo import api, models
from odoo.http import request

TILLS = "customer_till"  # ids of the tills that were opened in a session


class ResPartner(models.Model):
    """A browser with a till stays its user's: it never becomes a customer's."""

    _inherit = "res.partner"

    @api.model
    def _customer_link_elsewhere(self):
        """Also where a till was opened whose register is open still."""
        tills = request and request.session.get(TILLS)
        if not tills:
            return super()._customer_link_elsewhere()
        # sudo: a till of another company counts as well
        registers = self.env["pos.session"].sudo()
        return super()._customer_link_elsewhere() or bool(
            registers.search_count(
                [
                    ("config_id", "in", tills),
                    ("state", "!=", "closed"),
                    ("rescue", "=", False),
                ],
                limit=1,
            )
        )
