import json
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import float_round

CASES_PARAMETER = "test_customer_suite.price_cases"
RESULT_PARAMETER = "test_customer_suite.price_result"


@tagged("post_install", "-at_install")
class TestPriceTable(HttpCase):
    """The till and the sales order agree to the cent, whatever gives the price.

    Each till runs the whole table in a real browser: every customer with every product,
    as typed, after the customer was changed twice, with a price typed by hand, as a
    refund, and with the network cut. What each price must be comes from a sales order.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.lang = "en_US"
        cls.company = cls.env.company
        cls.tomorrow = fields.Date.context_today(cls.admin) + timedelta(days=1)
        cls._set_up_lists()
        cls._set_up_types()
        cls._set_up_customers()
        cls.products = cls._create_products(cls.company)
        cls.journal = cls.env["account.journal"].create(
            {"name": "Price cash", "type": "cash", "code": "PCSH"}
        )

    @classmethod
    def _set_up_lists(cls):
        cls.own, cls.partner_list, cls.till_list, cls.preset_list = cls.env[
            "product.pricelist"
        ].create(
            [
                {"name": name, "item_ids": [Command.create(rule)]}
                for name, rule in (
                    # rounded: core's order rounds no unit price and core's till does
                    (
                        "Reseller",
                        {
                            "compute_price": "formula",
                            "price_discount": 12.5,
                            "price_round": 0.01,
                        },
                    ),
                    ("Mine", {"compute_price": "percentage", "percent_price": 33}),
                    ("Happy hour", {"compute_price": "percentage", "percent_price": 5}),
                    ("Takeaway", {"compute_price": "percentage", "percent_price": 7}),
                )
            ]
        )

    @classmethod
    def _set_up_types(cls):
        cls.student, cls.reseller, cls.both, cls.proof = cls.env[
            "customer.type"
        ].create(
            [
                {"name": "Student", "discount": 10},
                {"name": "Reseller", "pricelist_id": cls.own.id},
                {"name": "Partner", "pricelist_id": cls.own.id, "discount": 7.77},
                {"name": "Proof", "discount": 15, "proof_required": True},
            ]
        )

    @classmethod
    def _set_up_customers(cls):
        partners = cls.env["res.partner"]
        values = {
            "student": {"customer_type_id": cls.student.id},
            "reseller": {"customer_type_id": cls.reseller.id},
            "both": {"customer_type_id": cls.both.id},
            "proof": {
                "customer_type_id": cls.proof.id,
                "customer_type_until": cls.tomorrow,
            },
            "own list": {
                "customer_type_id": cls.student.id,
                "specific_property_product_pricelist": cls.partner_list.id,
            },
        }
        cls.customers = {
            name: partners.create({"name": name, "is_customer": True, **vals})
            for name, vals in values.items()
        }
        company = partners.create(
            {
                "name": "Company",
                "is_company": True,
                "is_customer": True,
                "customer_type_id": cls.both.id,
            }
        )
        cls.customers["contact"] = partners.create(
            {"name": "contact", "parent_id": company.id, "is_customer": True}
        )

    @classmethod
    def _create_products(cls, company):
        env = cls.env(context=dict(cls.env.context, allowed_company_ids=company.ids))
        included, excluded = env["account.tax"].create(
            [
                {
                    "name": "20 % included",
                    "amount": 20,
                    "price_include_override": "tax_included",
                    "company_id": company.id,
                },
                {"name": "5.5 %", "amount": 5.5, "company_id": company.id},
            ]
        )
        plain, odd, money, extra, card = env["product.template"].create(
            [
                {
                    "name": name,
                    "list_price": price,
                    "available_in_pos": True,
                    "company_id": company.id,
                    "taxes_id": [Command.set(taxes.ids)],
                    "customer_type_excluded": name == "Deposit",
                }
                for name, price, taxes in (
                    ("Plain", 19.99, included),
                    ("Odd", 3.33, excluded),
                    ("Deposit", 0.25, included),
                    ("Extra", 47.5, included),
                    ("Gift", 50, included),
                )
            ]
        )
        cls._set_up_attributes(extra)
        programs = env["loyalty.program"]
        action = programs.create_from_template("gift_card")
        program = programs.browse(action["res_id"])
        program.rule_ids.product_ids = card.product_variant_ids
        program.pos_report_print_id = env.ref("loyalty.report_gift_card")
        return (plain | odd | money | extra | card).with_env(cls.env)

    @classmethod
    def _set_up_attributes(cls, template):
        """A size that is a variant of its own and an engraving that is not."""
        attributes = cls.env["product.attribute"].create(
            [
                {
                    "name": name,
                    "create_variant": variant,
                    "value_ids": [Command.create({"name": value}) for value in values],
                }
                for name, variant, values in (
                    ("Size", "always", ("S", "L")),
                    ("Engraving", "no_variant", ("None", "Gold")),
                )
            ]
        )
        template.attribute_line_ids = [
            Command.create(
                {
                    "attribute_id": attribute.id,
                    "value_ids": [Command.set(attribute.value_ids.ids)],
                }
            )
            for attribute in attributes
        ]
        for line, extra in zip(template.attribute_line_ids, (2.5, 3.1), strict=True):
            line.product_template_value_ids[-1].price_extra = extra

    # -- what the sales order says ---------------------------------------------------

    def _expected(self, partner, company):
        """Prices and total of a sales order with one line for each product."""
        orders = self.env["sale.order"].with_company(company)
        order = orders.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": template.product_variant_ids[-1].id,
                            "product_uom_qty": 3,
                            "product_no_variant_attribute_value_ids": [
                                Command.set(self._no_variant(template).ids)
                            ],
                        }
                    )
                    for template in self.products
                ],
            }
        )
        prices = {
            line.product_template_id.name: float_round(
                line.price_unit * (1 - line.discount / 100), precision_digits=2
            )
            for line in order.order_line
        }
        return prices, order.amount_total

    def _chosen(self, template):
        """The last value of each attribute, which costs extra."""
        lines = template.attribute_line_ids
        return lines.browse().product_template_value_ids.union(
            *(line.product_template_value_ids[-1] for line in lines)
        )

    def _no_variant(self, template):
        return self._chosen(template).filtered(
            lambda value: value.attribute_id.create_variant == "no_variant"
        )

    # -- what the till says ----------------------------------------------------------

    def _create_config(self, company=None, journal=None, **values):
        company = company or self.company
        env = self.env(context=dict(self.env.context, allowed_company_ids=company.ids))
        method = env["pos.payment.method"].create(
            {
                "name": "Price cash",
                "journal_id": (journal or self.journal).id,
                "company_id": company.id,
            }
        )
        return env["pos.config"].create(
            {
                "name": "Price till",
                "company_id": company.id,
                "payment_method_ids": [Command.set(method.ids)],
                **values,
            }
        )

    def _run_table(self, config, customers, company=None):
        """Run the table in the browser.

        :return: dict of customer name to what the till computed
        """
        company = company or self.company
        # sudo: the way into the browser and back
        parameters = self.env["ir.config_parameter"].sudo()
        cases = {
            "customers": {name: partner.id for name, partner in customers.items()},
            "products": [
                {
                    "template": template.id,
                    "values": self._chosen(template).ids,
                    "extra": sum(self._no_variant(template).mapped("price_extra")),
                }
                for template in self.products
            ],
            "proof": customers["proof"].id if "proof" in customers else False,
        }
        parameters.set_param(CASES_PARAMETER, json.dumps(cases))
        parameters.set_param(RESULT_PARAMETER, "")
        self.admin.company_ids |= company
        self.admin.company_id = company
        config.with_user(self.admin).with_company(company).open_ui()
        config.current_session_id.set_opening_control(0, None)
        self.start_tour(
            f"/pos/ui/{config.id}", "customer_price_table_tour", login="admin"
        )
        return json.loads(parameters.get_param(RESULT_PARAMETER))

    def _compare(self, result, customers, company=None):
        company = company or self.company
        for name, partner in customers.items():
            prices, total = self._expected(partner, company)
            for way in ("picked", "changed", "offline"):
                with self.subTest(customer=name, way=way):
                    self.assertEqual(result[name][way]["prices"], prices)
                    self.assertAlmostEqual(result[name][way]["total"], total, places=2)
            with self.subTest(customer=name, way="manual and refund"):
                self.assertEqual(result[name]["manual"], 1.23)
                self.assertEqual(result[name]["refund"], 4.56)

    def _check_expired(self, result, plain, deposit):
        """Two days later the till has ended the proof by itself, the network cut."""
        self.assertEqual(result["proof"]["expired"]["Plain"], plain)
        self.assertEqual(result["proof"]["expired"]["Deposit"], deposit)

    # -- the table -------------------------------------------------------------------

    def test_till_without_price_lists(self):
        config = self._create_config()
        self.assertFalse(config.use_pricelist)
        result = self._run_table(config, self.customers)
        # the customer's own list is not at this till: core's rule, and the till's price
        own = result.pop("own list")
        self.assertEqual(own["picked"]["prices"]["Plain"], 19.99)
        self._compare(result, {name: self.customers[name] for name in result})
        self._check_expired(result, 19.99, 0.25)

    def test_till_with_other_price_lists(self):
        config = self._create_config(
            use_pricelist=True,
            pricelist_id=self.till_list.id,
            available_pricelist_ids=[
                Command.set((self.till_list | self.partner_list).ids)
            ],
        )
        result = self._run_table(config, self.customers)
        self._compare(result, self.customers)
        self._check_expired(result, 18.99, 0.24)

    def test_preset_wins(self):
        preset = self.env["pos.preset"].create(
            {"name": "Takeaway", "pricelist_id": self.preset_list.id}
        )
        config = self._create_config(
            use_presets=True,
            default_preset_id=preset.id,
            available_preset_ids=[Command.set(preset.ids)],
        )
        result = self._run_table(config, self.customers)
        guest = self.env["res.partner"].create(
            {
                "name": "guest",
                "specific_property_product_pricelist": self.preset_list.id,
            }
        )
        prices, _total = self._expected(guest, self.company)
        for name in self.customers:
            with self.subTest(customer=name):
                self.assertEqual(result[name]["picked"]["prices"], prices)

    def test_shared_customer_in_another_company(self):
        other = self.env["res.company"].create({"name": "Second shop"})
        self.env["account.chart.template"].try_loading("generic_coa", company=other)
        self.env.user.company_ids |= other
        self.env["customer.type"].create(
            {
                "name": "Customers of the second shop",
                "company_id": other.id,
                "is_default": True,
                "discount": 2,
            }
        )
        self.products = self._create_products(other)
        journal = self.env["account.journal"].create(
            {"name": "Second", "type": "cash", "code": "SEC", "company_id": other.id}
        )
        config = self._create_config(company=other, journal=journal)
        shared = self.env["res.partner"].create({"name": "shared", "is_customer": True})
        customers = {"student": self.customers["student"], "shared": shared}
        result = self._run_table(config, customers, company=other)
        self._compare(result, customers, company=other)
        self.assertEqual(result["shared"]["picked"]["prices"]["Plain"], 19.59)
