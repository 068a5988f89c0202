from odoo.tests import HttpCase, new_test_user, tagged

PASSWORD = "a-long-passphrase-91"


@tagged("post_install", "-at_install")
class TestStudentTour(HttpCase):
    """A student logs in and buys in the web shop, at the student's price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        languages = cls.env["res.lang"].search([("code", "in", ("en_US", "fr_FR"))])
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.write(
            {
                "language_ids": [(6, 0, languages.ids)],
                "default_lang_id": cls.env.ref("base.lang_en").id,
            }
        )
        cls.student = cls.env["customer.type"].create(
            {"name": "Student", "discount": 10}
        )
        cls.env["product.product"].create(
            {
                "name": "Course of the test",
                "type": "service",
                "list_price": 700,
                "taxes_id": False,
                "website_published": True,
            }
        )

    def setUp(self):
        super().setUp()
        if self.env["ir.module.module"]._get("payment_custom").state != "installed":
            self.skipTest("The wire transfer is not installed")
        provider = self.env.ref("payment.payment_provider_transfer")
        provider.write({"state": "enabled", "is_published": True})
        provider._transfer_ensure_pending_msg_is_set()

    def buy(self, tour, lang):
        user = new_test_user(
            self.env,
            "student",
            password=PASSWORD,
            groups="base.group_portal",
            email="student@example.com",
            lang=lang,
        )
        user.partner_id.write(
            {
                "is_customer": True,
                "customer_type_id": self.student.id,
                "phone": "+32 470 11 22 33",
                "street": "Street 1",
                "zip": "1000",
                "city": "Brussel",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.start_tour("/shop", tour)
        order = self.env["sale.order"].search([("partner_id", "=", user.partner_id.id)])
        self.assertEqual(order.state, "sent", "placed, and waiting for the transfer")
        self.assertEqual(order.amount_untaxed, 630)
        self.assertEqual(order.transaction_ids.amount, order.amount_total)
        self.assertEqual(
            order.pricelist_id,
            self.student._effective_pricelists(order.company_id)[self.student.id],
        )

    def test_english(self):
        self.buy("customer_student_buys", "en_US")

    def test_french(self):
        self.buy("customer_student_buys_french", "fr_FR")
