from odoo.tests import no_retry, tagged

from odoo.addons.customer_base.tests.common import CustomerHttpCase


@tagged("post_install", "-at_install")
class TestJs(CustomerHttpCase):
    @no_retry
    def test_unit(self):
        self.run_hoot("pos_customer_impersonate")
