from odoo.tests import TransactionCase, new_test_user, tagged

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestMerge(LoyaltyCommon, TransactionCase):
    """Two customers become one, with all that they had."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.new_customer("Ana Kept")
        cls.wizard = cls.env["base.partner.merge.automatic.wizard"]
        cls.codes = cls.env["loyalty.card"]

    def merge(self, *sources):
        partners = self.kept.browse([partner.id for partner in sources])
        self.wizard._merge((partners | self.kept).ids, self.kept)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_sum_with_the_history_of_both(self):
        gone = self.new_card(20)
        gone._book("spent", used=5, document=self.sale)
        mine = self.new_card(7, partner_id=self.kept.id)
        lines = gone.history_ids | mine.history_ids
        self.merge(self.customer)
        self.assertEqual(mine.points, 22)
        self.assertEqual(mine.history_ids, lines)
        self.assertBooked(gone | mine)
        self.assertEqual(
            [line.balance for line in mine.history_ids.sorted("id")], [20, 15, 22]
        )
        self.assertEqual((gone.points, gone.active), (0, False))

    def test_nothing_is_explained_twice_before_the_commit(self):
        self.cr.precommit.clear()
        gone, mine = self.new_card(20), self.new_card(7, partner_id=self.kept.id)
        self.merge(self.customer)
        self.cr.precommit.run()
        self.assertEqual(len(mine.history_ids), 2)
        self.assertFalse(gone.history_ids)

    def test_who_had_no_card_gets_the_one_with_most_points(self):
        other = self.new_customer("Ana Third")
        small = self.new_card(1)
        big = self.new_card(30, partner_id=other.id)
        self.merge(self.customer, other)
        self.assertEqual((big.partner_id, big.points), (self.kept, 31))
        self.assertEqual(small.merged_into_id, big)

    def test_pending_points_go_along(self):
        self.program.pending_days = 14
        gone, mine = self.new_card(20), self.new_card(7, partner_id=self.kept.id)
        gone._book_earned(9, self.sale)
        self.merge(self.customer)
        self.assertEqual((mine.points_pending, gone.points_pending), (9, 0))
        self.assertEqual(mine.pending_ids.partner_id, self.kept)
        # and a return of the sale finds them
        taken = mine._claw_back(self.sale, self.refund, lambda _program: 1)
        self.assertEqual([(t["card"], t["pending"]) for t in taken], [(mine, 9)])

    def test_returns_take_back_from_the_card_that_is_kept(self):
        gone, mine = self.new_card(0), self.new_card(7, partner_id=self.kept.id)
        gone._book_earned(10, self.sale)
        self.merge(self.customer)
        mine._claw_back(self.sale, self.refund, lambda _program: 1)
        self.assertEqual(mine.points, 7)

    def test_old_codes_lead_to_the_card(self):
        third, fourth = self.new_customer("Third"), self.new_customer("Fourth")
        first = self.new_card(1)
        second = self.new_card(2, partner_id=third.id)
        last = self.new_card(4, partner_id=self.kept.id)
        new = self.new_card(8, partner_id=fourth.id)
        self.merge(self.customer)
        self.merge(third)
        self.kept, old = fourth, self.kept
        self.merge(old)
        for card in (first, second, last, new):
            self.assertEqual(self.codes.search([("code", "=", card.code)]), new)
            self.assertEqual(self.codes.search([("code", "in", [card.code])]), new)
        self.assertEqual(new.points, 15)
        self.assertFalse(self.codes.search([("code", "=", "no such code")]))
        # all four are still to be found by who looks for archived ones
        every = self.codes.with_context(active_test=False)
        codes = [card.code for card in (first, second, last, new)]
        self.assertEqual(len(every.search([("code", "in", codes)])), 4)

    def test_money_goes_along_and_a_gift_card_stays_one(self):
        wallet = self.new_program("Account", "ewallet")
        gift = self.new_card(50, self.new_program("Gift", "gift_card"))
        self.new_card(12, wallet)
        mine = self.new_card(3, wallet, partner_id=self.kept.id)
        self.merge(self.customer)
        self.assertEqual((mine.points, gift.points), (15, 50))
        self.assertEqual(gift.partner_id, self.kept)
        self.assertTrue(gift.active)

    def test_by_the_hook_alone(self):
        self.new_card(20)
        mine = self.new_card(7, partner_id=self.kept.id)
        for _again in range(2):
            self.customer._customer_merge_into(self.kept)
            self.assertEqual(mine.points, 27)
        self.assertBooked(mine)

    def test_partners_who_are_no_customers(self):
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        cards = self.env["loyalty.card"].create(
            [{"program_id": self.program.id, "partner_id": p.id} for p in partners]
        )
        cards[0]._book("earned", issued=4)
        self.wizard._merge(partners.ids, partners[1])
        self.assertEqual(cards[1].points, 4)
        self.assertEqual(cards[1].history_ids.mapped("issued"), [4])

    def test_who_merges_need_not_manage_programmes(self):
        self.new_card(20)
        mine = self.new_card(7, partner_id=self.kept.id)
        user = new_test_user(
            self.env, "points_merger", groups="customer_base.group_customer_manager"
        )
        wizard = self.wizard.with_user(user)
        wizard._merge_loyalty_cards(self.customer, self.kept)
        self.assertEqual(mine.points, 27)
