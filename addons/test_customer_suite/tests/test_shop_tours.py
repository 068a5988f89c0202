from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


@tagged("post_install", "-at_install")
class TestShopTours(PosCustomerHttpCase):
    """Journeys at a till that need more than one module of the suite."""

    def test_money_keeps_its_price(self):
        self._gift_card("gift_card", "Till Gift Card", 50)
        self._gift_card("ewallet", "Till Top-up", 25)
        self.open_till()
        self.run_pos_tour("customer_money_keeps_its_price_tour")

    def _gift_card(self, program_type, name, price):
        product = self.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "available_in_pos": True,
                "type": "service",
                "taxes_id": [Command.clear()],
            }
        )
        programs = self.env["loyalty.program"]
        programs.search([("program_type", "=", program_type)]).active = False
        action = programs.create_from_template(program_type)
        program = programs.browse(action["res_id"])
        program.rule_ids.product_ids = product
        if program_type == "gift_card":
            program.pos_report_print_id = self.env.ref("loyalty.report_gift_card")

    def test_scan_of_cards(self):
        programs = self.env["loyalty.program"]
        programs.search([]).active = False
        action = programs.create_from_template("loyalty")
        program = programs.browse(action["res_id"])
        program.rule_ids.write({"reward_point_mode": "money", "reward_point_amount": 1})
        self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.bo.id, "code": "0440BO1"}
        )
        self.cleo.barcode = "0449CLEO"
        self.open_till()
        self.run_pos_tour("customer_scan_loyalty_tour")

    def test_french(self):
        self.cashier.lang = "fr_FR"
        self.open_till()
        self.run_pos_tour("customer_french_tour")

    def test_terminal_payment_is_never_left_over_in_silence(self):
        self.open_till()
        self.run_pos_tour("customer_terminal_payment_tour")
