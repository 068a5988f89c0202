from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.registry import Registry
from odoo.tests import Form, tagged

from .common import CustomerCase, PriceCase
from .test_rpc import ACCESS, SENTENCES, USER, RpcCase


class MessageCase(CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Corner Shop"
        cls.templates = cls.env["customer.message.template"]
        cls.templates.search([]).active = False
        cls.customer = cls.new_customer(
            "Zoé Martin",
            phone="06 12 34 56 78",
            country_id=cls.env.ref("base.fr").id,
            email="zoe@example.com",
        )

    @classmethod
    def new_template(cls, body="Hello", **values):
        values = {
            "name": "Test",
            "code": f"t-{cls.templates.search_count([])}",
            **values,
        }
        return cls.templates.create({"body": body, **values})

    @classmethod
    def speak_french(cls):
        """French beside English, which a shop may have taken away."""
        for lang in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)

    def text_of(self, url):
        return parse_qs(urlsplit(url).query)["text"][0]

    def rows(self, customer=None):
        uuid = (customer or self.customer).customer_uuid
        journal = self.env["customer.journal"]
        return journal.search([("subject_uuid", "=", uuid), ("event", "=", "whatsapp")])


@tagged("post_install", "-at_install")
class TestWhatsapp(MessageCase):
    """Links that open WhatsApp from the customer."""

    def test_link(self):
        self.new_template("Bonjour {{ object.customer_greeting_name }} & co\nà bientôt")
        url = self.customer.with_user(self.user).customer_whatsapp_url()
        self.assertTrue(url.startswith("https://wa.me/33612345678?text=Bonjour%20Zo"))
        self.assertEqual(self.text_of(url), "Bonjour Zoé Martin & co\nà bientôt")

    def test_link_without_a_message(self):
        self.new_template()
        url = self.customer.customer_whatsapp_url("")
        self.assertEqual(url, "https://wa.me/33612345678")
        self.templates.search([]).active = False
        self.assertEqual(self.customer.customer_whatsapp_url(), url)

    def test_no_link_where_there_is_no_whatsapp(self):
        for phone in ("01 23 45 67 89", "06 12", "", "06 12 34 56 78 / 06 98 76 54 32"):
            self.customer.phone = phone
            self.assertIs(self.customer.customer_whatsapp_url(), False)
            self.assertFalse(self.customer.customer_whatsapp_ready)
        self.assertFalse(self.rows())

    def test_number_of_the_customers_country_then_of_the_company(self):
        self.company.country_id = self.env.ref("base.be")
        self.customer.phone = "0475 12 34 56"
        self.customer.country_id = False
        self.assertIn("/32475123456", self.customer.customer_whatsapp_url(""))
        self.customer.country_id = self.env.ref("base.nl")
        self.customer.phone = "06-12345678"
        self.assertIn("/31612345678", self.customer.customer_whatsapp_url(""))

    def test_address_without_a_number_has_its_owners(self):
        address = self.partners.create(
            {"parent_id": self.customer.id, "type": "delivery", "city": "Lille"}
        )
        self.assertTrue(address.customer_whatsapp_ready)
        self.assertIn("/33612345678", address.customer_whatsapp_url(""))
        colleague = self.partners.create(
            {"name": "Ann", "parent_id": self.customer.id, "type": "contact"}
        )
        self.assertFalse(colleague.customer_whatsapp_ready)

    def test_problem_is_told_while_typing(self):
        with Form(self.customer) as form:
            self.assertTrue(form.customer_whatsapp_ready)
            self.assertFalse(form.customer_phone_problem)
            form.phone = "01 23 45 67 89"
            self.assertIn("landline", form.customer_phone_problem)
            self.assertFalse(form.customer_whatsapp_ready)
            form.phone = ""
            self.assertFalse(form.customer_phone_problem)

    def test_number_while_it_is_typed(self):
        check = self.partners.with_user(self.user).customer_phone_check
        france = self.env.ref("base.fr").id
        self.assertEqual(
            check("0612345678", france),
            {"number": "+33 6 12 34 56 78", "problem": ""},
        )
        self.assertIn("landline", check("0123456789", france)["problem"])
        self.assertIn("no phone number", check("", france)["problem"])
        for phone, country in ((5, france), ("06", "FR"), ("06", -1), ([], None)):
            with self.refused(UserError):
                check(phone, country)

    def test_country_is_the_customers_and_only_without_one_the_companys(self):
        """What is no number in the customer's country is a stranger's in another."""
        self.company.country_id = self.env.ref("base.fr")
        customer = self.new_customer(phone="06 70 06 77 99")
        for country, ready in (("base.fr", True), ("base.nl", False), (False, True)):
            customer.country_id = country and self.env.ref(country)
            self.assertEqual(customer.customer_whatsapp_ready, ready, country)

    def test_every_problem_has_a_sentence(self):
        sentences = {
            self.partners._customer_phone_sentence(
                self.partners._customer_parse_phone(phone, self.env.ref("base.nl"))
            )
            for phone in (
                "",
                "06-12345678 / 06-87654321",
                "020-1234567 ext 5",
                "0900-TAXI",
                "+999 123456",
                "0612",
                "06123456789012",
                "06-1234567",
                "020-1234567",
                "0900-1234",
            )  # fmt: skip
        }
        self.assertEqual(len(sentences), 10)
        self.assertTrue(all(s.endswith(".") and s[0].isupper() for s in sentences))

    def test_journal(self):
        template = self.new_template("Hi {{ object.customer_greeting_name }}")
        self.customer.with_user(self.user).customer_whatsapp_url(template.code)
        row = self.rows()
        self.assertEqual(row.user_ref, self.user.id)
        self.assertEqual(
            row.details,
            {
                "template": template.code,
                "document": f"res.partner,{self.customer.id}",
            },
        )

    def test_text_is_bounded(self):
        self.customer.name = "字" * 900
        self.new_template("{{ object.customer_greeting_name }} " * 20)
        url = self.customer.customer_whatsapp_url()
        self.assertLess(len(url), 6100)
        self.assertIn("字字字", self.text_of(url))

    def test_language_of_the_customer(self):
        self.speak_french()
        template = self.new_template("Hello {{ object.customer_greeting_name }}")
        bonjour = "Bonjour {{ object.customer_greeting_name }}"
        template.with_context(lang="fr_FR").body = bonjour
        self.customer.lang = "fr_FR"
        url = self.customer.with_user(self.user).customer_whatsapp_url()
        self.assertEqual(self.text_of(url), "Bonjour Zoé Martin")
        self.customer.lang = "en_US"
        url = self.customer.with_user(self.user).customer_whatsapp_url()
        self.assertEqual(self.text_of(url), "Hello Zoé Martin")

    def test_marketing_respects_the_block(self):
        service = self.new_template("Service", sequence=5)
        advert = self.new_template("Advert", is_marketing=True, sequence=1)
        self.assertIn("Advert", self.customer.customer_whatsapp_url())
        self.customer.customer_block(["marketing"], "own_request")
        self.assertIn("Service", self.customer.customer_whatsapp_url())
        self.assertIn("Service", self.customer.customer_whatsapp_url(service.code))
        with self.refused(UserError, "Zoé Martin", "advertising"):
            self.customer.customer_whatsapp_url(advert.code)
        messages = self.customer.customer_messages()["messages"]
        self.assertEqual([m["code"] for m in messages], [service.code])

    def test_consents_may_refuse_marketing(self):
        self.new_template("Advert", is_marketing=True)
        self.patch(
            type(self.partners),
            "_customer_marketing_refusal",
            lambda partner: "No consent.",
        )
        self.assertFalse(self.customer.customer_messages()["messages"])

    def test_messages(self):
        first = self.new_template("A {{ object.customer_greeting_name }}", sequence=2)
        second = self.new_template("B", sequence=1)
        answer = self.customer.with_user(self.user).customer_messages()
        self.assertEqual(answer["number"], "+33 6 12 34 56 78")
        self.assertEqual(answer["problem"], "")
        self.assertEqual(
            answer["messages"],
            [
                {"code": second.code, "name": "Test", "text": "B"},
                {"code": first.code, "name": "Test", "text": "A Zoé Martin"},
            ],
        )
        self.assertFalse(self.rows(), "seeing a message is not opening it")

    def test_default_of_the_settings(self):
        self.new_template("B", sequence=1)
        chosen = self.new_template("C", sequence=9)
        settings = self.env["res.config.settings"].create({})
        settings.customer_message_customer_id = chosen
        settings.execute()
        self.assertIn("text=C", self.customer.customer_whatsapp_url())

    def test_templates_of_another_company(self):
        other = self.new_company()
        self.new_template("Theirs", company_id=other.id)
        self.assertFalse(self.customer.customer_messages()["messages"])

    def test_card(self):
        card = self.customer.customer_card()
        self.assertEqual(card["whatsapp"], {"ready": True, "problem": ""})
        self.customer.phone = "01 23 45 67 89"
        card = self.customer.customer_card()
        self.assertFalse(card["whatsapp"]["ready"])
        self.assertIn("landline", card["whatsapp"]["problem"])

    def test_button(self):
        customer = self.customer.with_user(self.user)
        self.new_template("One")
        action = customer.action_customer_whatsapp()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(action["target"], "new")
        self.assertIn("text=One", action["url"])
        template = self.new_template("Two {{ object.customer_greeting_name }}")
        action = customer.action_customer_whatsapp()
        self.assertEqual(action["res_model"], "customer.message.wizard")
        self.assertEqual(len(self.rows()), 1)
        wizards = self.env["customer.message.wizard"].with_user(self.user)
        form = Form(wizards.with_context(**action["context"]))
        self.assertEqual(form.text, "One")
        self.assertEqual(form.number, "+33 6 12 34 56 78")
        form.template_id = template
        self.assertEqual(form.text, "Two Zoé Martin")
        action = form.save().action_open()
        self.assertEqual(self.text_of(action["url"]), "Two Zoé Martin")
        self.assertTrue(action["close"])
        self.assertEqual(len(self.rows()), 2)

    def test_button_without_whatsapp(self):
        self.customer.phone = "01 23 45 67 89"
        with self.refused(UserError, "Zoé Martin", "landline"):
            self.customer.action_customer_whatsapp()


