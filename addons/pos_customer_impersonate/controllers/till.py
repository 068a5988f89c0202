from odoo import http
from odoo.http import request

from odoo.addons.point_of_sale.controllers.main import PosController

from ..models.res_partner_till import TILLS


class CustomerTillController(PosController):
    @http.route()
    def pos_web(self, *args, **kwargs):
        """Note in the session which till was opened in it.

        All tabs of a browser share one session: this one must never become a customer's.
        """
        response = super().pos_web(*args, **kwargs)
        opened = getattr(response, "qcontext", {}).get("pos_config_id")
        tills = request.session.get(TILLS, [])
        if opened and opened not in tills:
            request.session[TILLS] = [*tills, opened]
        return response
