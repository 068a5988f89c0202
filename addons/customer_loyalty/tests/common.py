from odoo.fields import Command


class LoyaltyCommon:
    """Programmes and cards for the tests; mix it into a test case before its class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programs = cls.env["loyalty.program"]
        cls.program = cls.new_program("Bonus")
        cls.customer = cls.new_customer("Ana Student")
        # a record for what gives and takes points: any model will do
        cls.sale, cls.refund, cls.second_refund = cls.env[
            "res.partner.category"
        ].create([{"name": "Sale"}, {"name": "Refund"}, {"name": "Second refund"}])

    @classmethod
    def new_customer(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_customer": True})

    @classmethod
    def new_program(cls, name, program_type="loyalty", **values):
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": program_type,
                "applies_on": "both" if program_type == "loyalty" else "future",
                "trigger": "auto",
                "portal_point_name": "Points",
                "reward_ids": [Command.create({"required_points": 10, "discount": 10})],
                **values,
            }
        )

    @classmethod
    def new_card(cls, points=0, program=None, **values):
        """A card with its line, as a till would have made it."""
        program = program or cls.program
        card = cls.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": cls.customer.id, **values}
        )
        if points:
            card._book("adjusted", issued=points, description="Begin")
        return card

    def assertBooked(self, cards):
        """The balance of each is the sum of its lines."""
        self.env.flush_all()
        for id_, difference in cards._get_balance_differences().items():
            self.assertAlmostEqual(difference, 0, 4, f"card {id_}")

    def kinds(self, card):
        """Lines of a card, the oldest first."""
        return [
            (line.kind, line.issued, line.used)
            for line in card.history_ids.sorted("id")
        ]
