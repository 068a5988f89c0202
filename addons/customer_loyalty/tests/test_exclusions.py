from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestExclusions(TransactionCase):
    """Gift cards and top-ups keep their price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = cls.env["customer.type"].create({"name": "Student", "discount": 10})
        cls.pricelist = cls.type.technical_pricelist_ids.filtered(
            lambda p: p.company_id == cls.env.company
        )
        cls.card = cls._card()
        cls.book = cls.env["product.product"].create({"name": "Book", "list_price": 50})

    @classmethod
    def _card(cls):
        return cls.env["product.product"].create(
            {"name": "Card 50", "list_price": 50, "type": "service"}
        )

    def _program(self, program_type, product):
        return self.env["loyalty.program"].create(
            {
                "name": program_type,
                "program_type": program_type,
                "rule_ids": [Command.create({"product_ids": product.ids})],
            }
        )

    def _price(self, product):
        return self.pricelist._get_product_price(product, 1)

    def test_money_is_never_discounted(self):
        for program_type in ("gift_card", "ewallet"):
            with self.subTest(program_type):
                product = self._card()
                self.assertEqual(self._price(product), 45)
                self._program(program_type, product)
                self.assertEqual(self._price(product), 50)
        self.assertEqual(self._price(self.book), 45)

    def test_the_rule_follows_its_product(self):
        program = self._program("gift_card", self.card)
        other = self._card()
        program.rule_ids.product_ids = other
        self.assertEqual(self._price(other), 50)
        self.assertEqual(self._price(self.card), 45)

    def test_a_promotion_excludes_nothing(self):
        self._program("promotion", self.book)
        self.assertEqual(self._price(self.book), 45)
