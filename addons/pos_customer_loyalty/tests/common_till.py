from odoo.fields import Command

from odoo.addons.pos_customer.tests.common import PosCustomerHttpCase


class LoyaltyTillCase(PosCustomerHttpCase):
    """A till with a programme of points worth ten cents each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.bonus = cls.new_program("Bonus")

    @classmethod
    def new_program(cls, name, **values):
        """A programme of one point for each unit of money."""
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "portal_point_name": "Stars",
                "portal_visible": True,
                "rule_ids": [
                    Command.clear(),
                    Command.create(
                        {"reward_point_mode": "money", "reward_point_amount": 1}
                    ),
                ],
                "reward_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.1,
                            "discount_applicability": "order",
                            "required_points": 10,
                        }
                    ),
                ],
                **values,
            }
        )

    def card(self, partner, program=None):
        return self.env["loyalty.card"].search(
            [
                ("partner_id", "=", partner.id),
                ("program_id", "=", (program or self.bonus).id),
            ]
        )

    def give(self, partner, points, program=None, **values):
        """A card that holds ``points``."""
        return self.env["loyalty.card"].create(
            {
                "partner_id": partner.id,
                "program_id": (program or self.bonus).id,
                "points": points,
                **values,
            }
        )

    def sold(self):
        """What was sold and returned at the till, the oldest first."""
        return self.env["pos.order"].search(
            [("config_id", "=", self.config.id), ("state", "=", "paid")], order="id"
        )
