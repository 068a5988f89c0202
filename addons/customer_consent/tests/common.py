import tempfile
from unittest.mock import patch

from odoo.tools import config

from odoo.addons.customer_base.tests.common import CustomerCase

SECRET = "a secret of the tests, and of nothing else"


class ConsentSetup:
    """Purposes with a published wording, and anchors in a folder of the test's own.

    For bases of tests of any kind: mixed in before ``CustomerCase`` or an HTTP case.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.events = cls.env["consent.event"]
        cls.states = cls.env["consent.state"]
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.startClassPatcher(
            cls.options(customer_consent_anchors=folder.name, customer_consent_key="")
        )
        cls.news = cls.new_purpose("t_news", "News by e-mail")
        cls.wording = cls.publish(cls.news, "I want news by e-mail.")
        cls.study = cls.new_purpose("t_study", "Study of purchases", validity_months=12)
        cls.publish(cls.study, "You may look at what I buy.")

    def setUp(self):
        super().setUp()
        # what another test anchored was rolled back
        self.events._anchor_path().unlink(missing_ok=True)

    @staticmethod
    def options(**options):
        """Patcher of the server's configuration."""
        return patch.dict(config._runtime_options, options)

    def set_key(self, text):
        """Configure the secrets for the rest of the test."""
        self.startPatcher(self.options(customer_consent_key=text))

    @classmethod
    def new_purpose(cls, code, name, **values):
        return cls.env["consent.purpose"].create({"code": code, "name": name, **values})

    @classmethod
    def publish(cls, purpose, body, lang=None, **values):
        # any language the database has: tests do not depend on which
        lang = lang or cls.env["res.lang"].search([], limit=1).code
        wording = cls.env["consent.wording"].create(
            {"purpose_id": purpose.id, "body": body, "lang": lang, **values}
        )
        wording.action_publish()
        return wording

    @classmethod
    def chain_of(cls, partner):
        """The customer's own events, in their order."""
        cls.env.flush_all()
        return cls.events.search(
            [("subject_uuid", "=", partner.customer_uuid)], order="sequence"
        )

    @classmethod
    def answer(cls, partner, purpose=None):
        """The current answer, as ``consent_get`` tells it."""
        code = (purpose or cls.news).code
        return next(i["state"] for i in partner.consent_get() if i["purpose"] == code)


class ConsentCase(ConsentSetup, CustomerCase):
    """A customer with purposes to answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.new_customer("Ana Consents", email="ana@example.com")
