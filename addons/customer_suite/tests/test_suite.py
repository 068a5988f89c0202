from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSuite(TransactionCase):
    def test_one_click_installs_all(self):
        suite = self.env.ref("base.module_customer_suite")
        self.assertTrue(suite.application)
        self.assertEqual(
            set(suite.dependencies_id.mapped("state")), {"installed"}, "one is missing"
        )