@tagged("post_install", "-at_install")
class TestWhatsappInvoice(MessageCase, PriceCase):
    """Messages about an invoice say what the invoice says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": "2031-03-05",
                "invoice_line_ids": [
                    (0, 0, {"product_id": cls.product.id, "tax_ids": False})
                ],
            }
        )
        cls.document = f"account.move,{cls.move.id}"

    def test_values_as_people_read_them(self):
        self.speak_french()
        self.customer.lang = "fr_FR"
        self.new_template(
            "{{ object.amount_total }} · {{ object.invoice_date }} · "
            "{{ object.payment_reference ||| none }}",
            kind="invoice",
        )
        text = self.text_of(self.customer.customer_whatsapp_url(document=self.document))
        amount, date, reference = text.split(" · ")
        self.assertIn("100,00", amount)
        self.assertEqual(date, "05/03/2031")
        self.assertEqual(reference, "none")

    def test_state_then_default_then_others(self):
        other = self.new_template("other", kind="invoice", sequence=1)
        default = self.new_template("default", kind="invoice", sequence=9)
        posted = self.new_template("posted", kind="invoice", state="invoice.posted")
        self.company.customer_message_invoice_id = default
        fitting = self.templates._fitting
        self.assertEqual(fitting(self.move), default + other)
        self.move.action_post()
        self.assertEqual(fitting(self.move), posted + default + other)
        self.assertEqual(
            self.rows(self.customer).mapped("details"), [], "nothing was opened"
        )
        self.customer.customer_whatsapp_url(document=self.document)
        self.assertEqual(
            self.rows().details,
            {"template": posted.code, "document": self.document},
        )

    def test_document_of_another_customer(self):
        stranger = self.new_customer("Stranger", phone="+33612345679")
        with self.refused(UserError, "another customer"):
            stranger.customer_whatsapp_url(document=self.document)

    def test_document_that_the_user_does_not_read(self):
        customer = self.customer.with_user(self.user)
        with self.refused(AccessError):
            customer.customer_whatsapp_url(document=self.document)
        with self.refused(AccessError):
            customer.customer_messages(document=self.document)

    def test_no_document(self):
        for wrong in ("res.users,1", "account.move", "account.move,x", 5):
            with self.refused(UserError, "account.move,1"):
                self.customer.customer_whatsapp_url(document=wrong)
        with self.refused(UserError):
            self.customer.customer_whatsapp_url(document="account.move,999999999")

    def test_message_of_another_kind(self):
        template = self.new_template("For customers")
        with self.refused(UserError, template.code):
            self.customer.customer_whatsapp_url(template.code, self.document)


@tagged("post_install", "-at_install")
class TestWhatsappActivity(MessageCase):
    """An activity has the messages of what it is about."""

    def activity(self, record):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "user_id": self.user.id,
            }
        )

    def test_of_a_customer(self):
        self.new_template("Hi {{ object.customer_greeting_name }}")
        activity = self.activity(self.customer).with_user(self.user)
        self.assertTrue(activity.customer_whatsapp_ready)
        url = activity.action_customer_whatsapp()["url"]
        self.assertEqual(self.text_of(url), "Hi Zoé Martin")

    def test_without_whatsapp(self):
        self.customer.phone = "01 23 45 67 89"
        activity = self.activity(self.customer).with_user(self.user)
        self.assertFalse(activity.customer_whatsapp_ready)
        with self.refused(UserError, "landline"):
            activity.action_customer_whatsapp()

    def test_of_something_else(self):
        product = self.env["product.template"].create({"name": "Chair"})
        activity = self.activity(product)
        self.assertFalse(activity.customer_whatsapp_ready)
        with self.refused(UserError, "no customer"):
            activity.action_customer_whatsapp()

    def test_many_cost_no_more_queries_than_a_few(self):
        def customer(number):
            return self.new_customer(f"C{number}", phone="06 12 34 56 78")

        def address(number):
            owner = customer(number)
            return self.partners.create(
                {"parent_id": owner.id, "type": "delivery", "city": "Lille"}
            )

        def invoice(number):
            values = {"move_type": "out_invoice", "partner_id": customer(number).id}
            return self.env["account.move"].create(values)

        def queries(activities):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = activities.read(["customer_whatsapp_ready"])
            self.assertTrue(all(row["customer_whatsapp_ready"] for row in rows))
            return self.cr.sql_log_count - before

        self.company.country_id = self.env.ref("base.fr")
        for make in (customer, address, invoice):
            with self.subTest(make.__name__):
                activities = self.activity(make(0))
                queries(activities)  # what is read once and kept
                one = queries(activities)
                for number in range(1, 8):
                    activities |= self.activity(make(number))
                self.assertEqual(queries(activities), one)

    def test_of_what_was_deleted(self):
        # by SQL, as what a database deletes along with something else
        activity = self.activity(self.new_customer("Gone"))
        self.env.cr.execute(
            "UPDATE mail_activity SET res_id = 2000000000 WHERE id = %s", [activity.id]
        )
        self.env.invalidate_all()
        self.assertFalse(activity.customer_whatsapp_ready)
        with self.refused(UserError, "no customer"):
            activity.action_customer_whatsapp()

    def test_models_are_found_once(self):
        self.templates._models_by_kind()
        with patch.object(Registry, "items", side_effect=AssertionError):
            self.assertEqual(
                self.templates._models_by_kind()["customer"], self.partners
            )

    def test_by_others(self):
        activity = self.activity(self.customer)
        internal = self.new_user("internal_activity", "base.group_user")
        with self.refused(AccessError):
            activity.with_user(internal).action_customer_whatsapp()


@tagged("post_install", "-at_install")
class TestMessageTemplate(MessageCase):
    """What a template may show, and what is refused at saving."""

    def test_refused_at_saving(self):
        for body in (
            "{{ object.email }}",
            "{{ object.customer_note }}",
            "{{ object.customer_sensitive_note }}",
            "{{ object.user_ids.password }}",
            "{{ object.env.cr.execute('SELECT 1') }}",
            "{{ object.env['res.users'].search([]) }}",
            "{{ object.sudo().unlink() }}",
            "{{ user.name }}",
            "{{ env }}",
            "{{ ctx }}",
            "{{ 1 + 1 }}",
            "{{ object }}",
            "{{ object.__class__ }}",
            "{{ object.customer_greeting_name.upper() }}",
            "{{ object.customer_greeting_name or object.email }}",
            "{{ object.partner_id.customer_greeting_name }}",
        ):
            with self.refused(ValidationError, "cannot show", "customer_greeting_name"):
                self.new_template(body)
        for body in (
            "{{ object\n.email }}",
            "{{ object.customer_greeting_name",
            "{{ object.customer_greeting_name ||| {{ object.email }} }}",
            "{% for p in object %}",
            "${object.email}",
            '<t t-out="object.email"/>',
            "x }}",
        ):
            with self.refused(ValidationError, "cannot be part"):
                self.new_template(body)

    def test_refused_at_changing(self):
        template = self.new_template("{{ object.customer_greeting_name }}")
        with self.refused(ValidationError):
            template.body = "{{ object.email }}"
        with self.refused(ValidationError):
            template.kind = "invoice"
        with self.refused(ValidationError, "too long"):
            template.body = "x" * 1001

    def test_refused_in_every_language(self):
        self.speak_french()
        template = self.new_template("Hello")
        with self.refused(ValidationError):
            template.with_context(lang="fr_FR").body = "{{ object.email }}"
        with self.refused(ValidationError):
            template.update_field_translations("body", {"fr_FR": "{{ object.env.cr }}"})
        self.assertEqual(template.with_context(lang="fr_FR").body, "Hello")

    def test_administrators_run_no_code_either(self):
        template = self.new_template("Hello")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_message_template SET body = %s WHERE id = %s",
            ['{"en_US": "{{ object.email }} {{ 1 + 1 }}"}', template.id],
        )
        template.invalidate_recordset()
        with self.refused(ValidationError):
            self.customer.customer_whatsapp_url(template.code)
        rendered = template._render_field("body", self.customer.ids)
        self.assertEqual(rendered[self.customer.id].strip(), "")

    def test_code(self):
        for code in ("Repair Ready", "é", "a" * 41, "a/b"):
            with self.refused(ValidationError, "small letters"):
                self.new_template(code=code)

    def test_copy_has_a_code_of_its_own(self):
        template = self.new_template(code="ready")
        copies = template.copy() + template.copy()
        self.assertEqual(copies.mapped("code"), ["ready-2", "ready-3"])

    def test_state_of_another_kind(self):
        with self.refused(ValidationError, "state"):
            self.new_template(state="invoice.posted")
        self.assertTrue(self.new_template(kind="invoice", state="invoice.posted"))

    def test_form(self):
        with Form(self.templates.with_user(self.manager)) as form:
            form.name = "Ready"
            form.code = "ready"
            self.assertIn(
                ["object.customer_greeting_name", "Name in the greeting"],
                [list(pair) for pair in form.field_list],
            )
            form.preview_ref = self.customer
            form.body = "Dear {{ object.customer_greeting_name }}"
            self.assertEqual(form.preview, "Dear Zoé Martin")
            form.body = "Dear {{ object.email }}"
            self.assertIn("cannot show", form.preview)
            form.body = "Dear {{ object.customer_greeting_name }}"

    def test_what_is_shipped_is_sound(self):
        shipped = self.templates.with_context(active_test=False).search([])
        self.assertTrue(shipped)
        shipped._check_body()


@tagged("post_install", "-at_install")
class TestWhatsappRpc(MessageCase, RpcCase):
    """Who may, over the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.new_template("Hi {{ object.customer_greeting_name }}")

    def test_customer_users_may(self):
        for who in ("user", "manager"):
            self.login(who)
            ids = self.customer.ids
            url = self.rpc("res.partner", "customer_whatsapp_url", ids)
            self.assertEqual(self.text_of(url), "Hi Zoé Martin")
            self.assertTrue(self.rpc("res.partner", "customer_messages", ids))
            self.assertTrue(self.rpc("res.partner", "action_customer_whatsapp", ids))

    def test_others_may_not(self):
        for who in ("sensitive", "internal", "contacts", "portal"):
            self.login(who)
            ids = self.customer.ids
            for method in (
                "customer_whatsapp_url",
                "customer_messages",
                "action_customer_whatsapp",
            ):
                self.assertRefused(ACCESS, "res.partner", method, ids)
            self.assertRefused(ACCESS, "res.partner", "customer_phone_check", "06")
            self.assertRefused(
                ACCESS, "customer.message.template", "read", self.template.ids
            )
            self.assertRefused(
                ACCESS,
                "customer.message.wizard",
                "create",
                {"res_model": "res.partner", "res_id": self.customer.id},
            )
        self.assertFalse(self.rows())

    def test_messages_are_written_by_managers(self):
        values = {"name": "Mine", "code": "mine", "body": "Mine"}
        self.login("user")
        for method, args in (
            ("create", [values]),
            ("write", [self.template.ids, {"body": "Mine"}]),
            ("unlink", [self.template.ids]),
            ("update_field_translations", [self.template.ids, "body", {"en_US": "x"}]),
        ):
            self.assertRefused(ACCESS, "customer.message.template", method, *args)
        self.login("manager")
        self.assertTrue(self.rpc("customer.message.template", "create", values))
        self.assertRefused(
            "odoo.exceptions.ValidationError",
            "customer.message.template",
            "write",
            self.template.ids,
            {"body": "{{ object.env.cr }}"},
        )

    def test_nobody_renders_other_texts(self):
        """The engine itself stays behind the door."""
        self.login("admin")
        for method in ("_render_text", "_render_template", "_render_message"):
            self.assertRefused(
                SENTENCES, "customer.message.template", method, self.template.ids
            )

    def test_wizard_of_a_document_out_of_reach(self):
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id}
        )
        self.login("user")
        values = {"res_model": "account.move", "res_id": move.id}
        wizard = self.rpc("customer.message.wizard", "create", values)
        self.assertRefused(ACCESS, "customer.message.wizard", "action_open", [wizard])
        self.assertRefused(
            ACCESS, "customer.message.wizard", "read", [wizard], ["text", "number"]
        )
        self.assertRefused(ACCESS, "account.move", "action_customer_whatsapp", move.ids)
        values = {"res_model": "res.users", "res_id": 1}
        wizard = self.rpc("customer.message.wizard", "create", values)
        self.assertRefused(USER, "customer.message.wizard", "action_open", [wizard])
