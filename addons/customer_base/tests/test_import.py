import csv
import io
import json

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import SQL, file_open, mute_logger

# What the web client sends from the Customers app.
SCREEN = {
    "default_is_customer": True,
    "default_is_company": False,
    "default_company_type": "person",
    "res_partner_search_mode": "customer",
    "tracking_disable": True,
}
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "advanced": True,
    "keep_matches": False,
    "limit": 2000,
    "skip": 0,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def to_csv(rows):
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


class ImportCase:
    """Imports as the screen does it: upload, preview with its mapping, execute."""

    @classmethod
    def _set_up_import(cls):
        cls.manager = new_test_user(
            cls.env,
            "import_manager",
            "base.group_user,customer_base.group_customer_manager,base.group_allow_export",
        )
        cls.student, cls.staff = cls.env["customer.type"].create(
            [
                {
                    "name": "Import student",
                    "code": "IMPSTUDENT",
                    "proof_required": True,
                    "proof_months": 12,
                },
                {"name": "Import staff", "code": "IMPSTAFF", "is_reserved": True},
            ]
        )
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "Import regular"}, {"name": "Import school"}]
        )
        cls.env["res.lang"]._activate_lang("en_US")
        cls.manager.lang = "en_US"
        cls.partners = cls.env["res.partner"].with_context(active_test=False)
        cls.lang = cls.env["res.lang"].get_installed()[0][0]

    def preview(self, content, mimetype="text/csv", **options):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.manager)
            .create(
                {
                    "res_model": "res.partner",
                    "file": content,
                    "file_name": "customers",
                    "file_type": mimetype,
                }
            )
        )
        options = {**OPTIONS, **options}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        columns = range(len(preview["headers"]))
        matches = preview["matches"] or {}
        mapped = ["/".join(matches[i]) if i in matches else False for i in columns]
        return wizard, preview["headers"], mapped, options

    def imports(self, rows, dryrun=False, context=None, mimetype="text/csv", **options):
        content = rows if isinstance(rows, bytes) else to_csv(rows)
        wizard, headers, mapped, options = self.preview(content, mimetype, **options)
        self.assertTrue(all(mapped), f"not matched: {headers} to {mapped}")
        context = SCREEN if context is None else context
        wizard = wizard.with_context(**context, lang=self.manager.lang)
        columns = [header.lower() for header in headers]
        return wizard.execute_import(mapped, columns, options, dryrun=dryrun)

    def imported(self, rows, **kwargs):
        result = self.imports(rows, **kwargs)
        self.assertEqual(result["messages"], [])
        return self.partners.browse(result["ids"])

    def errors(self, rows, **kwargs):
        result = self.imports(rows, **kwargs)
        self.assertFalse(result["ids"])
        return [message["message"] for message in result["messages"]]

    def _age(self, partners):
        """Let the last write be long ago: within a transaction it is always now."""
        partners.flush_recordset()
        query = "UPDATE res_partner SET write_date = %s WHERE id = ANY(%s)"
        self.env.cr.execute(SQL(query, "2020-01-01", partners.ids))
        partners.invalidate_recordset()

    def set_attributes(self, *definition):
        self.env[
            "properties.base.definition"
        ].sudo()._get_definition_for_property_field(
            "res.partner", "properties"
        ).properties_definition = list(definition)


