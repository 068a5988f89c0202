from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests import test_js as web


@tagged("post_install", "-at_install")
class TestJs(HttpCase):
    """The unit tests of this module's JavaScript, in a real browser."""

    @no_retry
    def test_unit(self):
        # the module, not its class: pytest would collect core's tests here
        suite = web.HOOTCommon._generate_hash(self, "@pos_customer_repair")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=web.unit_test_error_checker,
        )
