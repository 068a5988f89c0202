from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.customer_base.tests.common import PASSWORD
from odoo.addons.customer_loyalty.tests.common import LoyaltyCommon

SELLER = "points_seller"
SALE_MANAGER = "points_sale_manager"


class SaleLoyaltyCommon(LoyaltyCommon):
    """A programme that gives a point for each euro, and plain salespeople."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # whatever else the database offers must give nothing here
        cls.programs.search([]).active = False
        cls.seller = cls.new_seller(SELLER, "sales_team.group_sale_salesman")
        cls.product = cls.new_product("Chair", 100)
        cls.other_product = cls.new_product("Lamp", 50)
        cls.program = cls.new_program("Bonus", rule_ids=[cls.rule(cls.product)])
        cls.reward = cls.program.reward_ids

    @classmethod
    def new_seller(cls, login, groups):
        return new_test_user(cls.env, login, groups=groups, password=PASSWORD)

    @classmethod
    def new_product(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "taxes_id": False,
                "type": "service",
                "invoice_policy": "order",
                **values,
            }
        )

    @classmethod
    def rule(cls, product, **values):
        return Command.create(
            {
                "reward_point_mode": "money",
                "reward_point_amount": 1,
                "product_ids": product.ids,
                **values,
            }
        )

    def new_gift_program(self, product):
        """Each ``product`` that is sold is a gift card of its price."""
        return self.new_program(
            "Gift cards",
            "gift_card",
            rule_ids=[self.rule(product, reward_point_split=True)],
            reward_ids=[
                Command.create(
                    {"required_points": 1, "discount": 1, "discount_mode": "per_point"}
                )
            ],
        )

    def order(self, product=None, quantity=1, user=None, **values):
        """A quotation of a plain salesperson."""
        orders = self.env["sale.order"].with_user(user or self.seller)
        line = {
            "product_id": (product or self.product).id,
            "product_uom_qty": quantity,
        }
        return orders.create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    def confirmed(self, *args, **values):
        order = self.order(*args, **values)
        order.action_confirm()
        return order

    def card_of(self, program=None, customer=None):
        return self.env["loyalty.card"].search(
            [
                ("program_id", "=", (program or self.program).id),
                ("partner_id", "=", (customer or self.customer).id),
            ]
        )

    def spend(self, order, reward=None):
        """Choose a reward in the window of the order."""
        order._update_programs_and_rewards()
        wizard = (
            self.env["sale.loyalty.reward.wizard"]
            .with_user(order.env.user)
            .with_context(active_id=order.id)
            .create({"selected_reward_id": (reward or self.reward).id})
        )
        wizard.action_apply()
        return order.order_line.filtered("reward_id")