@tagged("post_install", "-at_install")
class TestImport(ImportCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_import()

    # -- rows become customers --------------------------------------------------------

    def test_row_becomes_customer(self):
        partner = self.imported(
            [
                ["Name", "Customer Type", "Type valid until", "Email"],
                ["Zoé Łuczak", "", "", "zoe@import.example.com"],
            ]
        )
        self.assertTrue(partner.is_customer)
        self.assertTrue(partner.customer_code)
        self.assertTrue(partner.customer_uuid)
        self.assertTrue(partner.customer_type_id.is_default)
        self.assertFalse(partner.is_company)

    def test_type_by_name_or_code_in_any_case(self):
        partners = self.imported(
            [
                ["Name", "Customer Type", "Type valid until"],
                ["A", "IMPSTUDENT", "2039-01-31"],
                ["B", "import STUDENT", ""],
                ["C", "impstaff", ""],
            ]
        )
        self.assertEqual(
            partners.customer_type_id,
            self.student | self.staff,
            "a manager gives staff",
        )
        self.assertEqual(str(partners[0].customer_type_until), "2039-01-31")
        self.assertEqual(partners[1].customer_type_until, self.student._proof_until())
        self.assertFalse(partners[2].customer_type_until)

    def test_unknown_type_is_an_error_and_never_made(self):
        rows = [["Name", "Customer Type"], ["A", "IMPSTUDENT"], ["B", "Unheard of"]]
        for dryrun in (True, False):
            messages = self.errors(
                rows,
                dryrun=dryrun,
                name_create_enabled_fields={"customer_type_id": True},
            )
            self.assertEqual(len(messages), 1)
            self.assertIn("Line 3: ", messages[0])
            self.assertIn("Unheard of", messages[0])
        self.assertFalse(
            self.env["customer.type"].search([("name", "=", "Unheard of")])
        )
        self.assertFalse(self.partners.search([("name", "in", ("A", "B"))]))

    def test_company_in_the_file_wherever_it_stands(self):
        above, company, below, by_name = self.imported(
            [
                ["Customer Code", "Name", "Company Type", "Related Company", "City"],
                ["I-2", "Above", "Person", "I-1", ""],
                ["I-1", "Import Ltd", "Company", "", "Łódź"],
                ["I-3", "Below", "Person", "i-1", ""],
                ["I-4", "By name", "Person", "import ltd", ""],
            ]
        )
        self.assertTrue(company.is_company)
        self.assertEqual((above | below | by_name).parent_id, company)
        self.assertEqual(above.city, "Łódź", "the address of the company")

    def test_company_in_the_database(self):
        company = self.imported(
            [
                ["Customer Code", "Name", "Company Type"],
                ["I-1", "Import Ltd", "Company"],
            ]
        )
        by_code, by_name = self.imported(
            [["Name", "Related Company"], ["A", "I-1"], ["B", "Import Ltd"]]
        )
        self.assertEqual((by_code | by_name).parent_id, company)

    def test_company_unknown_ambiguous_or_in_a_circle(self):
        self.imported(
            [
                ["Customer Code", "Name", "Company Type"],
                ["I-1", "Twin Ltd", "Company"],
                ["I-2", "Twin Ltd", "Company"],
            ]
        )
        messages = self.errors(
            [
                ["Customer Code", "Name", "Related Company"],
                ["J-1", "A", "Nowhere Ltd"],
                ["J-2", "B", "Twin Ltd"],
                ["J-3", "C", "J-4"],
                ["J-4", "D", "J-3"],
            ]
        )
        self.assertEqual(len(messages), 3)
        self.assertIn("Line 2: No matching record found for", messages[0])
        self.assertRegex(messages[1], r"Line 3: 2 companies .*I-1.*I-2")
        self.assertIn("Line 4: A company cannot belong to itself", messages[2])

    def test_contact_has_the_type_of_its_company(self):
        header = ["Customer Code", "Name", "Company Type", "Related Company"]
        header += ["Customer Type"]
        company, contact = self.imported(
            [
                header,
                ["I-1", "Import Ltd", "Company", "", "IMPSTUDENT"],
                ["I-2", "Contact", "Person", "I-1", ""],
            ]
        )
        self.assertEqual(contact.customer_type_id, self.student)
        self.assertEqual(company.customer_type_id, self.student)
        messages = self.errors(
            [
                header,
                ["I-1", "Import Ltd", "Company", "", "IMPSTUDENT"],
                ["I-2", "Contact", "Person", "I-1", "IMPSTAFF"],
            ]
        )
        self.assertIn("Line 3: A contact has the type of its company", messages[0])
        self.imported(
            [
                header,
                ["I-1", "Import Ltd", "Company", "", "IMPSTAFF"],
                ["I-2", "Contact", "Person", "I-1", "IMPSTAFF"],
            ]
        )
        self.assertEqual(contact.customer_type_id, self.staff)

    # -- the same file again -----------------------------------------------------------

    def test_again_updates(self):
        rows = [
            [
                "Customer Code",
                "Name",
                "Company Type",
                "Related Company",
                "Email",
                "Tags",
            ],
            ["", "Shared Ltd", "Company", "", "info@shared.example.com", ""],
            ["", "Ann", "Person", "Shared Ltd", "info@shared.example.com", ""],
            ["", "Bob", "Person", "Shared Ltd", "info@shared.example.com", ""],
            ["I-9", "Cid", "Person", "", "cid@example.com", "Import regular"],
        ]
        first = self.imported(rows)
        self._age(first)
        dates = first.mapped("write_date")
        count = self.partners.search_count([])
        again = self.imported(rows)
        self.assertEqual(again, first)
        self.assertEqual(self.partners.search_count([]), count)
        again.invalidate_recordset()
        self.assertEqual(again.mapped("write_date"), dates, "nothing was written")
        rows[4][1:3] = ["Cyd", "Person"]
        self.imported(rows)
        self.assertEqual(first[3].name, "Cyd")
        self.assertEqual(self.partners.search_count([]), count)

    def test_only_columns_of_the_file_and_never_the_code(self):
        partner = self.imported(
            [
                ["Customer Code", "Name", "Email", "Phone", "City"],
                ["I-1", "Ann", "Ann@Example.com", "06 39 98 00 00", "Łódź"],
            ]
        )
        self.imported(
            [
                ["Customer Code", "Name", "Email", "Phone"],
                ["", "ann", " ANN@example.com", ""],
            ]
        )
        self.assertEqual(partner.customer_code, "I-1")
        self.assertEqual(partner.city, "Łódź")
        self.assertFalse(partner.phone, "an empty cell empties, as in core")

    def test_email_alone(self):
        partner = self.imported(
            [["Name", "Company Type", "Email"], ["Ann", "Person", "ann@x.example.com"]]
        )
        header = ["Customer Code", "Name", "Company Type", "Email"]
        renamed = self.imported([header, ["", "Anna", "Person", "ann@x.example.com"]])
        self.assertEqual(renamed, partner)
        self.assertEqual(partner.name, "Anna")
        company = self.imported([header, ["", "X", "Company", "ann@x.example.com"]])
        self.assertNotEqual(company, partner, "a company is not the person")
        other = self.imported([header, ["I-7", "Anna", "Person", "ann@x.example.com"]])
        self.assertNotEqual(other, partner, "another code is another customer")
        messages = self.errors([header, ["", "Zed", "Person", "ann@x.example.com"]])
        self.assertRegex(messages[0], r"Line 2: 2 customers .*Anna.*Anna \(I-7\)")
        messages = self.errors([header, ["", "Anna", "", "ann@x.example.com"]])
        self.assertIn("Write the customer code", messages[0])

    def test_partner_who_is_no_customer_is_left_alone(self):
        supplier = self.env["res.partner"].create(
            {"name": "Supplier", "email": "s@import.example.com"}
        )
        partner = self.imported(
            [["Name", "Email"], ["Supplier", "s@import.example.com"]]
        )
        self.assertNotEqual(partner, supplier)
        self.assertFalse(supplier.is_customer)

    def test_archived_customer_is_updated_by_code(self):
        rows = [["Customer Code", "Name"], ["I-1", "Ann"]]
        partner = self.imported(rows)
        partner.active = False
        self.assertEqual(self.imported(rows), partner)

    def test_external_id_goes_cores_way(self):
        header = ["id", "Customer Code", "Name", "Email"]
        first = self.imported([header, ["imp_one", "I-1", "Ann", "a@imp.example.com"]])
        self.assertEqual(first, self.env.ref("__import__.imp_one"))
        again = self.imported([header, ["imp_one", "I-2", "Bea", "b@imp.example.com"]])
        self.assertEqual(again, first)
        self.assertEqual(first.customer_code, "I-2")
        other = self.imported([["id", "Name", "Email"], ["imp_two", "Bea", ""]])
        self.assertNotEqual(other, first)

    def test_one_customer_twice_in_the_file(self):
        header = ["Customer Code", "Name", "Email"]
        messages = self.errors(
            [header, ["I-1", "A", ""], ["I-2", "B", ""], ["i-1 ", "C", ""]]
        )
        self.assertEqual(len(messages), 1)
        self.assertRegex(messages[0], r"Line 4: .*i-1 .*lines 2 and 4")
        messages = self.errors(
            [header, ["", "A", "a@imp.example.com"], ["", "a", "A@imp.example.com"]]
        )
        self.assertRegex(messages[0], r"Line 3: The lines 2 and 3 .*same customer")
        self.imported([header, ["I-1", "A", "a@imp.example.com"]])
        messages = self.errors(
            [header, ["I-1", "A", ""], ["", "A", "a@imp.example.com"]]
        )
        self.assertRegex(messages[0], r"Line 3: The lines 2 and 3 .*same customer")

    # -- all or nothing, in parts ------------------------------------------------------

    def test_nothing_half_imported(self):
        rows = [["Customer Code", "Name", "Country"]]
        rows += [[f"I-{i}", f"Half {i}", "FR"] for i in range(5)]
        rows.append(["I-X", "", "FR"])
        rows.append(["I-Y", "Half Y", "Neverland"])
        for dryrun in (True, False):
            with mute_logger("odoo.sql_db"):
                messages = self.errors(rows, dryrun=dryrun)
            self.assertTrue(any("Line 8: " in m and "Neverland" in m for m in messages))
            self.assertTrue(any(m.startswith("Line 7: ") for m in messages), messages)
            self.assertFalse(self.partners.search([("name", "=like", "Half %")]))
        result = self.imports(rows[:6], dryrun=True)
        self.assertEqual(result["messages"], [])
        self.assertEqual(len(result["ids"]), 5)
        self.assertFalse(self.partners.search([("name", "=like", "Half %")]))
        self.assertEqual(len(self.imported(rows[:6])), 5)

    def test_company_goes_with_its_wrong_contact(self):
        rows = [["Customer Code", "Name", "Company Type", "Related Company", "Country"]]
        rows.append(["I-1", "Half Ltd", "Company", "", "FR"])
        rows.append(["I-2", "Half Ann", "Person", "I-1", "Neverland"])
        self.assertEqual(len(self.errors(rows)), 1)
        self.assertFalse(self.partners.search([("name", "=like", "Half %")]))

    def test_in_parts(self):
        rows = [["Customer Code", "Name", "Company Type", "Related Company"]]
        rows += [
            ["I-1", "Part Ltd", "Company", ""],
            ["I-2", "One", "Person", "Part Ltd"],
            ["I-3", "Two", "Person", "Part Ltd"],
            ["I-4", "Three", "Person", "I-1"],
            ["I-5", "Four", "Person", "I-9"],
        ]
        result = self.imports(rows, dryrun=True, limit=2)
        self.assertEqual((len(result["ids"]), result["nextrow"]), (2, 2))
        result = self.imports(rows, dryrun=True, limit=2, skip=2)
        self.assertEqual(result["messages"], [], "the company was in the first part")
        result = self.imports(rows, dryrun=True, limit=2, skip=4)
        self.assertIn("Line 6: ", result["messages"][0]["message"])
        self.assertEqual(result["messages"][0]["rows"], {"from": 4, "to": 4})
        rows[5][3] = "I-1"
        for skip in (0, 2, 4):
            result = self.imports(rows, limit=2, skip=skip)
            self.assertEqual(result["messages"], [])
        self.assertEqual(result["nextrow"], 0)
        company = self.partners.search([("customer_code", "=", "I-1")])
        self.assertEqual(len(company.child_ids), 4)

    def test_parts_see_the_whole_file(self):
        rows = [["Customer Code", "Name", "Related Company"]]
        rows += [["I-1", "A", "I-3"], ["I-2", "B", ""], ["I-3", "C", ""]]
        messages = self.errors(rows, limit=2)
        self.assertRegex(messages[0], r"Line 2: .*further down, on line 4")
        rows[3][0] = "I-1"
        rows[1][2] = ""
        messages = self.errors(rows, limit=2)
        self.assertRegex(messages[0], r"Line 2: .*lines 2 and 4")
        messages = self.errors(rows, limit=2, skip=2)
        self.assertRegex(messages[0], r"Line 4: .*lines 2 and 4")

    def test_code_twice_in_other_parts(self):
        rows = [["Customer Code", "Name"]]
        rows += [["I-1", "A"], ["I-2", "B"], ["I-3", "C"], ["I-1", "D"]]
        self.assertEqual(self.imports(rows, limit=1, skip=1)["messages"], [])

    def test_lookups_do_not_grow_with_the_rows(self):
        def queries(count, first):
            rows = [["Customer Code", "Name", "Customer Type", "Email", "Country"]]
            rows += [
                [f"Q{first + i}", f"Q {i}", "ALL", f"q{first + i}@q.example.com", "FR"]
                for i in range(count)
            ]
            self.imported(rows)
            start = self.env.cr.sql_log_count
            self.imported(rows)  # all of them are found and unchanged
            return self.env.cr.sql_log_count - start

        queries(5, 0)
        few, many = queries(5, 100), queries(105, 200)
        self.assertLess(many - few, 60)

    # -- attributes --------------------------------------------------------------------

    def test_attributes_by_label_and_technical_name(self):
        self.set_attributes(
            {"name": "imp_birthday", "type": "date", "string": "Date of birth"},
            {
                "name": "imp_size",
                "type": "selection",
                "string": "Size of shoe",
                "selection": [["s40", "40"], ["s41", "41 ½"]],
            },
        )
        rows = [["Customer Code", "Name", "Date of birth", "Size of shoe"]]
        rows.append(["I-1", "Ann", "1990-12-31", "41 ½"])
        partner = self.imported(rows)
        values = partner.properties._values
        self.assertEqual(
            (values["imp_birthday"], values["imp_size"]), ("1990-12-31", "s41")
        )
        rows = [["Customer Code", "properties.imp_size"], ["I-1", "40"]]
        self.assertEqual(self.imported(rows), partner)
        self.assertEqual(partner.properties._values["imp_size"], "s40")
        self.assertEqual(str(partner.properties["imp_birthday"]), "1990-12-31")
        tree = self.env["base_import.import"].get_fields_tree("res.partner")
        label = next(f["string"] for f in tree if f["name"] == "properties.imp_size")
        self.assertRegex(label, r"^Size of shoe \(.+\)$", "as core offers it")
        mapped = self.preview(to_csv([["Name", label], ["A", "40"]]))[2]
        self.assertEqual(mapped, ["name", "properties.imp_size"])
        messages = self.errors([["Customer Code", "Size of shoe"], ["I-1", "99"]])
        self.assertIn("Line 2: ", messages[0])

    # -- rights, template and other imports ---------------------------------------------

    def test_only_managers_import(self):
        user = new_test_user(
            self.env, "import_user", "base.group_user,customer_base.group_customer_user"
        )
        partners = self.env["res.partner"].with_user(user)
        for context in (
            {"import_file": True, "default_is_customer": True},
            {"customer_import": True},
            {"import_file": True},
            {},
        ):
            with self.assertRaisesRegex(AccessError, "Customers: Manager"):
                partners.with_context(**context).load(["name"], [["Ann"]])

    def test_contacts_import_is_cores(self):
        creator = new_test_user(
            self.env, "import_contacts", "base.group_user,base.group_partner_manager"
        )
        contacts = self.env["res.partner"].with_user(creator)
        contacts = contacts.with_context(import_file=True)
        rows = [["Plain", "plain@import.example.com"]]
        first = contacts.load(["name", "email"], rows)
        again = contacts.load(["name", "email"], rows)
        self.assertFalse(first["messages"] + again["messages"])
        self.assertNotEqual(first["ids"], again["ids"], "core makes two")
        self.assertFalse(self.partners.browse(first["ids"]).is_customer)
        for path in ("is_customer", "child_ids/customer_code"):
            with self.assertRaises(AccessError):
                contacts.load(["name", path], [["Ann", "1"]])

    def test_template_is_matched_by_itself(self):
        partners = self.env["res.partner"].with_user(self.manager)
        self.assertIn("/base/", partners.get_import_templates()[0]["template"])
        [template] = partners.with_context(**SCREEN).get_import_templates()
        path = template["template"].lstrip("/")
        with file_open(path, "rb") as file:
            content = file.read()
        for code in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
            self.manager.lang = code
            mapped = self.preview(content, XLSX)[2]
            self.assertEqual(
                mapped,
                [
                    "customer_code",
                    "name",
                    "company_type",
                    "parent_id",
                    "customer_type_id",
                    "customer_type_until",
                    "email",
                    "phone",
                    "street",
                    "street2",
                    "zip",
                    "city",
                    "country_id",
                    "vat",
                    "website",
                    "lang",
                    "category_id",
                    "customer_note",
                ],
            )
        company, contact, person = self.imported(content, mimetype=XLSX)
        self.assertEqual(contact.parent_id, company)
        self.assertTrue(person.is_customer)


@tagged("post_install", "-at_install")
class TestImportHttp(ImportCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_import()

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    @mute_logger("odoo.http")
    def test_refused_over_rpc(self):
        new_test_user(
            self.env, "import_user", "base.group_user,customer_base.group_customer_user"
        )
        self.authenticate("import_user", "import_user")
        count = self.partners.search_count([])
        with self.assertRaisesRegex(Exception, "AccessError"):
            self._call("res.partner", "load", ["name"], [["Ann"]], context=SCREEN)
        wizard = self._call(
            "base_import.import", "create", [{"res_model": "res.partner"}]
        )
        for context in (SCREEN, {}):
            self.env["base_import.import"].browse(wizard).sudo().write(
                {"file": b"Name\nAnn\n", "file_type": "text/csv", "file_name": "a.csv"}
            )
            with self.assertRaisesRegex(Exception, "AccessError"):
                self._call(
                    "base_import.import",
                    "execute_import",
                    *(wizard, ["name"], ["name"], OPTIONS),
                    context=context,
                )
        self.assertEqual(self.partners.search_count([]), count)
        self.authenticate("import_manager", "import_manager")
        result = self._call("res.partner", "load", ["name"], [["Ann"]], context=SCREEN)
        self.assertEqual(len(result["ids"]), 1)

    # -- export, edit, import ----------------------------------------------------------

    def _fixture(self):
        self.set_attributes(
            {"name": "imp_birthday", "type": "date", "string": "Date of birth"},
            {"name": "imp_news", "type": "boolean", "string": "Reads news"},
        )
        header = ["Customer Code", "Name", "Company Type", "Related Company", "City"]
        header += ["Customer Type", "Type valid until", "Email", "Website", "Language"]
        header += ["Tags", "Customer Note", "Date of birth", "Reads news", "Country"]
        lang, tags = self.lang, "Import regular,Import school"
        rows = [
            [
                "R-1",
                "Księgarnia Łuk",
                "Company",
                "",
                "Łódź",
                "IMPSTUDENT",
                "2039-06-30",
            ],
            ["R-2", "Ann", "Person", "R-1", "", "", ""],
            ["R-3", "Bob, Jr.", "Person", "", "’s-Hertogenbosch", "IMPSTAFF", ""],
            ["R-4", 'Cid "the" Third', "Person", "", "Nîmes", "", ""],
        ]
        rest = [
            [
                "info@r.example.com",
                "https://r.example.com",
                lang,
                tags,
                "Line 1\nLine 2",
            ],
            ["ann@r.example.com", "", lang, "Import school", ""],
            ["info@r.example.com", "", lang, "", "Call late; then, no"],
            ["", "", lang, "", ""],
        ]
        attributes = [["", "", "PL"], ["", "1", "PL"], ["1990-02-28", "", "NL"]]
        attributes.append(["", "0", "FR"])
        lines = [a + b + c for a, b, c in zip(rows, rest, attributes, strict=True)]
        partners = self.imported([header, *lines])
        self._age(partners)
        return partners

    def _export(self, kind, partners):
        export = self.env.ref("customer_base.ir_exports_customer")
        fields = self.make_jsonrpc_request(
            "/web/export/namelist", {"model": "res.partner", "export_id": export.id}
        )
        names = [{"name": f["id"], "label": f["string"]} for f in fields]
        self.assertEqual(names[0]["name"], "customer_code")
        self.assertIn("properties.imp_birthday", [f["name"] for f in names])
        response = self.url_open(
            f"/web/export/{kind}",
            data={
                "csrf_token": Request.csrf_token(self),
                "data": json.dumps(
                    {
                        "model": "res.partner",
                        "fields": names,
                        "ids": partners.ids,
                        "domain": [],
                        "import_compat": True,
                        "context": SCREEN,
                    }
                ),
            },
        )
        response.raise_for_status()
        return response.content

    def _snapshot(self, partners):
        partners.invalidate_recordset()
        fields = [
            name
            for name, field in partners._fields.items()
            if field.store and field.type != "binary"
        ]
        return {row["id"]: row for row in partners.read(fields)}

    def test_export_edit_import_csv(self):
        partners = self._fixture()
        self.authenticate("import_manager", "import_manager")
        before = self._snapshot(partners)
        count = self.partners.search_count([])
        content = self._export("csv", partners).decode("utf-8-sig")
        self.assertEqual(self.imported(content.encode()), partners)
        self.assertEqual(self._snapshot(partners), before, "unchanged, write date too")
        edited = content.replace("Nîmes", "Mâcon")
        self.imported(edited.encode())
        after = self._snapshot(partners)
        self.assertEqual(self.partners.search_count([]), count)
        for partner in partners[:3]:
            self.assertEqual(after[partner.id], before[partner.id])
        changed = {
            name
            for name, value in after[partners[3].id].items()
            if value != before[partners[3].id][name]
        }
        self.assertLessEqual(changed, {"city", "write_date", "write_uid"})
        self.assertEqual(partners[3].city, "Mâcon")

    def test_export_edit_import_xlsx(self):
        partners = self._fixture()
        self.authenticate("import_manager", "import_manager")
        before = self._snapshot(partners)
        content = self._export("xlsx", partners)
        self.assertEqual(self.imported(content, mimetype=XLSX), partners)
        self.assertEqual(self._snapshot(partners), before)

    def test_export_follows_the_attributes(self):
        export = self.env.ref("customer_base.ir_exports_customer")
        self.set_attributes({"name": "imp_a", "type": "char", "string": "A"})
        self.assertIn("properties.imp_a", export.export_fields.mapped("name"))
        self.set_attributes({"name": "imp_b", "type": "char", "string": "B"})
        names = export.export_fields.mapped("name")
        self.assertNotIn("properties.imp_a", names)
        self.assertEqual(names.count("properties.imp_b"), 1)
