import re

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.customer_impersonate.tests.common import PASSWORD, ActingCase

# one transparent dot
_SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class OnBehalfCase(ActingCase):
    """A colleague who acts as a customer, and something to sell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        (cls.operator | cls.account).lang = "en_US"
        cls.company.country_id = cls.company.country_id or cls.env.ref("base.be")
        cls.product = cls.env["product.product"].create(
            {
                "name": "Lamp",
                "list_price": 20,
                "taxes_id": False,
                "type": "service",
                "website_published": True,
                "invoice_policy": "order",
            }
        )
        cls.website = cls.env["website"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )

    def call(self, route, **params):
        """:return: tuple of what a route for scripts answers, and its error"""
        response = self.url_open(
            route, json={"jsonrpc": "2.0", "method": "call", "params": params}
        ).json()
        self.env.invalidate_all()
        return response.get("result"), response.get("error", {}).get("data", {})

    def fill_cart(self, quantity=1, product=None):
        product = product or self.product
        result, error = self.call(
            "/shop/cart/add",
            product_template_id=product.product_tmpl_id.id,
            product_id=product.id,
            quantity=quantity,
        )
        self.assertFalse(error, error.get("debug"))
        return result

    def carts(self, user):
        return self.env["sale.order"].search(
            [("partner_id", "=", user.partner_id.id)], order="id"
        )

    def quotation(self, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "require_signature": True,
                "require_payment": False,
                "order_line": [Command.create({"product_id": self.product.id})],
                **values,
            }
        )
        order.action_quotation_sent()
        return order

    def accept(self, order):
        result, error = self.call(
            f"/my/orders/{order.id}/accept",
            access_token=order._portal_ensure_token(),
            name="Carl Customer",
            signature=_SIGNATURE,
        )
        self.assertFalse(error, error.get("debug"))
        self.assertNotIn("error", result)


@tagged("post_install", "-at_install")
class TestOnBehalfCart(OnBehalfCase):
    """Carts stay whose they are, and say who filled them."""

    def test_carts_do_not_move(self):
        self.authenticate(self.operator.login, PASSWORD)
        self.fill_cart(5)
        own = self.carts(self.operator)
        self.assertEqual(own.cart_quantity, 5)

        self.act()
        self.assertNotIn(own.name, self.url_open("/shop/cart").text)
        self.fill_cart(2)
        theirs = self.carts(self.account)
        self.assertEqual(theirs.cart_quantity, 2)
        self.assertEqual(theirs.on_behalf_user_id, self.operator)
        self.assertNotEqual(theirs.create_uid, self.operator, "never faked")
        self.assertEqual(own.partner_id, self.operator.partner_id)

        self.leave()
        self.fill_cart(1)
        self.assertEqual(own.cart_quantity, 6, "their own again")
        self.assertFalse(own.on_behalf_user_id)
        self.assertEqual(theirs.cart_quantity, 2)
        self.assertEqual(self.carts(self.operator), own)

        with self.browser():
            self.log_in(self.account)
            self.fill_cart(1)
        self.assertEqual(theirs.cart_quantity, 3, "the customer finds it")
        self.assertEqual(self.carts(self.account), theirs)

    def test_cart_that_existed(self):
        gone, other = self.env["product.product"].create(
            [
                {"name": name, "type": "service", "website_published": True}
                for name in ("Shade", "Bulb")
            ]
        )
        self.authenticate(self.account.login, PASSWORD)
        self.fill_cart(1)
        self.fill_cart(1, gone)
        cart = self.carts(self.account)
        self.assertFalse(cart.on_behalf_user_id)

        # SQL: core takes it out of the carts when it is archived; this one is left over
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE product_product SET active = false WHERE id = %s", gone.id)
        )
        self.env.invalidate_all()
        self.act()
        self.url_open("/shop/cart")
        self.url_open("/shop")
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.product_id, self.product, "brought up to date")
        self.assertFalse(cart.on_behalf_user_id, "looked at only")

        self.check_stamp(cart, lambda: self.fill_cart(1))
        self.check_stamp(cart, lambda: self.fill_cart(1, other))
        self.check_stamp(cart, lambda: self.change("/shop/cart/clear"))
        self.assertFalse(cart.order_line)

    def change(self, route, **params):
        _result, error = self.call(route, **params)
        self.assertFalse(error, error.get("debug"))

    def check_stamp(self, cart, change):
        cart._customer_place(self.env["res.users"])
        change()
        self.assertEqual(cart.on_behalf_user_id, self.operator)


@tagged("post_install", "-at_install")
class TestOnBehalfOrder(OnBehalfCase):
    """An order placed by a colleague says so, wherever it is read."""

    def test_quotation_accepted(self):
        order = self.quotation()
        self.assertFalse(order.on_behalf_user_id)
        row = self.act()
        self.accept(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.on_behalf_user_id, self.operator)
        # between the names stands a word of the reader's language
        self.assertRegex(order.signed_by, "^Olga Operator .* Carl Customer$")

        touched = self.env["customer.impersonation.document"].search(
            [("impersonation_ref", "=", row.id)]
        )
        self.assertEqual(
            [(line.model, line.res_id, line.action) for line in touched],
            [("sale.order", order.id, "write")],
        )
        self.check_mail(order)
        self.check_papers(order)

    def check_mail(self, order):
        mails = self.env["mail.mail"].search(
            [("mail_message_id.res_id", "=", order.id), ("model", "=", "sale.order")]
        )
        told = [
            mail
            for mail in mails
            if re.search(r"Olga Operator \S+ Carl Customer", mail.body_html)
        ]
        self.assertTrue(told, "the confirmation by e-mail says so")

    def check_papers(self, order):
        reports = self.env["ir.actions.report"]
        paper, _kind = reports._render_qweb_html(
            "sale.report_saleorder", order.ids, data={}
        )
        self.assertIn("Olga Operator", str(paper))
        self.leave()
        with self.browser():
            self.log_in(self.account)
            page = self.url_open("/my/orders").text
            self.assertIn("o_customer_placed_by", page)
            self.assertIn("Olga Operator", page)
            page = self.url_open(f"/my/orders/{order.id}").text
            self.assertIn("o_customer_placed_by", page)
            self.assertIn("Olga Operator", page)

    def test_in_person(self):
        order = self.quotation()
        self.authenticate(self.account.login, PASSWORD)
        self.accept(order)
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.on_behalf_user_id)
        self.assertEqual(order.signed_by, "Carl Customer")
        self.assertNotIn("o_customer_placed_by", self.url_open("/my/orders").text)

    def test_what_was_agreed_stays_theirs(self):
        order = self.quotation()
        order.action_confirm()
        self.act()
        self.call(
            "/mail/message/post",
            thread_model="sale.order",
            thread_id=order.id,
            post_data={"body": "Hello", "message_type": "comment"},
        )
        self.env.invalidate_all()
        self.assertFalse(order.on_behalf_user_id)

    def test_repair(self):
        self.product.service_tracking = "repair"
        order = self.quotation()
        row = self.act()
        self.accept(order)
        repair = order.repair_order_ids
        self.assertEqual(repair.on_behalf_user_id, self.operator)
        touched = self.env["customer.impersonation.document"].search(
            [("impersonation_ref", "=", row.id), ("model", "=", "repair.order")]
        )
        self.assertEqual((touched.res_id, touched.action), (repair.id, "create"))
        paper, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "repair.report_repairorder2", repair.ids, data={}
        )
        self.assertIn("Olga Operator", str(paper))

    def test_invoice_takes_it_over(self):
        mine, theirs = self.quotation(), self.quotation()
        (mine + theirs).action_confirm()
        mine._customer_place(self.operator)
        invoice = mine._create_invoices()
        self.assertEqual(invoice.on_behalf_user_id, self.operator)
        self.assertFalse(theirs._create_invoices().on_behalf_user_id)

        orders = self.quotation() + self.quotation()
        orders.action_confirm()
        orders[0]._customer_place(self.operator)
        self.assertFalse(
            orders._create_invoices().on_behalf_user_id, "of one order of two only"
        )

    def test_address_is_on_the_log(self):
        row = self.act()
        response = self.url_open(
            "/my/address/submit",
            data={
                "csrf_token": self.token("/my"),
                "address_type": "delivery",
                "name": "Aunt of Carl",
                "email": "aunt@example.com",
                "phone": "+32 470 11 22 33",
                "street": "Street 5",
                "city": "Brussel",
                "zip": "1000",
                "country_id": self.env.ref("base.be").id,
            },
        )
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        address = self.env["res.partner"].search([("name", "=", "Aunt of Carl")])
        self.assertEqual(address.parent_id, self.customer)
        touched = self.env["customer.impersonation.document"].search(
            [("impersonation_ref", "=", row.id)]
        )
        self.assertEqual(
            [(line.model, line.res_id, line.action) for line in touched],
            [("res.partner", address.id, "create")],
        )


@tagged("post_install", "-at_install")
class TestOnBehalfForbidden(OnBehalfCase):
    """What only the customer does, in person: refused over HTTP, in the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='x' method='post'/>"}
        )
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Test provider",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(method.ids)],
                "allow_tokenization": True,
                "redirect_form_view_id": form.id,
            }
        )
        method.write({"active": True, "support_tokenization": True})
        cls.saved = cls.env["payment.token"].create(
            {
                "provider_id": cls.provider.id,
                "payment_method_id": method.id,
                "payment_details": "4321",
                "partner_id": cls.customer.id,
                "provider_ref": "token of a test",
            }
        )

    def pay(self, order, flow="redirect", **values):
        return self.call(
            f"/my/orders/{order.id}/transaction",
            access_token=order._portal_ensure_token(),
            amount=order.amount_total,
            provider_id=self.provider.id,
            payment_method_id=self.saved.payment_method_id.id,
            flow=flow,
            landing_route="/my/orders",
            **{"token_id": None, "tokenization_requested": False, **values},
        )

    def refuse(self, error):
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", error)

    @mute_logger("odoo.http")
    def test_saved_means_of_payment(self):
        order = self.quotation()
        self.act()
        _result, error = self.pay(order, flow="token", token_id=self.saved.id)
        self.refuse(error)
        _result, error = self.pay(order, tokenization_requested=True)
        self.refuse(error)
        self.assertFalse(order.transaction_ids)
        _result, error = self.call("/payment/archive_token", token_id=self.saved.id)
        self.refuse(error)
        self.assertTrue(self.saved.active)
        self.assertNotIn("4321", self.url_open("/my/payment_method").text)
        self.assertNotIn("4321", self.url_open(f"/my/orders/{order.id}").text)

        _result, error = self.pay(order)
        self.assertFalse(error, error.get("debug"))
        self.assertEqual(order.transaction_ids.operation, "online_redirect")
        self.assertEqual(
            order.on_behalf_user_id, self.operator, "whoever confirms it afterwards"
        )

    def test_saved_means_of_payment_in_person(self):
        order = self.quotation()
        self.authenticate(self.account.login, PASSWORD)
        self.assertIn("4321", self.url_open("/my/payment_method").text)
        _result, error = self.pay(order, tokenization_requested=True)
        self.assertFalse(error, error.get("debug"))
        _result, error = self.call("/payment/archive_token", token_id=self.saved.id)
        self.assertFalse(error)
        self.assertFalse(self.saved.active)

    @mute_logger("odoo.http")
    def test_consents(self):
        purpose = self.env["consent.purpose"].create(
            {
                "code": "t_behalf",
                "name": "News",
                "company_id": self.company.id,
                "ask_in_portal": True,
            }
        )
        wording = self.env["consent.wording"].create(
            {
                "purpose_id": purpose.id,
                "lang": self.account.lang,
                "body": "Send me news.",
            }
        )
        wording.action_publish()
        self.authenticate(self.account.login, PASSWORD)
        form = self.consent_form(purpose)
        self.act()
        page = self.url_open("/my/consents").text
        self.assertIn("o_consents_acting", page)
        self.assertNotIn('name="answer"', page)
        # what the customer's own page holds
        form["csrf_token"] = self.token("/my")
        response = self.url_open("/my/consents", data={**form, "granted": "1"})
        self.assertEqual(response.status_code, 400)
        _result, error = self.rpc(
            "consent_set", self.customer.ids, purpose.code, True, "portal"
        )
        self.refuse(error)
        self.assertFalse(
            self.env["consent.event"].search([("purpose_ref", "=", purpose.id)])
        )

        self.leave()
        with self.browser():
            self.log_in(self.account)
            form = self.consent_form(purpose)
            self.url_open("/my/consents", data={**form, "granted": "1"})
        events = self.env["consent.event"].search([("purpose_ref", "=", purpose.id)])
        self.assertEqual(events.state, "granted")

    def consent_form(self, purpose):
        page = self.url_open("/my/consents").text
        section = page.split(f'data-purpose="{purpose.code}"')[1]

        def value(name):
            return section.split(f'name="{name}" value="')[1].split('"')[0]

        return {name: value(name) for name in ("csrf_token", "answer")}

    @mute_logger("odoo.http")
    def test_mailing_lists(self):
        mailing_list = self.env["mailing.list"].create(
            {"name": "News", "is_public": True}
        )
        contact = self.env["mailing.contact"].create({"email": self.account.email})
        self.act()
        _result, error = self.call(
            "/mailing/list/update", lists_optin_ids=mailing_list.ids
        )
        self.refuse(error)
        _result, error = self.call("/mailing/blocklist/add")
        self.refuse(error)
        blacklist = self.env["mail.blacklist"]
        self.assertFalse(blacklist.search([("email", "=", self.account.email)]))
        self.assertFalse(contact.subscription_ids)
