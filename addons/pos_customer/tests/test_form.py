import uuid as uuidlib

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PosCustomerHttpCase


class PosCustomerFormCase(PosCustomerHttpCase):
    """A till with attributes, tags and a company among its customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.be")
        cls.size, cls.diet, cls.secret = cls.env["customer.attribute"].create(
            [
                {"label": "Shoe size", "type": "integer", "show_at_till": True},
                {
                    "label": "Diet",
                    "type": "selection",
                    "show_at_till": True,
                    "option_ids": [
                        Command.create({"label": "Vegan", "key": "vegan"}),
                        Command.create({"label": "Halal", "key": "halal"}),
                    ],
                },
                {"label": "Back office only", "type": "char"},
            ]
        )
        cls.tag = cls.env["res.partner.category"].create({"name": "Regular"})
        cls.acme = cls.env["res.partner"].create(
            {
                "name": "Acme Supplies",
                "is_company": True,
                "is_customer": True,
                "street": "Dock 1",
                "zip": "2000",
                "city": "Antwerpen",
                "phone": "+32 3 111 22 33",
            }
        )
        cls.ana.write(
            {
                "phone": "+32 470 11 22 33",
                "email": "ana@example.com",
                "zip": "1000",
                "city": "Brussel",
            }
        )

    @classmethod
    def require(cls, *names):
        cls.config.customer_required_field_ids = cls.env["ir.model.fields"].search(
            [("model", "=", "res.partner"), ("name", "in", names)]
        )

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].with_user(self.cashier)

    def upsert(self, values, uuid=None, config=None):
        config = self.config if config is None else config
        made = self.partners.customer_upsert(
            values, uuid or str(uuidlib.uuid4()), config_id=config and config.id
        )
        return self.env["res.partner"].browse(made)


@tagged("post_install", "-at_install")
class TestForm(PosCustomerFormCase):
    """What the form of a till is given, and what it must bring."""

    def test_what_the_form_needs(self):
        form = self.partners.customer_form(self.config.id)
        self.assertEqual(
            [(a["label"], a["type"]) for a in form["attributes"]],
            [("Shoe size", "integer"), ("Diet", "selection")],
        )
        self.assertEqual(
            form["attributes"][1]["options"], [["vegan", "Vegan"], ["halal", "Halal"]]
        )
        self.assertIn("Regular", [tag["name"] for tag in form["tags"]])
        self.assertEqual(form["phone_codes"][self.env.ref("base.be").id], 32)
        self.assertFalse(form["is_manager"])
        self.assertFalse(form["customer"])

    def test_what_a_customer_has(self):
        self.ana.write(
            {
                "category_id": self.tag,
                "properties": {self.size.name: 42, self.secret.name: "hush"},
                "customer_sensitive_note": "peanuts",
            }
        )
        form = self.partners.customer_form(self.config.id, self.ana.id)
        customer = form["customer"]
        self.assertEqual(customer["uuid"], self.ana.customer_uuid)
        values = customer["values"]
        self.assertEqual(values["name"], "Ana Student")
        self.assertEqual(values["customer_type_id"], self.student.id)
        self.assertEqual(values["category_id"], self.tag.ids)
        self.assertEqual(values["properties"][self.size.name], 42)
        self.assertEqual(customer["type_until"], str(self.ana.customer_type_until))
        self.assertNotIn("peanuts", str(form))

    def test_a_customer_who_is_gone(self):
        self.ana.active = False
        for partner_id in (self.ana.id, 2**31 - 1, -5, "x", None):
            form = self.partners.customer_form(self.config.id, partner_id)
            self.assertFalse(form["customer"], partner_id)
        self.env["customer.redirect"]._add(self.ana.id, self.bo.id)
        form = self.partners.customer_form(self.config.id, self.ana.id)
        self.assertEqual(form["customer"]["id"], self.bo.id)

    def test_a_till_that_is_not_there(self):
        for config_id in (None, "x", 2**31 - 1):
            with self.assertRaises(UserError):
                self.partners.customer_form(config_id)

    # -- saving -----------------------------------------------------------------------

    def test_required_fields_in_the_server(self):
        self.require("phone", "email", "zip")
        with self.assertRaises(UserError) as refusal:
            self.upsert({"name": "Nina", "email": "  ", "zip": "1000"})
        lines = str(refusal.exception).split("\n")
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("Phone", lines[0] + lines[1])
        self.assertIn("Email", lines[0] + lines[1])
        made = self.upsert(
            {"name": "Nina", "email": "nina@example.com", "zip": "1", "phone": "02"}
        )
        with self.assertRaises(UserError):
            self.upsert({"zip": False}, made.customer_uuid)
        self.upsert({"city": "Gent"}, made.customer_uuid)
        # other systems and tills ask for other things
        self.upsert({"name": "Via API"}, config=False)

    def test_required_address_of_a_contact_is_its_companys(self):
        self.require("street", "zip", "phone")
        values = {"name": "Jan", "parent_id": self.acme.id}
        with self.assertRaises(UserError) as refusal:
            self.upsert(values)
        self.assertEqual(str(refusal.exception).count("\n"), 0)
        made = self.upsert({**values, "phone": "0470 99 88 77"})
        self.assertEqual(made.street, "Dock 1")

    def test_phone_of_a_foreign_country(self):
        poland = self.env.ref("base.pl").id
        made = self.upsert(
            {"name": "Ola", "phone": "601 234 567", "phone_country_id": poland}
        )
        self.assertEqual(made.phone, "+48 601 234 567")
        self.assertEqual(made.phone_sanitized, "+48601234567")
        made = self.upsert({"name": "Bea", "phone": "0470/112233"})
        self.assertEqual(made.phone, "+32 470 11 22 33")
        made = self.upsert({"name": "Cy", "phone": "ask his mother"})
        self.assertEqual(made.phone, "ask his mother")

    def test_attributes_by_name(self):
        self.ana.properties = {self.size.name: 42, self.secret.name: "hush"}
        self.upsert(
            {"properties": {self.diet.name: "vegan", self.size.name: False}},
            self.ana.customer_uuid,
        )
        self.assertEqual(
            {k: v for k, v in self.ana.properties._values.items() if v},
            {self.diet.name: "vegan", self.secret.name: "hush"},
        )
        for name, value in (
            (self.diet.name, "meat"),
            (self.diet.name, ["vegan"]),
            (self.size.name, "42"),
            (self.size.name, True),
            ("nowhere", 1),
        ):
            with self.subTest(value=value), self.assertRaises(UserError):
                self.upsert({"properties": {name: value}}, self.ana.customer_uuid)

    def test_a_cashier_proposes_a_duplicate(self):
        self.assertFalse(self.cashier.has_group("base.group_partner_manager"))
        made = self.upsert({"name": "Anna", "phone": "0470 11 22 33"})
        [pair] = self.env["customer.duplicate"].search([("partner_id", "=", made.id)])
        self.assertEqual((pair.other_id, pair.source), (self.ana, "pos"))

    # -- companies ----------------------------------------------------------------------

    def test_companies(self):
        self.upsert({"name": "Jan Docker", "parent_id": self.acme.id})
        for query in ("acme", "Docker"):
            rows = self.partners.customer_companies(query)
            self.assertEqual([row["id"] for row in rows], self.acme.ids, query)
        self.assertEqual(self.partners.customer_companies("Ana"), [])
        for limit in ("x", None, 1.5):
            with self.assertRaises(UserError):
                self.partners.customer_companies("acme", limit=limit)


@tagged("post_install", "-at_install")
class TestFormTours(PosCustomerFormCase):
    """Journeys of a cashier who is no manager of contacts."""

    def setUp(self):
        super().setUp()
        self.assertFalse(self.cashier.has_group("base.group_partner_manager"))
        self.open_till()

    def customers_tour(self, name):
        url = f"/pos/ui/{self.config.id}/customers"
        self.start_tour(url, name, login="cashier")

    def test_duplicates_while_typing(self):
        count = self.env["res.partner"].search_count([])
        self.customers_tour("pos_customer_form_duplicate_tour")
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_a_duplicate_is_used_for_the_order(self):
        self.run_pos_tour("pos_customer_form_use_duplicate_tour")

    def test_required_fields(self):
        self.require("email", "zip")
        self.customers_tour("pos_customer_form_required_tour")
        made = self.env["res.partner"].search([("name", "=", "Rita Required")])
        self.assertEqual((made.email, made.zip), ("rita@example.com", "9000"))

    def test_company_with_contact(self):
        self.customers_tour("pos_customer_form_company_tour")
        company = self.env["res.partner"].search([("name", "=", "Bolt Bikes")])
        contact = self.env["res.partner"].search([("name", "=", "Jan Bolt")])
        self.assertTrue(company.is_company)
        self.assertEqual(contact.parent_id, company)
        self.assertEqual(contact.street, "Wheel 1")
        self.assertTrue(contact.customer_code)
        self.assertEqual(contact.customer_type_id, company.customer_type_id)

    def test_all_fields(self):
        self.env.ref("base.pl").name = "Poland"
        self.customers_tour("pos_customer_form_all_fields_tour")
        made = self.env["res.partner"].search([("name", "=", "Ola Nowak")])
        self.assertEqual(made.phone, "+48 601 234 567")
        self.assertEqual(made.category_id, self.tag)
        values = made.properties._values
        self.assertEqual(values[self.size.name], 38)
        self.assertEqual(values[self.diet.name], "halal")
        self.assertEqual(made.street2, "Back door")


@tagged("post_install", "-at_install")
class TestFormRpc(PosCustomerFormCase):
    """The same over the wire, by those who must be refused."""

    def test_refused_to_others(self):
        new_test_user(
            self.env, "stranger", password="stranger-pass", groups="base.group_user"
        )
        self.authenticate("stranger", "stranger-pass")
        values = {"name": "Eve"}
        for method, kwargs in (
            ("customer_form", {"config_id": self.config.id}),
            ("customer_form", {"config_id": self.config.id, "partner_id": self.ana.id}),
            ("customer_companies", {"query": "acme"}),
            ("customer_find_duplicates", {"values": values}),
            (
                "customer_upsert",
                {
                    "values": values,
                    "uuid": str(uuidlib.uuid4()),
                    "config_id": self.config.id,
                },
            ),
        ):
            result, error = self.rpc(method, **kwargs)
            self.assertIsNone(result, method)
            self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", method)
        for method in ("_customer_form_customer", "_check_customer_required"):
            result, error = self.rpc(method, self.ana.ids)
            self.assertTrue(error)

    def test_required_fields_cannot_be_left_out(self):
        self.require("phone")
        self.authenticate("cashier", "cashier")
        kwargs = {"uuid": str(uuidlib.uuid4()), "config_id": self.config.id}
        _made, error = self.rpc("customer_upsert", values={"name": "Nina"}, **kwargs)
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertIn("Phone", error["message"])
        made, error = self.rpc(
            "customer_upsert", values={"name": "Nina", "phone": "0470112233"}, **kwargs
        )
        self.assertTrue(made)
