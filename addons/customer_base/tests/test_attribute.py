from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged


class AttributeCase(TransactionCase):
    """A customer user, a customer manager who is no administrator, and a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "att_seller",
            groups="base.group_user,customer_base.group_customer_user",
        )
        cls.manager = new_test_user(
            cls.env,
            "att_manager",
            groups="base.group_user,base.group_allow_export,"
            "customer_base.group_customer_manager",
        )
        cls.attributes = cls.env["customer.attribute"].with_user(cls.manager)
        cls.definition = cls.env["customer.attribute"]._definition_record()
        cls.customer = cls.env["res.partner"].create(
            {"name": "Zoé Attribut", "is_customer": True}
        )

    @classmethod
    def _new(cls, label, attribute_type="char", **values):
        return cls.attributes.create(
            [{"label": label, "type": attribute_type, **values}]
        )

    def _entry(self, attribute):
        self.definition.invalidate_recordset()
        entries = self.definition.properties_definition
        return next((e for e in entries if e["name"] == attribute.name), None)

    def _value(self, attribute, partner=None):
        rows = (partner or self.customer).read(["properties"])[0]["properties"]
        return next((r.get("value") for r in rows if r["name"] == attribute.name), None)


@tagged("post_install", "-at_install")
class TestAttribute(AttributeCase):
    def test_shipped_attributes_wait_to_be_switched_on(self):
        for name in ("birthday", "social", "shop", "shoe_size", "clothes_size"):
            attribute = self.env.ref(f"customer_base.customer_attribute_{name}")
            attribute = attribute.with_user(self.manager)
            with self.subTest(name):
                attribute.is_offered = True
                self.assertTrue(self._entry(attribute))
                self.assertTrue(attribute.name.startswith("customer_"))

    def test_manager_defines_each_type(self):
        options = [
            Command.create({"label": "Red", "key": "red", "color": 1}),
            Command.create({"label": "Blue", "key": "blue", "is_default": True}),
        ]
        cases = {
            "char": ({"default_char": "x"}, "x"),
            "text": ({"default_char": "x\ny"}, "x\ny"),
            "boolean": ({"default_boolean": True}, True),
            "integer": ({"default_integer": 3}, 3),
            "float": ({"default_float": 2.5}, 2.5),
            "date": ({"default_date": "2026-02-28"}, "2026-02-28"),
            "datetime": (
                {"default_datetime": "2026-02-28 10:00:00"},
                "2026-02-28 10:00:00",
            ),
            "selection": ({"option_ids": options}, "blue"),
            "tags": ({"option_ids": options}, ["blue"]),
        }
        for attribute_type, (values, default) in cases.items():
            with self.subTest(attribute_type):
                attribute = self._new(attribute_type, attribute_type, **values)
                self.assertEqual(self._entry(attribute)["default"], default)
                new = self.env["res.partner"].with_user(self.seller)
                new = new.create({"name": "New", "is_customer": True})
                self.assertEqual(self._value(attribute, new), default)

    def test_order_and_label_reach_the_definition(self):
        second = self._new("Second", sequence=2)
        first = self._new("First", sequence=1)
        first.label = "Very first"
        entries = self.definition.properties_definition
        labels = [entry["string"] for entry in entries]
        self.assertLess(labels.index("Very first"), labels.index("Second"))
        second.sequence = 0
        entries = self.definition.properties_definition
        labels = [entry["string"] for entry in entries]
        self.assertLess(labels.index("Second"), labels.index("Very first"))

    def test_customer_user_reads_and_changes_nothing(self):
        attribute = self._new("Brand").with_user(self.seller)
        self.assertEqual(attribute.label, "Brand")
        self.assertFalse(attribute.show_at_till)
        with self.assertRaises(AccessError):
            attribute.label = "Mine"
        with self.assertRaises(AccessError):
            attribute.create([{"label": "Mine"}])
        with self.assertRaises(AccessError):
            attribute.unlink()
        with self.assertRaises(AccessError):
            attribute.action_delete_with_values()
        with self.assertRaises(AccessError):
            self.definition.with_user(self.seller).properties_definition = []

    def test_customer_user_reads_and_writes_values(self):
        attribute = self._new("Brand")
        customer = self.customer.with_user(self.seller)
        customer.write({"properties": {attribute.name: "Lumière"}})
        self.assertEqual(self._value(attribute, customer), "Lumière")
        found = customer.search([(f"properties.{attribute.name}", "ilike", "lumi")])
        self.assertEqual(found, customer)

    def test_card_shows_the_filled_ones_in_order(self):
        size = self._new("Size", "integer", sequence=1)
        brand = self._new("Brand", sequence=2)
        self._new("Empty", sequence=3)
        colour = self._new(
            "Colour",
            "tags",
            sequence=4,
            option_ids=[
                Command.create({"label": "Red", "key": "red"}),
                Command.create({"label": "Blue", "key": "blue"}),
            ],
        )
        customer = self.customer.with_user(self.seller)
        customer.properties = {
            brand.name: "B",
            size.name: 0,
            colour.name: ["red", "blue"],
        }
        card = customer.customer_card()["attributes"]
        self.assertEqual(
            [(row["label"], row["value"]) for row in card],
            [("Size", 0), ("Brand", "B"), ("Colour", "Red, Blue")],
        )

    def test_wrong_input_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no options"):
            self._new("Colour", "selection")
        with self.assertRaisesRegex(UserError, "form of a contact"):
            self._new("Friend", "many2one")
        with self.assertRaisesRegex(ValidationError, "technical name"):
            self._new("Bad", name="Bad Name")
        with self.assertRaisesRegex(ValidationError, "only one can be the default"):
            self._new(
                "Colour",
                "selection",
                option_ids=[
                    Command.create({"label": "Red", "is_default": True}),
                    Command.create({"label": "Blue", "is_default": True}),
                ],
            )
        attribute = self._new("Good")
        with self.assertRaisesRegex(UserError, "technical name"):
            attribute.name = "other"

    def test_type_stays_once_it_is_used(self):
        attribute = self._new("Size")
        attribute.type = "integer"
        self.assertEqual(self._entry(attribute)["type"], "integer")
        self.customer.properties = {attribute.name: 42}
        with self.assertRaisesRegex(UserError, "1 contacts"):
            attribute.type = "char"

    def test_form_of_the_manager(self):
        with Form(self.attributes) as form:
            form.label = "Interests"
            form.type = "tags"
            with form.option_ids.new() as line:
                line.label = "Running"
        attribute = form.record
        [[key, label, _color]] = self._entry(attribute)["tags"]
        self.assertEqual((bool(key), label), (True, "Running"))


@tagged("post_install", "-at_install")
class TestAttributeValuesAreKept(AttributeCase):
    def setUp(self):
        super().setUp()
        self.brand = self._new("Brand", sequence=1)
        self.size = self._new("Size", "integer", sequence=2)
        self.customer.properties = {self.brand.name: "Lumière", self.size.name: 42}

    def _write_like_a_form(self, **changed):
        """The web client sends what it was shown, with the definitions."""
        rows = self.customer.read(["properties"])[0]["properties"]
        for row in rows:
            row["value"] = changed.get(row["name"], row.get("value"))
        self.customer.with_user(self.seller).write({"properties": rows})

    def test_switched_off_hides_and_keeps(self):
        self.brand.is_offered = False
        self.assertIsNone(self._entry(self.brand))
        self.assertNotIn(
            "Brand", [row["label"] for row in self.customer._customer_attributes()]
        )
        self._write_like_a_form(**{self.size.name: 43})
        self.brand.is_offered = True
        self.assertEqual(self._value(self.brand), "Lumière")
        self.assertEqual(self._value(self.size), 43)

    def test_import_keeps_what_is_switched_off(self):
        self.brand.is_offered = False
        self.customer._load_records_write({"properties": {self.size.name: 44}})
        self.brand.is_offered = True
        self.assertEqual(self._value(self.brand), "Lumière")

    def test_emptied_as_a_whole_is_emptied(self):
        """An erasure also reaches what is switched off."""
        self.brand.is_offered = False
        self.customer.properties = False
        self.brand.is_offered = True
        self.assertFalse(self._value(self.brand))

    def test_deleting_a_used_attribute_is_refused(self):
        with self.assertRaisesRegex(UserError, "1 contacts have a value for “Brand”"):
            self.brand.unlink()
        self.brand.is_offered = False
        with self.assertRaisesRegex(UserError, "1 contacts"):
            self.brand.unlink()

    def test_delete_with_values(self):
        name = self.brand.name
        self.brand.action_delete_with_values()
        self.assertFalse(self.attributes.search([("name", "=", name)]))
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.properties._values, {self.size.name: 42})

    def test_unused_attribute_is_deleted(self):
        unused = self._new("Unused")
        self.assertTrue(self._entry(unused))
        name = unused.name
        unused.unlink()
        names = [entry["name"] for entry in self.definition.properties_definition]
        self.assertNotIn(name, names)

    def test_option_in_use_stays(self):
        for attribute_type, value in (("selection", "red"), ("tags", ["red", "blue"])):
            with self.subTest(attribute_type):
                colour = self._new(
                    "Colour",
                    attribute_type,
                    option_ids=[
                        Command.create({"label": "Red", "key": "red"}),
                        Command.create({"label": "Blue", "key": "blue"}),
                        Command.create({"label": "Green", "key": "green"}),
                    ],
                )
                self.customer.properties = {colour.name: value}
                red, _blue, green = colour.option_ids
                green.unlink()
                with self.assertRaisesRegex(UserError, "1 contacts have “Red”"):
                    red.unlink()
                red.label = "Crimson"
                [row] = self.customer._customer_attributes()
                self.assertIn("Crimson", row["value"])
                with self.assertRaisesRegex(UserError, "key of the option"):
                    red.key = "crimson"


@tagged("post_install", "-at_install")
class TestAttributeMirror(AttributeCase):
    """What is edited in Odoo's own form of a contact appears on our screen."""

    def _native_write(self, change):
        """Edit the definition the way the web client does, in a contact's form."""
        rows = self.customer.with_user(self.manager).read(["properties"])[0][
            "properties"
        ]
        rows = change(rows)
        rows[0]["definition_changed"] = True
        self.customer.with_user(self.manager).write({"properties": rows})

    def test_new_property_becomes_a_row(self):
        def change(rows):
            return [
                *rows,
                {
                    "name": "native_colour",
                    "string": "Native colour",
                    "type": "selection",
                    "selection": [["a", "Amber"], ["b", "Beige"]],
                    "default": "b",
                    "view_in_cards": True,
                },
            ]

        self._native_write(change)
        row = self.attributes.search([("name", "=", "native_colour")])
        self.assertEqual(row.label, "Native colour")
        self.assertTrue(row.is_offered)
        self.assertEqual(row.option_ids.mapped("label"), ["Amber", "Beige"])
        self.assertEqual(row.option_ids.filtered("is_default").label, "Beige")
        row.label = "Ours"
        entry = self._entry(row)
        self.assertEqual((entry["string"], entry["view_in_cards"]), ("Ours", True))
        self.assertEqual(entry["default"], "b")

    def test_relation_survives_our_screen(self):
        def change(rows):
            return [
                *rows,
                {
                    "name": "native_friend",
                    "string": "Friend",
                    "type": "many2one",
                    "comodel": "res.partner",
                    "domain": "[('is_company', '=', False)]",
                },
            ]

        self._native_write(change)
        row = self.attributes.search([("name", "=", "native_friend")])
        self.assertTrue(row.is_native_type)
        before = self._entry(row)
        row.is_offered = False
        row.is_offered = True
        self.assertEqual(self._entry(row), before)
        with self.assertRaises(UserError):
            row.type = "char"

    def test_deleted_there_is_switched_off_here_while_used(self):
        used = self._new("Used", sequence=1)
        unused = self._new("Unused", sequence=2)
        last = self._new("Last", sequence=3)
        other = self.env["res.partner"].create({"name": "Other", "is_customer": True})
        other.properties = {used.name: "kept"}
        self.customer.properties = {used.name: "mine"}

        def change(rows):
            for row in rows:
                if row["name"] in (used.name, unused.name):
                    row["definition_deleted"] = True
            return rows

        self._native_write(change)
        self.assertFalse(unused.exists())
        self.assertFalse(used.is_offered)
        self.assertTrue(last.is_offered)
        used.is_offered = True
        self.assertEqual(self._value(used, other), "kept")
        self.assertEqual(self._value(used), "mine")

    def test_order_changed_there(self):
        one = self._new("One", sequence=1)
        two = self._new("Two", sequence=2)
        self._native_write(lambda rows: rows[::-1])
        order = self.attributes.search([("is_offered", "=", True)])
        self.assertLess(order.ids.index(two.id), order.ids.index(one.id))

    def test_no_definition_by_a_customer_user(self):
        self._new("One")
        rows = self.customer.with_user(self.seller).read(["properties"])[0][
            "properties"
        ]
        rows[0].update(definition_changed=True, string="Hacked")
        with self.assertRaises(AccessError):
            self.customer.with_user(self.seller).write({"properties": rows})

    def test_manager_defines_for_contacts_only(self):
        field = self.env["ir.model.fields"]._get("res.partner", "name")
        with self.assertRaises(AccessError):
            self.env["properties.base.definition"].with_user(self.manager).create(
                {"properties_field_id": field.id}
            )

    def test_contexts_cannot_be_forged(self):
        attribute = self._new("One")
        forged = attribute.with_context(customer_attribute_sync=True)
        forged.label = "Two"
        self.assertEqual(self._entry(attribute)["string"], "Two")


