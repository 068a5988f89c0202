from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PriceCase


@tagged("post_install", "-at_install")
class TestPricelist(PriceCase):
    """The technical lists that carry the discounts, and whom they reach."""

    def technical(self, customer_type):
        return customer_type.with_context(active_test=False).technical_pricelist_ids

    def test_one_list_for_each_company(self):
        companies = self.env["res.company"].search([])
        lists = self.reseller.technical_pricelist_ids
        self.assertEqual(lists.company_id, companies)
        self.assertEqual(len(lists), len(companies))
        self.assertEqual(
            self.list_of(self.reseller)._get_product_price(self.product, 1), 80
        )

    def test_lists_follow_the_type(self):
        technical = self.list_of(self.reseller)
        self.reseller.discount = 25
        self.assertEqual(self.list_of(self.reseller), technical)
        self.assertEqual(technical._get_product_price(self.product, 1), 75)
        self.reseller.name = "Trader"
        self.assertIn("Trader", technical.name)
        self.reseller.discount = 0
        self.assertFalse(technical.active)
        self.assertFalse(self.list_of(self.reseller))
        self.reseller.discount = 5
        self.assertTrue(technical.active)
        self.assertEqual(self.technical(self.reseller).filtered("active"), technical)

    def test_own_list_below_the_discount(self):
        base = self.env["product.pricelist"].create(
            {
                "name": "Base",
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 60})
                ],
            }
        )
        self.reseller.pricelist_id = base
        price = self.list_of(self.reseller)._get_product_price(self.product, 1)
        self.assertEqual(price, 48)
        excluded = self.list_of(self.reseller)._get_product_price(self.excluded, 1)
        self.assertEqual(excluded, 60)
        self.reseller.discount = 0
        self.assertEqual(self.list_of(self.reseller), base)

    def test_new_company(self):
        company = self.new_company()
        self.assertIn(company, self.reseller.technical_pricelist_ids.company_id)
        price = self.list_of(self.reseller, company)._get_product_price(self.product, 1)
        self.assertEqual(price, 80)

    def test_company_of_the_type_and_its_branches(self):
        other = self.new_company()
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.reseller.company_id = self.company
        lists = self.reseller.technical_pricelist_ids
        self.assertIn(branch, lists.company_id)
        self.assertNotIn(other, lists.company_id)
        customer = self.new_customer(
            company_id=self.company.id, customer_type_id=self.reseller.id
        )
        in_branch = customer.with_company(branch).property_product_pricelist
        self.assertEqual(in_branch, self.list_of(self.reseller, branch))

    def test_exclusions(self):
        lists = self.list_of(self.reseller), self.list_of(self.student)
        for pricelist in lists:
            self.assertEqual(pricelist._get_product_price(self.excluded, 1), 50)
        self.excluded.product_tmpl_id.customer_type_excluded = False
        self.assertEqual(lists[0]._get_product_price(self.excluded, 1), 40)
        parent = self.env["product.category"].create(
            {"name": "Vouchers", "customer_type_excluded": True}
        )
        child = self.env["product.category"].create(
            {"name": "Top-ups", "parent_id": parent.id}
        )
        self.excluded.categ_id = child
        self.assertEqual(lists[0]._get_product_price(self.excluded, 1), 50)
        parent.customer_type_excluded = False
        self.assertEqual(lists[0]._get_product_price(self.excluded, 1), 40)

    def test_archived_and_deleted_type(self):
        technical = self.reseller.technical_pricelist_ids
        self.reseller.active = False
        self.assertFalse(any(technical.mapped("active")))
        self.reseller.active = True
        self.assertTrue(all(technical.mapped("active")))
        self.reseller.unlink()
        self.assertTrue(technical.exists())
        self.assertFalse(any(technical.mapped("active")))

    def test_deleting_a_technical_list(self):
        technical = self.list_of(self.reseller)
        with self.refused(UserError, technical.name, "Reseller"):
            technical.unlink()

    def test_settings_cannot_switch_lists_off(self):
        settings = self.env["res.config.settings"].create(
            {"group_product_pricelist": False}
        )
        with self.refused(UserError, "Price lists"):
            settings.execute()
        self.assertTrue(self.list_of(self.reseller).active)

    def test_settings_without_types_that_give_prices(self):
        (self.reseller | self.student | self.staff).discount = 0
        self.types.search([("discount", ">", 0)]).discount = 0
        self.types.search([("pricelist_id", "!=", False)]).pricelist_id = False
        settings = self.env["res.config.settings"].create(
            {"group_product_pricelist": False}
        )
        settings.execute()

    # -- whom a list reaches ---------------------------------------------------------

    def test_no_fallback_for_others(self):
        lists = self.env["product.pricelist"].search([("customer_type_id", "=", False)])
        lists.active = False
        nobody = self.partners.create({"name": "No customer"})
        self.assertFalse(nobody.property_product_pricelist)
        self.assertFalse(self.new_customer().property_product_pricelist)

    def test_type_gives_its_list(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        technical = self.list_of(self.reseller)
        self.assertEqual(customer.property_product_pricelist, technical)
        customer.customer_type_id = self.default_type
        self.assertNotEqual(customer.property_product_pricelist, technical)

    def test_contact_and_address_get_the_list_of_the_company(self):
        company = self.new_customer(
            "Co", is_company=True, customer_type_id=self.reseller.id
        )
        children = self.partners.create(
            [
                {"name": "Ann", "parent_id": company.id},
                {"name": "Home", "parent_id": company.id, "type": "delivery"},
            ]
        )
        for child in children:
            self.assertEqual(
                child.property_product_pricelist, self.list_of(self.reseller)
            )

    def test_form_does_not_copy_the_list(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        with Form(customer) as form:
            form.name = "Renamed"
            form.country_id = self.env.ref("base.fr")
        self.assertFalse(customer.specific_property_product_pricelist)
        with Form(customer) as form:
            form.customer_type_id = self.student
        self.assertFalse(customer.specific_property_product_pricelist)
        self.assertEqual(
            customer.property_product_pricelist, self.list_of(self.student)
        )
        customer.property_product_pricelist = self.list_of(self.student)
        self.assertFalse(customer.specific_property_product_pricelist)

    def test_create_does_not_copy_the_list(self):
        for customer_type in (self.reseller, self.default_type):
            customer = self.new_customer(
                customer_type_id=customer_type.id,
                property_product_pricelist=self.list_of(self.reseller).id,
            )
            self.assertFalse(customer.specific_property_product_pricelist)

    def test_own_list_wins(self):
        own = self.env["product.pricelist"].create({"name": "Own"})
        customer = self.new_customer(customer_type_id=self.reseller.id)
        customer.property_product_pricelist = own
        self.assertEqual(customer.property_product_pricelist, own)
        own.active = False
        self.env.invalidate_all()
        self.assertEqual(
            customer.property_product_pricelist, self.list_of(self.reseller)
        )

    def test_type_wins_over_the_country(self):
        group = self.env["res.country.group"].create(
            {"name": "G", "country_ids": [Command.link(self.env.ref("base.fr").id)]}
        )
        of_country = self.env["product.pricelist"].create(
            {"name": "French", "country_group_ids": [Command.link(group.id)]}
        )
        customer = self.new_customer(country_id=self.env.ref("base.fr").id)
        self.assertEqual(customer.property_product_pricelist, of_country)
        customer.customer_type_id = self.reseller
        self.assertEqual(
            customer.property_product_pricelist, self.list_of(self.reseller)
        )

    # -- lines of customer invoices --------------------------------------------------

    def line(self, customer, product=None, move_type="out_invoice", **values):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": customer.id,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": (product or self.product).id, **values}
                    )
                ],
            }
        )
        return move.invoice_line_ids

    def test_invoice_line(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        self.assertEqual(self.line(customer).price_unit, 80)
        self.assertEqual(self.line(customer, self.excluded).price_unit, 50)
        self.assertEqual(self.line(customer, price_unit=12.5).price_unit, 12.5)
        self.assertEqual(self.line(self.new_customer("N")).price_unit, 100)

    def test_invoice_line_of_a_bill(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        self.product.standard_price = 33
        self.assertEqual(self.line(customer, move_type="in_invoice").price_unit, 33)

    def test_invoice_line_in_full_discount(self):
        self.reseller.discount = 100
        customer = self.new_customer(customer_type_id=self.reseller.id)
        self.assertEqual(self.line(customer).price_unit, 0)

    def test_invoice_line_in_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        customer = self.new_customer(customer_type_id=self.reseller.id)
        line = self.line(customer, product_uom_id=dozen.id)
        self.assertAlmostEqual(line.price_unit, 960)

    def test_invoice_line_in_another_currency(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "t",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2.0})],
            }
        )
        customer = self.new_customer(customer_type_id=self.reseller.id)
        with Form(
            self.env["account.move"].with_context(default_move_type="out_invoice")
        ) as form:
            form.partner_id = customer
            form.currency_id = currency
            with form.invoice_line_ids.new() as line:
                line.product_id = self.product
        self.assertAlmostEqual(form.record.invoice_line_ids.price_unit, 160)

    def test_invoice_line_with_tax_included_and_a_position(self):
        taxes = self.env["account.tax"].create(
            [
                {"name": f"T{amount}", "amount": amount, "price_include_override": mode}
                for amount, mode in ((25, "tax_included"), (0, "tax_excluded"))
            ]
        )
        position = self.env["account.fiscal.position"].create({"name": "Export"})
        taxes[1].write(
            {
                "fiscal_position_ids": [Command.link(position.id)],
                "original_tax_ids": [Command.link(taxes[0].id)],
            }
        )
        self.product.taxes_id = taxes[0]
        customer = self.new_customer(customer_type_id=self.reseller.id)
        self.assertEqual(self.line(customer).price_unit, 80)
        customer.property_account_position_id = position
        line = self.line(customer)
        self.assertEqual(line.tax_ids, taxes[1])
        self.assertEqual(line.price_unit, 64)

    def test_invoice_line_of_an_expired_type(self):
        yesterday = fields.Date.today() - relativedelta(days=2)
        customer = self.new_customer(
            customer_type_id=self.student.id, customer_type_until=yesterday
        )
        self.assertEqual(self.line(customer).price_unit, 100)

    def test_reversal_keeps_the_price(self):
        customer = self.new_customer(customer_type_id=self.reseller.id)
        invoice = self.line(customer).move_id
        invoice.action_post()
        self.reseller.discount = 50
        customer.customer_type_id = self.default_type
        credit = invoice._reverse_moves()
        lines = credit.invoice_line_ids.filtered("product_id")
        self.assertEqual(lines.price_unit, 80)
        self.assertEqual(credit.amount_total, 80)
