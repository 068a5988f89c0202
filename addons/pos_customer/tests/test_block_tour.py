from odoo.tests import tagged

from .common_block import BlockHttpCase


@tagged("post_install", "-at_install")
class TestBlockTour(BlockHttpCase):
    """Journeys of a cashier with a blocked customer, in a real till."""

    def orders(self):
        return self.env["pos.order"].search(
            [("config_id", "=", self.config.id), ("state", "=", "paid")], order="id"
        )

    def test_refused_before_the_payment(self):
        self.open_till()
        self.run_pos_tour("pos_customer_block_refusal_tour")
        order = self.orders()
        self.assertEqual(order.partner_id, self.ana)
        self.assertFalse(order.customer_block_flag)
        self.assertFalse(self.journal("block_overridden"))

    def test_allowed_by_a_colleague(self):
        self.open_till()
        self.run_pos_tour("pos_customer_block_override_tour")
        order = self.orders()
        self.assertEqual(order.partner_id, self.bo)
        self.assertFalse(order.customer_block_flag)
        row = self.journal("block_overridden")
        self.assertEqual((row.user_ref, row.channel), (self.chief.id, "pos"))
        self.assertEqual(row.details, {"document": order.uuid})

    def test_allowed_by_the_manager_at_the_till(self):
        self.open_till(user=self.chief)
        self.run_pos_tour("pos_customer_block_manager_tour", login="chief")
        order = self.orders()
        self.assertEqual(order.partner_id, self.bo)
        self.assertFalse(order.customer_block_flag)
        self.assertEqual(self.journal("block_overridden").user_ref, self.chief.id)

    def test_fast_payment(self):
        self.config.write(
            {
                "use_fast_payment": True,
                "fast_payment_method_ids": self.config.payment_method_ids.ids,
            }
        )
        self.open_till()
        self.run_pos_tour("pos_customer_block_fast_tour")
        self.assertFalse(self.orders())

    def test_without_a_connection(self):
        self.open_till()
        self.run_pos_tour("pos_customer_block_offline_tour")
        self.assertFalse(self.orders())

    def test_block_and_lifted_elsewhere_while_the_till_is_open(self):
        self.open_till()
        self.run_pos_tour("pos_customer_block_elsewhere_tour")
        order = self.orders()
        self.assertEqual(order.partner_id, self.bo)
        self.assertFalse(order.customer_block_flag)
        self.assertFalse(self.journal("block_overridden"))

    def test_block_on_the_card(self):
        self.open_till()
        self.start_tour(
            f"/pos/ui/{self.config.id}/customers",
            "pos_customer_block_card_tour",
            login="cashier",
        )
        self.assertTrue(self.ana.customer_blocked_pos)
        self.assertTrue(self.ana.customer_blocked_marketing)
        self.assertFalse(self.bo.customer_blocked_pos)
        block = self.ana.customer_block_ids[:1]
        self.assertEqual((block.reason, block.note), ("abuse", "Shouts"))
        self.assertTrue(block.until)
        self.assertEqual(block.given_by_id, self.chief)
