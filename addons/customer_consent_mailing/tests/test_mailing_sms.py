from odoo.tests import HttpCase, tagged

from .common import ConsentMailingCase


@tagged("post_install", "-at_install")
class TestMailingSms(ConsentMailingCase, HttpCase):
    """With SMS Marketing, which need not be there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "sms.composer" not in cls.env or "sms_code" not in cls.env["mailing.trace"]:
            cls.skipTest(cls, "SMS Marketing is not installed.")
        cls.nl = cls.env.ref("base.nl").id

    def new_texted(self, name, answer, number):
        return self.new_mailed(
            name, answer, email=False, phone=number, country_id=self.nl
        )

    def send(self, purpose=None, model="res.partner", **values):
        mailing = self.new_mailing(
            model,
            purpose,
            mailing_type="sms",
            body_plaintext="Hello",
            sms_allow_unsubscribe=True,
            **values,
        )
        mailing.action_send_sms()
        return mailing

    def numbers(self, mailing):
        return set(mailing.mailing_trace_ids.mapped("sms_number"))

    def test_those_who_consent(self):
        yes = self.new_texted("Yes", True, "+31612345601")
        self.new_texted("No", False, "+31612345602")
        self.new_texted("Unasked", None, "+31612345603")
        self.new_texted("Mother", True, "+31612345604")
        no = self.new_texted("Father", False, "06 1234 5604")
        mailing = self.send(self.newsletter)
        self.assertEqual(self.numbers(mailing), {"+31612345601"})
        refused = self.env["res.partner"]._mailing_get_opt_out_list_sms(mailing)
        self.assertIn(no.id, refused)
        self.assertNotIn(yes.id, refused)
        no.active = False
        refused = self.env["res.partner"]._mailing_get_opt_out_list_sms(mailing)
        self.assertIn(no.id, refused, "archived, and named by a caller")

    def test_ids_that_a_caller_names(self):
        yes = self.new_texted("Yes", True, "+31612345601")
        no = self.new_texted("No", False, "+31612345602")
        mailing = self.new_mailing(
            purpose=self.newsletter, mailing_type="sms", body_plaintext="Hello"
        )
        mailing.action_send_sms((yes | no).ids)
        failures = {t.res_id: t.failure_type for t in mailing.mailing_trace_ids}
        self.assertEqual(failures, {yes.id: False, no.id: "sms_optout"})

    def test_without_purpose(self):
        self.new_texted("No", False, "+31612345602")
        blocked = self.new_texted("Blocked", None, "+31612345603")
        blocked.with_user(self.manager).customer_block(["marketing"], "own_request")
        numbers = self.numbers(self.send())
        self.assertIn("+31612345602", numbers)
        self.assertNotIn("+31612345603", numbers)

    def test_mailing_list(self):
        self.new_texted("No", False, "+31612345602")
        friends = self.env["mailing.list"].create({"name": "Friends"})
        self.env["mailing.contact"].create(
            [
                {
                    "name": number,
                    "mobile": number,
                    "country_id": self.nl,
                    "list_ids": friends.ids,
                }
                for number in ("+31612345602", "+31612345609")
            ]
        )
        mailing = self.send(
            self.newsletter, "mailing.list", contact_list_ids=friends.ids
        )
        self.assertEqual(self.numbers(mailing), {"+31612345609"})

    def stop(self, mailing, number, code=None):
        trace = mailing.mailing_trace_ids.filtered(lambda t: t.sms_number == number)
        url = f"/sms/{mailing.id}/unsubscribe/{code or trace.sms_code}"
        response = self.url_open(url, params={"sms_number": number})
        self.env.invalidate_all()
        return response

    def test_stop_is_a_withdrawal(self):
        customer = self.new_texted("Yes", True, "+31612345601")
        mailing = self.send(self.newsletter)
        code = mailing.mailing_trace_ids.sms_code
        page = self.url_open(f"/sms/{mailing.id}/{code}")
        self.assertIn('name="sms_number"', page.text)
        self.assertEqual(self.state(customer), "granted", "to look changes nothing")
        self.stop(mailing, "+31612345601", "forged")
        self.stop(mailing, "+31612345699", code)
        self.assertEqual(self.state(customer), "granted")
        for _time in range(2):
            page = self.stop(mailing, "+31612345601")
            self.assertIn("Newsletter", page.text)
        self.assertEqual(
            self.events(customer)[1:],
            [("withdrawn", "link", "customer", "unsubscribed")],
        )
        self.assertFalse(
            self.env["phone.blacklist"].search([("number", "=", "+31612345601")])
        )

    def test_stop_of_a_list_leaves_the_list_too(self):
        customer = self.new_texted("Yes", True, "+31612345601")
        friends = self.env["mailing.list"].create({"name": "Friends"})
        self.env["mailing.contact"].create(
            {
                "name": "Yes",
                "mobile": "+31612345601",
                "country_id": self.nl,
                "list_ids": friends.ids,
            }
        )
        mailing = self.send(
            self.newsletter, "mailing.list", contact_list_ids=friends.ids
        )
        self.stop(mailing, "+31612345601")
        self.assertEqual(self.state(customer), "withdrawn")
        self.assertTrue(friends.subscription_ids.opt_out)

    def test_stop_without_purpose_is_cores(self):
        customer = self.new_texted("Yes", True, "+31612345601")
        mailing = self.send(mailing_domain=repr([("id", "=", customer.id)]))
        self.stop(mailing, "+31612345601")
        self.assertEqual(self.state(customer), "granted")
        self.assertTrue(
            self.env["phone.blacklist"].search([("number", "=", "+31612345601")])
        )
