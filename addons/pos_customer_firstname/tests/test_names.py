import uuid

from odoo.tests import new_test_user, tagged
from odoo.tests.common import JsonRpcException

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestNames(PosCustomerHttpCase):
    """First and last names over the wire, as the till and other systems send them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.piet, cls.jan = cls.env["res.partner"].create(
            [
                {"firstname": first, "lastname": last, "is_customer": True}
                for first, last in (("Piet-Hein", "Jansen"), ("Jansen", "Pietersen"))
            ]
        )

    def order_names(self, order):
        self.env["ir.config_parameter"].set_param("partner_names_order", order)

    def call(self, method, *args, login="cashier", **kwargs):
        self.authenticate(login, login)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/res.partner/{method}",
            {
                "model": "res.partner",
                "method": method,
                "args": list(args),
                "kwargs": kwargs,
            },
        )

    def upsert(self, values, key=None):
        key = key or str(uuid.uuid4())
        id_ = self.call(
            "customer_upsert", values=values, uuid=key, config_id=self.config.id
        )
        return self.env["res.partner"].browse(id_), key

    def assertNames(self, partner, name, firstname, lastname):
        names = (partner.name, partner.firstname, partner.lastname)
        self.assertEqual(names, (name, firstname, lastname))

    def test_messages_greet_by_the_first_name(self):
        self.assertEqual(self.piet.customer_greeting_name, "Piet-Hein")
        self.piet.is_company = True
        self.assertEqual(self.piet.customer_greeting_name, self.piet.name)

    def test_a_person_is_made_and_changed_by_parts(self):
        self.order_names("last_first_comma")
        typed = {"name": "x", "firstname": "Anna Maria", "lastname": "de Vries"}
        partner, key = self.upsert(typed)
        self.assertNames(partner, "de Vries, Anna Maria", "Anna Maria", "de Vries")
        self.upsert({"name": "x", "firstname": "Anna"}, key)
        self.assertNames(partner, "de Vries, Anna", "Anna", "de Vries")
        # whoever knows one field only
        self.upsert({"name": "Bakker, Bo"}, key)
        self.assertNames(partner, "Bakker, Bo", "Bo", "Bakker")

    def test_a_company_has_one_name(self):
        self.order_names("last_first_comma")
        typed = {"name": "Jansen, Bakkerij", "is_company": True, "firstname": "no"}
        partner, key = self.upsert(typed)
        self.assertNames(partner, "Jansen, Bakkerij", False, "Jansen, Bakkerij")
        self.upsert({"name": "Bakkerij Bo", "firstname": "no"}, key)
        self.assertNames(partner, "Bakkerij Bo", False, "Bakkerij Bo")
        self.upsert({"firstname": "no", "email": "bo@example.com"}, key)
        self.assertNames(partner, "Bakkerij Bo", False, "Bakkerij Bo")
        card = self.call("customer_card", partner.ids)
        self.assertEqual(card["identity"]["lastname"], "")

    def test_card_row_and_form(self):
        card = self.call("customer_card", self.piet.ids, self.config.id)
        parts = {"firstname": "Piet-Hein", "lastname": "Jansen"}
        self.assertLessEqual(parts.items(), card["identity"].items())
        form = self.call(
            "customer_form", config_id=self.config.id, partner_id=self.piet.id
        )
        self.assertLessEqual(parts.items(), form["customer"]["values"].items())
        row = self.call("customer_search", "hein jansen")["rows"][0]
        self.assertLessEqual(parts.items(), row.items())

    def found(self, query, *names):
        rows = self.call("customer_search", query, fields=list(names))["rows"]
        ids = {row["id"] for row in rows}
        return self.env["res.partner"].browse(ids) & (self.piet | self.jan)

    def test_search_by_parts(self):
        self.assertEqual(self.found("jansen", "name"), self.piet | self.jan)
        self.assertEqual(self.found("jansen", "lastname"), self.piet)
        self.assertEqual(self.found("jansen", "firstname"), self.jan)
        self.assertEqual(self.found("jansen, piet", "lastname", "firstname"), self.piet)
        self.assertEqual(self.found("Jánsen, he", "lastname", "firstname"), self.piet)
        self.assertFalse(self.found("jansen, ein", "lastname", "firstname") - self.piet)
        self.assertFalse(self.found("piet, jansen", "lastname", "firstname") - self.jan)
        self.piet.city = "Utrecht"
        self.assertEqual(self.found("utrecht", "firstname", "city"), self.piet)
        self.assertFalse(self.found("' % _ \\, \0", "firstname"))
        self.piet.is_company = True
        self.assertFalse(self.found("jansen", "lastname"))

    def test_the_settings_hold_at_the_till(self):
        self.order_names("last_first")
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("partner_firstname.required_fields", "firstname_lastname")
        self.config.invalidate_recordset()
        self.assertEqual(self.config.customer_names_order, "last_first")
        required = self.config.customer_required_fields
        self.assertEqual(required[:2], ["firstname", "lastname"])
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            self.upsert({"lastname": "Bakker"})
        self.upsert({"name": "Bakker Bo"})
        self.upsert({"name": "Bakkerij", "is_company": True})

    def test_refused_to_users_without_customers(self):
        new_test_user(self.env, "stranger", "base.group_user", password="stranger")
        values = {"firstname": "No", "lastname": "Body"}
        for method, kwargs in (
            ("customer_upsert", {"values": values, "uuid": str(uuid.uuid4())}),
            ("customer_search", {"query": "jansen", "fields": ["lastname"]}),
            ("customer_form", {"config_id": self.config.id}),
        ):
            with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                self.call(method, login="stranger", **kwargs)
        self.assertFalse(self.env["res.partner"].search([("lastname", "=", "Body")]))
