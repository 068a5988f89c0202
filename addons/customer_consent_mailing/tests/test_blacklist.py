from odoo.tests import tagged

from ..models.res_partner_blacklist import SETTING
from .common import ADDRESS, NUMBER, ConsentMailingCase


@tagged("post_install", "-at_install")
class TestBlacklist(ConsentMailingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.new_customer(
            email=ADDRESS, phone=NUMBER, country_id=cls.env.ref("base.nl").id
        )
        cls.emails, cls.numbers = cls.env["mail.blacklist"], cls.env["phone.blacklist"]
        cls.follow(True)

    @classmethod
    def follow(cls, wanted):
        cls.env["ir.config_parameter"].set_param(SETTING, str(wanted))

    def listed(self):
        """:return: tuple of whether the e-mail address and the number are blacklisted"""
        return (
            bool(self.emails.search([("email", "=", ADDRESS)])),
            bool(self.numbers.search([("number", "=", NUMBER)])),
        )

    def test_last_consent_and_back(self):
        self.answer(self.customer, True)
        self.answer(self.customer, True, self.birthday)
        self.answer(self.customer, False)
        self.assertEqual(self.listed(), (False, False), "one consent is left")
        self.answer(self.customer, False, self.birthday)
        self.assertEqual(self.listed(), (True, True))
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (False, False))
        self.answer(self.customer, False)
        self.assertEqual(self.listed(), (True, True), "and again")
        self.follow(False)
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (False, False), "what it did is undone")

    def test_only_if_the_setting_says_so(self):
        self.follow(False)
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.assertEqual(self.listed(), (False, False))

    def test_a_refusal_is_no_withdrawal(self):
        self.answer(self.customer, False)
        self.assertEqual(self.listed(), (False, False))

    def test_another_customer_of_the_address(self):
        other = self.new_customer("Other", email=ADDRESS)
        self.answer(other, True)
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.assertEqual(self.listed(), (False, True))

    def test_blacklisted_before(self):
        self.emails._add(ADDRESS)
        self.numbers.add(NUMBER)
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (True, True))

    def test_somebody_else_adds_it_as_well(self):
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.emails._add(ADDRESS)
        self.numbers.add(NUMBER)
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (True, True))

    def test_somebody_else_imports_it(self):
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.emails.create({"email": ADDRESS})
        self.numbers.create({"number": NUMBER})
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (True, True))

    def test_released_and_blacklisted_by_hand(self):
        self.answer(self.customer, True)
        self.answer(self.customer, False)
        self.emails._remove(ADDRESS)
        self.emails._add(ADDRESS)
        self.answer(self.customer, True)
        self.assertEqual(self.listed(), (True, False))

    def test_whose_doing_is_not_for_the_caller_to_say(self):
        entry = self.emails.create({"email": ADDRESS, "consent_withdrawn": True})
        self.assertFalse(entry.consent_withdrawn)
        entry.consent_withdrawn = True
        self.assertFalse(entry.consent_withdrawn)
        self.answer(self.customer, True)
        self.assertEqual(self.listed()[0], True)

    def test_late_yes_releases_nothing(self):
        """An answer that arrives late and is older than the withdrawal counts for none."""
        self.answer(self.customer, True)
        early = self.customer._consent_events()[0].at
        self.answer(self.customer, False)
        self.answer(self.customer, True, at=early)
        self.assertEqual(self.listed(), (True, True))
