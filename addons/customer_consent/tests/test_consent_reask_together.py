from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import call_together

from . import test_ledger_together as ledger


@tagged("post_install", "-at_install")
class TestReaskTogether(ledger.TestLedgerTogether):
    """Two clicks at the same moment send one e-mail."""

    # what the base tests is tested there
    test_every_answer_is_in_the_chain = None
    test_the_same_answer_sent_many_times_at_once = None

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.customer_id).email = "t@example.com"

    def mails(self, env):
        return env["mail.mail"].search([("recipient_ids", "in", self.customer_id)])

    def clean_up(self):
        with self.registry.cursor() as cr:
            self.mails(api.Environment(cr, SUPERUSER_ID, {})).unlink()
        return super().clean_up()

    def ask(self, env):
        customer = env["res.partner"].browse(self.customer_id)
        return customer.consent_reask("t_together")["asked"]

    def test_two_clicks(self):
        answers, errors = call_together(self.registry, self.ask, self.ask)
        self.assertFalse(errors)
        self.assertEqual(sorted(answers), [0, 1])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(len(self.mails(env)), 1)
        self.assertEqual(len(self.events()[0]), 1)
