from odoo.tests import TransactionCase, tagged

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestBalance(LoyaltyCommon, TransactionCase):
    """Balance and history agree, whoever changes either."""

    def commit(self):
        """What happens before a transaction is committed."""
        self.env.flush_all()
        self.cr.precommit.run()
        self.env.flush_all()

    def setUp(self):
        super().setUp()
        self.cr.precommit.clear()

    def test_points_written_without_a_line(self):
        card = self.new_card(20)
        card.points = 35
        card.points -= 3
        self.commit()
        self.assertEqual(self.kinds(card), [("adjusted", 20, 0), ("corrected", 12, 0)])
        self.assertBooked(card)

    def test_card_made_with_points(self):
        card = self.env["loyalty.card"].create(
            {"program_id": self.program.id, "points": 7}
        )
        self.commit()
        self.assertEqual(self.kinds(card), [("opening", 7, 0)])

    def test_as_core_does(self):
        card = self.new_card(20)
        card.points += 5
        self.env["loyalty.history"].create(
            {"card_id": card.id, "description": "Order", "issued": 5, "order_id": 1}
        )
        self.commit()
        self.assertEqual(self.kinds(card), [("adjusted", 20, 0), ("earned", 5, 0)])

    def test_line_removed_and_changed(self):
        card = self.new_card(20)
        self.commit()
        card.history_ids.unlink()
        self.commit()
        self.assertEqual(self.kinds(card), [("opening", 20, 0)])
        card.history_ids.issued = 5
        self.commit()
        self.assertBooked(card)

    def test_what_is_rolled_back_needs_no_line(self):
        card = self.new_card(20)
        self.commit()
        try:
            with self.cr.savepoint():
                card.points = 100
                self.env.flush_all()
                raise ValueError
        except ValueError:
            self.env.invalidate_all()
        card._book("spent", used=5)
        self.commit()
        self.assertEqual(self.kinds(card), [("adjusted", 20, 0), ("spent", 0, 5)])

    def test_difference_from_before_is_left_to_the_check(self):
        card = self.new_card(20)
        self.commit()
        self.cr.execute("UPDATE loyalty_card SET points = 50 WHERE id = %s", card.ids)
        self.env.invalidate_all()
        card._book("earned", issued=1)
        self.commit()
        self.assertEqual(card._get_balance_differences(), {card.id: 30})

    def test_opening(self):
        card = self.new_card(20)
        self.commit()
        self.cr.execute(
            "UPDATE loyalty_history SET issued = 5, kind = NULL WHERE card_id = %s",
            card.ids,
        )
        self.env.invalidate_all()
        for _again in range(2):
            self.env["loyalty.history"]._open_history()
            card._open_balances()
            self.commit()
            self.assertEqual(
                self.kinds(card), [("adjusted", 5, 0), ("corrected", 15, 0)]
            )

    def test_running_balance(self):
        card, other = self.new_card(20), self.new_card(3)
        card._book("spent", used=5)
        other._book("earned", issued=0.1)
        card._book("earned", issued=0.25)
        lines = (card | other).history_ids.sorted("id")
        self.assertEqual(lines.mapped("balance"), [20, 3, 15, 3.1, 15.25])
