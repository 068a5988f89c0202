from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.customer_base.tests.common import CustomerCase

ADDRESS = "camille@shop.example"
NUMBER = "+31612345608"
MAILING = "mass_mailing.group_mass_mailing_user"


class ConsentMailingCase(CustomerCase):
    """Two purposes with published wordings, and a marketing user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newsletter = cls.new_purpose("newsletter_t", "Newsletter")
        cls.birthday = cls.new_purpose("birthday_t", "Birthday", validity_months=12)
        cls.marketer = cls.new_user("marketer", f"base.group_user,{MAILING}")

    @classmethod
    def new_purpose(cls, code, name, **values):
        purpose = cls.env["consent.purpose"].create(
            {"code": code, "name": name, **values}
        )
        cls.env["consent.wording"].create(
            {"purpose_id": purpose.id, "lang": "en_US", "body": f"{name}? Yes, please."}
        ).action_publish()
        return purpose

    @classmethod
    def new_mailed(cls, name, answer=None, purpose=None, **values):
        """A customer with an answer; an address of their own unless one is given."""
        values.setdefault("email", f"{name.lower()}@shop.example")
        customer = cls.new_customer(name, **values)
        if answer is not None:
            cls.answer(customer, answer, purpose)
        return customer

    @classmethod
    def answer(cls, customer, granted, purpose=None, at=None):
        purpose = purpose or cls.newsletter
        customer._consent_set(purpose.code, granted, "backend", at=at)

    @classmethod
    def answer_expired(cls, customer):
        at = datetime.utcnow() - timedelta(days=400)
        cls.answer(customer, True, cls.birthday, at=at)

    @classmethod
    def new_mailing(cls, model="res.partner", purpose=None, user=None, **values):
        mailings = cls.env["mailing.mailing"].with_user(user or cls.marketer)
        return mailings.create(
            {
                "subject": "Spring",
                "body_html": "<p>Hello</p><a href='/unsubscribe_from_list'>Stop</a>",
                "mailing_model_id": cls.env["ir.model"]._get_id(model),
                "consent_purpose_id": purpose and purpose.id,
                **values,
            }
        )

    @classmethod
    def new_list(cls, *addresses, **values):
        return cls.env["mailing.list"].create(
            {
                "name": "Friends",
                "is_public": True,
                "contact_ids": [
                    Command.create({"name": a, "email": a, **values}) for a in addresses
                ],
            }
        )

    def state(self, customer, purpose=None):
        code = (purpose or self.newsletter).code
        items = customer.sudo().consent_get()
        return next(item["state"] for item in items if item["purpose"] == code)

    def events(self, customer):
        """Tuples of what the ledger tells of the newsletter, the latest last."""
        found = customer.sudo()._consent_events().sorted("sequence")
        return [
            (e.event, e.channel, e.actor, e.reason)
            for e in found
            if e.purpose_code == self.newsletter.code
        ]
