from odoo.tests import tagged

from .common_order import PastOrderCase


@tagged("post_install", "-at_install")
class TestOrderReassignFr(PastOrderCase):
    """The French certification holds: its own check finds every order as it was sealed.

    Runs where ``l10n_fr_pos_cert`` is installed, which the suite does not ask for.
    """

    def setUp(self):
        super().setUp()
        if "l10n_fr_hash" not in self.env["pos.order"]._fields:
            self.skipTest("l10n_fr_pos_cert is not installed")
        self.company.country_id = self.env.ref("base.fr")
        self.open_till()

    def assertSound(self):
        self.env.flush_all()
        self.env.invalidate_all()
        result = self.company._check_pos_hash_integrity()
        self.assertEqual(result["corrupted_orders"], "None")

    def test_sealed_without_the_customer(self):
        orders = self.sell(self.ana) | self.sell() | self.sell(self.bo)
        self.assertTrue(all(orders.mapped("l10n_fr_hash")))
        sealed = orders.mapped("l10n_fr_hash")
        self.assertSound()
        for order, partner in zip(orders, (self.bo, self.cleo, None), strict=True):
            self.reassign(order, partner)
        self.assertSound()
        self.assertEqual(orders.mapped("l10n_fr_hash"), sealed)
        self.close(orders.session_id)
        self.reassign(orders[0], self.cleo)
        self.assertSound()

    def test_sealed_with_the_customer(self):
        order = self.sell(self.ana)
        # as an order that was sealed before Odoo 17.4
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_order SET pos_version = NULL WHERE id = %s", [order.id]
        )
        self.env.invalidate_all()
        part = "The French certification seals"
        self.assertIn(part, self.preview(order, self.bo)["refusals"][0])
        with self.assertRaisesRegex(Exception, part):
            self.reassign(order, self.bo)
        self.assertEqual(order.partner_id, self.ana)
