from uuid import uuid4

from odoo.tests import new_test_user

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


class PosConsentCase(PosCustomerHttpCase):
    """A till that asks for two consents, in English and in French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purposes = cls.env["consent.purpose"]
        # what else a shop may ask for is no matter of these tests
        cls.purposes.search([]).write(
            {"ask_in_pos": False, "ask_at_creation": False, "sequence": 99}
        )
        cls.news = cls.new_purpose("till_news", "News by e-mail")
        cls.calls = cls.new_purpose("till_calls", "Calls about offers")
        cls.wording = cls.publish(cls.news, "en_US", "You may write to me.")
        cls.french = cls.publish(cls.news, "fr_FR", "Vous pouvez m'écrire.")
        cls.publish(cls.calls, "en_US", "You may call me.")
        cls.publish(cls.calls, "fr_FR", "Vous pouvez m'appeler.")
        (cls.ana | cls.bo | cls.cleo).lang = "en_US"
        cls.seller = new_test_user(
            cls.env,
            "consent_seller",
            password="consent_seller",
            groups="base.group_user,customer_base.group_customer_user",
        )
        cls.stranger = new_test_user(
            cls.env,
            "consent_stranger",
            password="consent_stranger",
            groups="base.group_user",
        )
        cls.visitor = new_test_user(
            cls.env,
            "consent_visitor",
            password="consent_visitor",
            groups="base.group_portal",
        )

    @classmethod
    def new_purpose(cls, code, name, **values):
        return cls.purposes.create(
            {"code": code, "name": name, "company_id": cls.company.id, **values}
        )

    @classmethod
    def publish(cls, purpose, lang, body):
        wording = cls.env["consent.wording"].create(
            {"purpose_id": purpose.id, "lang": lang, "body": body}
        )
        wording.action_publish()
        return wording

    def answer(self, granted=True, **values):
        """An answer as a till sends it."""
        return {
            "purpose": "till_news",
            "granted": granted,
            "wording_id": self.wording.id,
            "key": str(uuid4()),
            "age_seconds": 0,
            "channel": "pos",
            **values,
        }

    def events(self, partner, purpose="till_news"):
        return self.env["consent.event"].search(
            [
                ("subject_uuid", "=", partner.customer_uuid),
                ("purpose_code", "=", purpose),
            ],
            order="sequence",
        )

    def state(self, partner, purpose="till_news"):
        items = {item["purpose"]: item["state"] for item in partner.consent_get()}
        return items[purpose]