@tagged("post_install", "-at_install")
class TestAttributeSpreadsheet(AttributeCase):
    """Individual columns, out and in again, by a manager who is no administrator."""

    def setUp(self):
        super().setUp()
        self.birthday = self.env.ref("customer_base.customer_attribute_birthday")
        self.size = self.env.ref("customer_base.customer_attribute_shoe_size")
        (self.birthday + self.size).with_user(self.manager).is_offered = True

    def test_import_screen_offers_the_columns(self):
        wizard = self.env["base_import.import"].with_user(self.manager)
        tree = wizard.get_fields_tree("res.partner")
        names = {field["name"] for field in tree}
        self.assertIn("properties.customer_birthday", names)
        self.assertIn("properties.customer_shoe_size", names)

    def test_export_and_import(self):
        columns = [
            "id",
            "name",
            "properties.customer_birthday",
            "properties.customer_shoe_size",
        ]
        partners = self.env["res.partner"].with_user(self.manager)
        result = partners.load(columns, [["att.one", "Ada", "1990-12-31", "41"]])
        self.assertFalse(result["messages"])
        ada = partners.browse(result["ids"])
        self.assertEqual(self._value(self.size, ada), "s41")
        self.assertEqual(
            ada.export_data(columns)["datas"][0][1:], ["Ada", "1990-12-31", "41"]
        )
        result = partners.load(
            ["id", "properties.customer_shoe_size"], [["att.one", "42"]]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(str(self._value(self.birthday, ada)), "1990-12-31")
        self.assertEqual(self._value(self.size, ada), "s42")
