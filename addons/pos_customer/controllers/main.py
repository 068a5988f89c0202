from odoo.tools import file_open

from odoo.addons.point_of_sale.controllers.main import PosController


class PosCustomerController(PosController):
    def _get_pos_service_worker(self):
        """Ours listens first: it answers what core leaves to the network."""
        with file_open("pos_customer/static/src/service_worker/till_page.js") as script:
            return script.read() + super()._get_pos_service_worker()
