from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.customer_base.tests.common import (
    PASSWORD,
    CustomerCase,
    CustomerHttpCase,
)

from ..tools.booking import booking
from .common import LoyaltyCommon


class HolderCase(LoyaltyCommon, CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gifts = cls.new_program("Gifts", "gift_card")
        cls.bo = cls.new_customer("Bo Plain")
        cls.card = cls.new_card(50, cls.gifts, code="GIFT-2")

    def reassign(self, partner, user=None, card=None, **kwargs):
        card = (card or self.card).with_user(user or self.manager)
        return card.customer_reassign(
            partner_id=partner and partner.id, **{"reason": "requested", **kwargs}
        )

    def rows(self, partner):
        return self.env["customer.journal"].search(
            [
                ("subject_uuid", "=", self.subject_of(partner).uuid),
                ("event", "=", "card_reassigned"),
            ]
        )


@tagged("post_install", "-at_install")
class TestLoyaltyHolder(HolderCase):
    """Another holder for a gift card or a voucher."""

    def test_another_holder(self):
        self.assertEqual(self.reassign(self.bo, note="She is my aunt"), self.card.ids)
        self.assertEqual(self.card.partner_id, self.bo)
        self.assertEqual((self.card.points, self.card.code), (50, "GIFT-2"))
        for partner, side in ((self.customer, "from"), (self.bo, "to")):
            row = self.rows(partner)
            self.assertEqual(row.details, {"card": self.card.id, "side": side})
            self.assertEqual((row.reason, row.user_ref), ("requested", self.manager.id))
        self.assertEqual(self.kinds(self.card)[-1], ("transferred", 0, 0))
        self.assertBooked(self.card)
        self.assertNotIn("aunt", self.card.message_ids[0].body)

    def test_nobody_and_somebody(self):
        self.reassign(None)
        self.assertFalse(self.card.partner_id)
        self.reassign(self.bo)
        self.assertEqual(self.card.partner_id, self.bo)

    def test_the_same_again_is_nothing(self):
        self.assertEqual(self.reassign(self.customer), [])
        self.assertFalse(self.rows(self.customer))

    def test_preview(self):
        card = self.card.with_user(self.user)
        effects = card.customer_reassign_preview(self.bo.id)["effects"]
        for part in ("50 Points", "Ana Student", "Bo Plain"):
            self.assertIn(part, effects[0])
        self.assertIn("code", card.customer_reassign_preview(False)["effects"][0])

    def assertKept(self, part, partner=None, card=None):
        card = card or self.card
        with self.refused(UserError, part):
            self.reassign(partner or self.bo, card=card)
        self.assertEqual(card.partner_id, self.customer)

    def test_points_and_credit_stay(self):
        for card in (
            self.new_card(5),
            self.new_card(5, self.new_program("Wallet", "ewallet")),
        ):
            self.assertKept("belongs to its customer", card=card)

    def test_archived_card_stays(self):
        self.card.active = False
        self.assertKept("archived")

    def test_customers_of_other_types(self):
        self.gifts.customer_type_ids = self.student
        self.assertKept("types")
        self.bo.customer_type_id = self.student
        self.reassign(self.bo)
        self.assertEqual(self.card.partner_id, self.bo)

    def test_customer_of_another_company(self):
        self.gifts.company_id = self.company
        self.bo.company_id = self.new_company()
        self.manager.company_ids += self.bo.company_id
        self.assertKept("Second Shop")
        self.gifts.company_id = False
        self.reassign(self.bo)
        self.assertEqual(self.card.partner_id, self.bo)

    def test_who_may(self):
        for user in (self.user, self.new_user("nobody", "base.group_user")):
            with self.refused(AccessError, "manager"):
                self.reassign(self.bo, user=user)

    def test_no_way_around_it(self):
        self.env["ir.model.access"].create(
            {
                "name": "Writes cards",
                "model_id": self.env.ref("loyalty.model_loyalty_card").id,
                "group_id": self.env.ref("customer_base.group_customer_user").id,
                "perm_write": True,
            }
        )
        card = self.card.with_user(self.user)
        for partner_id in (self.bo.id, False):
            with self.refused(AccessError, "Change holder"):
                card.write({"partner_id": partner_id})
        card.write({"partner_id": self.customer.id})
        self.reassign(None)
        card.write({"partner_id": self.bo.id})
        self.assertEqual(self.card.partner_id, self.bo, "as when it is sold")
        booking(card).write({"partner_id": self.customer.id})
        self.assertEqual(self.card.partner_id, self.customer)


@tagged("post_install", "-at_install")
class TestLoyaltyHolderRpc(HolderCase, CustomerHttpCase):
    """The same at the door."""

    rpc_model = "loyalty.card"

    def test_over_rpc(self):
        for user in (self.user, self.new_user("portal", "base.group_portal")):
            self.authenticate(user.login, PASSWORD)
            for method, args in (
                ("customer_reassign", [self.bo.id, "requested"]),
                ("write", [{"partner_id": self.bo.id}]),
                ("action_customer_reassign", []),
            ):
                _, error = self.rpc(method, self.card.ids, *args)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.assertEqual(self.card.partner_id, self.customer)
        self.authenticate(self.manager.login, PASSWORD)
        result, _ = self.rpc(
            "customer_reassign", self.card.ids, self.bo.id, "requested"
        )
        self.assertEqual(result, self.card.ids)
        self.assertEqual(self.card.partner_id, self.bo)

    def test_tour(self):
        """From the customer's form, with the reason, and the voucher is gone from it."""
        self.start_tour(
            f"/odoo/customer-file/{self.customer.id}",
            "customer_loyalty_holder",
            login=self.manager.login,
        )
        self.assertEqual(self.card.partner_id, self.bo)
        self.assertEqual(self.rows(self.bo).reason, "requested")
