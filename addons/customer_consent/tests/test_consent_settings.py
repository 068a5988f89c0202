from odoo.tests import tagged

from .common import SECRET, ConsentCase


@tagged("post_install", "-at_install")
class TestConsentSettings(ConsentCase):
    """The settings say how well consents are proved."""

    def settings(self):
        return self.env["res.config.settings"].create({})

    def test_secret(self):
        self.assertTrue(self.settings().consent_unsealed)
        self.set_key(SECRET)
        self.assertFalse(self.settings().consent_unsealed)

    def test_last_verification(self):
        self.env["consent.verification"].search([]).unlink()
        self.assertEqual(self.settings().consent_verification_state, "none")
        self.ana.consent_set("t_news", True, "api")
        self.env["consent.verification"]._verify()
        settings = self.settings()
        last = self.env["consent.verification"].search([], limit=1)
        self.assertEqual(settings.consent_verification_state, last.state)
        self.assertEqual(settings.consent_verification_at, last.at)
        self.assertGreaterEqual(settings.consent_event_count, 1)

    def test_view(self):
        view = self.env.ref("customer_base.res_config_settings_view_form")
        arch = self.env["res.config.settings"].get_view(view.id)["arch"]
        self.assertIn("consent_unsealed", arch)
