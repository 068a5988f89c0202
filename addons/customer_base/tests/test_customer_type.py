from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCustomerType(CustomerCase):
    """What a type refuses, whom it is given to, and for how long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.as_user = cls.partners.with_user(cls.user)
        cls.today = fields.Date.context_today(cls.partners)

    # -- bad input ------------------------------------------------------------------

    def test_two_defaults(self):
        with self.refused(ValidationError, self.default_type.name, "Second"):
            self.types.create({"name": "Second", "is_default": True})
        with self.refused(ValidationError, self.default_type.name, "Student"):
            self.reseller.is_default = False
            self.student.write({"is_default": True, "proof_required": False})

    def test_no_default(self):
        with self.refused(ValidationError, "Make default"):
            self.default_type.is_default = False
        company = self.new_company()
        with self.refused(ValidationError):
            self.default_type.company_id = company

    def test_default_of_a_company_beside(self):
        company = self.new_company()
        own = self.types.create(
            {"name": "Locals", "is_default": True, "company_id": company.id}
        )
        self.assertEqual(self.types._get_default(company), own)
        self.assertEqual(self.types._get_default(self.company), self.default_type)
        with self.refused(ValidationError, "Locals", "Third"):
            self.types.create(
                {"name": "Third", "is_default": True, "company_id": company.id}
            )
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": company.id}
        )
        self.assertEqual(self.types._get_default(branch), own)

    def test_discount_out_of_bounds(self):
        for discount in (-1, 101, 100.01):
            with self.refused(ValidationError, "Reseller", f"{discount:g}"):
                self.reseller.discount = discount
            with self.refused(ValidationError, "Too Much"):
                self.types.create({"name": "Too Much", "discount": discount})
        self.reseller.discount = 100
        self.reseller.discount = 0

    def test_pricelist_of_another_company(self):
        company = self.new_company()
        foreign = self.env["product.pricelist"].create(
            {"name": "Foreign List", "company_id": company.id}
        )
        with self.refused(UserError, "Foreign List"):
            self.reseller.pricelist_id = foreign
        with self.refused(UserError, "Foreign List"):
            self.reseller.write(
                {"company_id": self.company.id, "pricelist_id": foreign.id}
            )

    def test_pricelist_of_another_currency(self):
        currency = self.env["res.currency"].create({"name": "TST", "symbol": "t"})
        foreign = self.env["product.pricelist"].create(
            {"name": "Foreign Money", "currency_id": currency.id}
        )
        with self.refused(ValidationError, "Foreign Money", "TST"):
            self.reseller.pricelist_id = foreign

    def test_technical_pricelist(self):
        technical = self.student.technical_pricelist_ids[:1]
        with self.refused(ValidationError, technical.name, "Reseller"):
            self.reseller.pricelist_id = technical

    def test_fiscal_position_needs_company(self):
        self.new_company()
        position = self.env["account.fiscal.position"].create({"name": "Exempt"})
        with self.refused(UserError, "Exempt"):
            self.reseller.fiscal_position_id = position
        self.reseller.write(
            {"company_id": self.company.id, "fiscal_position_id": position.id}
        )
        self.assertEqual(self.reseller.fiscal_position_id, position)

    def test_proof_without_term(self):
        with self.refused(ValidationError, "Student"):
            self.student.proof_months = 0

    def test_default_neither_reserved_nor_with_proof_nor_archived(self):
        for vals in (
            {"is_reserved": True},
            {"proof_required": True},
            {"active": False},
        ):
            with self.refused(ValidationError, self.default_type.name):
                self.default_type.write(vals)

    def test_delete_type_in_use(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        with self.refused(UserError, "Reseller", "1"):
            self.reseller.unlink()
        customer.action_archive()
        with self.refused(UserError, "Reseller"):
            self.reseller.unlink()
        customer.customer_type_id = self.default_type
        self.reseller.unlink()
        self.assertFalse(self.reseller.exists())

    def test_delete_default(self):
        with self.refused(UserError, self.default_type.name):
            self.default_type.unlink()

    def test_duplicate_code_of_types(self):
        with self.refused(ValidationError, "Student", "t-student", "Copycat"):
            self.types.create({"name": "Copycat", "code": "t-student"})
        with self.refused(ValidationError, "Student", "Reseller"):
            self.reseller.code = " T-STUDENT "
        self.student.active = False
        with self.refused(ValidationError, "Student"):
            self.reseller.code = "t-Student"

    def test_code_with_wildcards_is_no_duplicate(self):
        self.types.create({"name": "Any", "code": "%"})
        self.types.create({"name": "One", "code": "T_STUDENT"})

    def test_empty_codes(self):
        types = self.types.create(
            [{"name": "A", "code": ""}, {"name": "B", "code": " "}]
        )
        self.assertEqual(types.mapped("code"), [False, False])

    def test_type_of_a_company_on_a_shared_customer(self):
        customer = self.new_customer("Shared Customer")
        company = self.new_company()
        local = self.types.create({"name": "Local", "company_id": company.id})
        with self.refused(ValidationError, "Local", "Second Shop", "Shared Customer"):
            customer.customer_type_id = local
        customer.write({"customer_type_id": local.id, "company_id": company.id})
        with self.refused(ValidationError, "Local"):
            customer.company_id = False

    def test_type_in_use_by_others_moves_to_no_company(self):
        self.new_customer(customer_type_id=self.reseller.id)
        with self.refused(ValidationError, "Reseller"):
            self.reseller.company_id = self.company

    # -- comforts -------------------------------------------------------------------

    def test_make_default(self):
        self.reseller.action_make_default()
        self.assertTrue(self.reseller.is_default)
        self.assertFalse(self.default_type.is_default)
        self.assertEqual(self.new_customer().customer_type_id, self.reseller)

    def test_make_default_is_for_managers(self):
        with self.refused(AccessError):
            self.reseller.with_user(self.user).action_make_default()
        self.reseller.with_user(self.manager).action_make_default()
        with self.refused(ValidationError, "Staff"):
            self.staff.with_user(self.manager).action_make_default()

    def test_copy_of_a_type(self):
        copy = self.default_type.copy()
        self.assertFalse(copy.is_default)
        self.assertFalse(copy.code)
        self.assertNotEqual(copy.name, self.default_type.name)
        discounted = self.reseller.copy()
        self.assertEqual(discounted.discount, 20)
        self.assertTrue(discounted.technical_pricelist_ids)
        self.assertFalse(
            discounted.technical_pricelist_ids & self.reseller.technical_pricelist_ids
        )

    def test_form_of_a_type(self):
        with Form(self.types.with_user(self.manager)) as form:
            form.name = "Neighbours"
            form.discount = 5
        self.assertTrue(form.record.effective_pricelist_id)
        self.assertEqual(form.record.label, "Neighbours −5\u202f%")

    # -- reserved types -------------------------------------------------------------

    def test_reserved_given_by_user(self):
        customer = self.new_customer()
        with self.refused(AccessError, "Staff"):
            customer.with_user(self.user).customer_type_id = self.staff
        with self.refused(AccessError, "Staff"):
            self.as_user.create({"name": "X", "customer_type_id": self.staff.id})
        with self.refused(AccessError, "Staff"):
            self.as_user.with_context(default_customer_type_id=self.staff.id).create(
                {"name": "X"}
            )
        with self.refused(AccessError, "Staff"):
            self.as_user.with_context(
                default_customer_type_id=self.staff.id
            ).name_create("X")
        with self.refused(AccessError, "Staff"):
            self.as_user.customer_upsert(
                {"name": "X", "customer_type_id": self.staff.id},
                "5f1e4ab6-5a5c-4d52-9a5e-6f8f3c8d1d11",
            )
        self.assertFalse(
            self.partners.search([("customer_type_id", "=", self.staff.id)])
        )

    def test_reserved_by_import_of_user(self):
        rows = ["name", "customer_type_id"], [["Imported", "Staff"]]
        with self.refused(AccessError):
            self.as_user.load(*rows)
        self.assertFalse(self.partners.search([("name", "=", "Imported")]))
        self.partners.with_user(self.manager).load(*rows)
        imported = self.partners.search([("name", "=", "Imported")])
        self.assertEqual(imported.customer_type_id, self.staff)

    def test_reserved_taken_by_user(self):
        customer = self.new_customer(customer_type_id=self.staff.id)
        for value in (self.student.id, False):
            with self.refused(AccessError, "Staff"):
                customer.with_user(self.user).customer_type_id = value
        customer.with_user(self.user).email = "kept@example.com"
        # a form sends back what it was shown
        customer.with_user(self.user).write(
            {"customer_type_id": self.staff.id, "email": "again@example.com"}
        )

    def test_reserved_prolonged_by_user(self):
        self.staff.write({"proof_required": True, "proof_months": 1})
        customer = self.new_customer(customer_type_id=self.staff.id)
        with self.refused(AccessError, "Staff"):
            customer.with_user(self.user).customer_type_until = "2099-12-31"
        with self.refused(AccessError, "Staff"):
            customer.with_user(self.user).customer_renew_type()
        customer.with_user(self.manager).customer_renew_type()

    def test_reserved_on_one_of_several(self):
        plain, staff = self.new_customer("P"), self.new_customer("S")
        staff.customer_type_id = self.staff
        with self.refused(AccessError, "Staff"):
            (plain + staff).with_user(self.user).customer_type_id = self.student
        with self.refused(AccessError, "Staff"):
            (plain + staff).with_user(self.user).customer_type_id = self.staff

    def test_reserved_by_a_company(self):
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.staff.id
        )
        customer = self.new_customer()
        with self.refused(AccessError, "Staff"):
            customer.with_user(self.user).parent_id = company
        with self.refused(AccessError, "Staff"):
            self.as_user.create({"name": "X", "parent_id": company.id})
        # by commands of the company: test_access, over RPC, where the user is the user
        self.assertEqual(customer.customer_type_id, self.default_type)
        address = self.as_user.create(
            {"name": "Home", "parent_id": company.id, "type": "delivery"}
        )
        self.assertTrue(address)
        customer.with_user(self.manager).parent_id = company
        self.assertEqual(customer.customer_type_id, self.staff)

    def test_reserved_in_two_steps(self):
        """What is no customer yet cannot be prepared to be one of the staff."""
        contacts = self.new_user(
            "contacts", "base.group_user,base.group_partner_manager"
        )
        partners = self.partners.with_user(contacts)
        with self.refused(AccessError, "Staff"):
            partners.with_context(default_customer_type_id=self.staff.id).create(
                {"name": "X", "is_customer": False}
            )
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.staff.id
        )
        address = self.as_user.create(
            {"name": "Home", "parent_id": company.id, "type": "delivery"}
        )
        for vals in (
            {"type": "contact"},
            {"parent_id": False},
            {"parent_id": False, "type": "contact", "is_customer": True},
        ):
            with self.refused(AccessError, "Staff"):
                address.write(vals)
        branch = self.as_user.create({"name": "Branch", "is_company": True})
        branch.parent_id = company
        with self.refused(AccessError, "Staff"):
            branch.is_company = False

    def test_reserved_taken_from_a_company_by_its_contact(self):
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.staff.id
        )
        contact = self.new_customer("Ann", parent_id=company.id)
        with self.refused(AccessError, "Staff"):
            contact.with_user(self.user).customer_type_id = self.student
        with self.refused(AccessError, "Staff"):
            self.as_user.create(
                {
                    "name": "X",
                    "parent_id": company.id,
                    "customer_type_id": self.student.id,
                }
            )
        self.assertEqual(company.customer_type_id, self.staff)

    def test_reserved_by_copy(self):
        customer = self.new_customer(customer_type_id=self.staff.id)
        with self.refused(AccessError, "Staff"):
            customer.with_user(self.user).copy()
        self.assertEqual(
            customer.with_user(self.manager).copy().customer_type_id, self.staff
        )

    def test_reserved_by_contact_manager_without_our_groups(self):
        contacts = self.new_user(
            "contacts", "base.group_user,base.group_partner_manager"
        )
        customer = self.new_customer()
        with self.refused(AccessError, "Staff"):
            customer.with_user(contacts).customer_type_id = self.staff
        customer.with_user(contacts).customer_type_id = self.student

    def test_reserved_by_manager(self):
        customer = self.new_customer()
        customer.with_user(self.manager).customer_type_id = self.staff
        self.assertEqual(customer.customer_type_id, self.staff)

    # -- proof ----------------------------------------------------------------------

    def test_until_is_set_by_itself(self):
        until = self.today + relativedelta(months=12)
        created = self.new_customer(customer_type_id=self.student.id)
        changed = self.new_customer()
        changed.customer_type_id = self.student
        by_default = self.partners.with_context(
            default_customer_type_id=self.student.id
        ).create({"name": "D", "is_customer": True})
        by_user = self.as_user.create(
            {"name": "U", "customer_type_id": self.student.id}
        )
        for customer in (created, changed, by_default, by_user):
            self.assertEqual(customer.customer_type_until, until)
        changed.customer_type_id = self.reseller
        self.assertFalse(changed.customer_type_until)

    def test_until_by_hand_is_kept(self):
        customer = self.new_customer(
            customer_type_id=self.student.id, customer_type_until="2030-06-30"
        )
        self.assertEqual(str(customer.customer_type_until), "2030-06-30")
        customer.write(
            {"customer_type_id": self.student.id, "customer_type_until": "2031-06-30"}
        )
        self.assertEqual(str(customer.customer_type_until), "2031-06-30")
        customer.name = "Other"
        self.assertEqual(str(customer.customer_type_until), "2031-06-30")

    def test_renew(self):
        customer = self.new_customer(
            customer_type_id=self.student.id,
            customer_type_until=self.today - relativedelta(days=1),
        )
        self.assertTrue(customer.customer_type_expired)
        until = customer.with_user(self.user).customer_renew_type()
        self.assertEqual(until, str(self.today + relativedelta(months=12)))
        self.assertFalse(customer.customer_type_expired)
        row = self.env["customer.journal"].search(
            [("subject_uuid", "=", customer.customer_uuid)]
        )
        self.assertEqual(row.mapped("event"), ["type_renewed"])
        self.assertEqual(row.user_ref, self.user.id)

    def test_renew_at_a_contact_renews_the_company(self):
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.student.id
        )
        contact = self.new_customer("Ann", parent_id=company.id)
        company.customer_type_until = self.today - relativedelta(days=1)
        contact.with_user(self.user).customer_renew_type()
        self.assertGreater(company.customer_type_until, self.today)
        self.assertEqual(contact.customer_type_until, company.customer_type_until)

    def test_renew_without_proof(self):
        with self.refused(ValidationError, "Reseller"):
            self.new_customer(customer_type_id=self.reseller.id).customer_renew_type()

    def test_expired_counts_as_default_at_once(self):
        customer = self.new_customer(customer_type_id=self.student.id)

        def effective():
            return customer._get_effective_customer_types(self.company)[customer]

        self.assertEqual(effective(), self.student)
        customer.customer_type_until = self.today
        self.assertEqual(effective(), self.student)
        customer.customer_type_until = self.today - relativedelta(days=1)
        self.assertEqual(effective(), self.default_type)
        self.assertNotEqual(
            customer.property_product_pricelist,
            self.student._effective_pricelists(self.company)[self.student.id],
        )

    def test_cron(self):
        yesterday = self.today - relativedelta(days=1)
        values = {"customer_type_id": self.student.id, "is_customer": True}
        expired = self.partners.create(
            [
                dict(values, name=f"E{i}", customer_type_until=yesterday)
                for i in range(3)
            ]
        )
        valid = self.new_customer(**values, customer_type_until=self.today)
        company = self.new_customer(
            "Co", is_company=True, customer_type_until=yesterday, **values
        )
        contact = self.new_customer("Ann", parent_id=company.id)
        contact_type = contact.customer_type_id
        self.assertEqual(contact_type, self.student)
        cron = self.env.ref("customer_base.customer_type_cron_expire")
        self.registry["res.partner"]._cron_customer_type_expire.__globals__.update(
            _CRON_BATCH=2
        )
        self.addCleanup(
            self.registry["res.partner"]._cron_customer_type_expire.__globals__.update,
            _CRON_BATCH=500,
        )
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        for partner in expired + company + contact:
            self.assertEqual(partner.customer_type_id, self.default_type)
            self.assertFalse(partner.customer_type_until)
            self.assertEqual(partner.customer_former_type_id, self.student)
            self.assertTrue(partner.customer_type_expired)
        expired[0].customer_renew_type()
        self.assertEqual(expired[0].customer_type_id, self.student)
        self.assertFalse(expired[0].customer_former_type_id)
        self.assertFalse(expired[0].customer_type_expired)
        contact.customer_renew_type()
        self.assertEqual(company.customer_type_id, self.student)
        expired[1].customer_type_id = self.reseller
        self.assertFalse(expired[1].customer_former_type_id)
        self.assertEqual(valid.customer_type_id, self.student)
        self.assertEqual(valid.customer_type_until, self.today)

    def test_archived_type_counts_as_default(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        self.reseller.active = False
        types = customer._get_effective_customer_types(self.company)
        self.assertEqual(types[customer], self.default_type)
