from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_compare


class LoyaltyAdjustmentLimit(models.Model):
    """How much an operator of a group may add and take off by hand in a day.

    Of several groups the highest limit counts; without any there is none.
    """

    _name = "loyalty.adjustment.limit"
    _description = "Limit of Adjustments"
    _rec_name = "group_id"

    group_id = fields.Many2one(
        "res.groups",
        string="Operators",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.ref(
            "customer_base.group_customer_manager", False
        ),
    )
    daily_points = fields.Float(
        string="Points a day", help="Added and taken off together."
    )
    daily_money = fields.Float(
        string="Money a day",
        help="On gift cards and eWallets, added and taken off together, whatever the currency.",
    )

    _group_unique = models.Constraint(
        "UNIQUE (group_id)", "There is a limit for this group already: change that one."
    )
    _not_negative = models.Constraint(
        "CHECK (daily_points >= 0 AND daily_money >= 0)",
        "A limit cannot be below zero.",
    )

    @api.model
    def _get_limits(self, user):
        """The most ``user`` may adjust in a day: points and money, None without a limit."""
        # sudo: nobody needs to see the limits to be held to theirs
        limits = self.sudo().search([("group_id", "in", user.sudo().all_group_ids.ids)])
        if not limits:
            return None, None
        return max(limits.mapped("daily_points")), max(limits.mapped("daily_money"))


class LoyaltyAdjustmentDay(models.Model):
    """What an operator adjusted on a day: one row, so that two at once collide on it."""

    _name = "loyalty.adjustment.day"
    _description = "Adjustments of an Operator in a Day"
    _log_access = False
    _rec_name = "day"

    user_ref = fields.Integer(required=True)
    day = fields.Date(required=True)
    points = fields.Float()
    money = fields.Float()

    _day_unique = models.UniqueIndex("(user_ref, day)")

    @api.model
    def _spend(self, card, amount):
        """Count ``amount`` on ``card`` against what the user may adjust today.

        :raise UserError: beyond the limit
        """
        is_money = card.program_id.is_payment_program
        points, money = (0, amount) if is_money else (amount, 0)
        used = self.env.execute_query(
            SQL(
                """
                INSERT INTO loyalty_adjustment_day AS today (user_ref, day, points, money)
                VALUES (%s, %s, %s, %s)
                    ON CONFLICT (user_ref, day)
                    DO UPDATE SET points = today.points + EXCLUDED.points,
                                  money = today.money + EXCLUDED.money
                RETURNING points, money
                """,
                self.env.uid,
                # the day of the server: that of the user is the user's to choose
                fields.Date.today(),
                points,
                money,
            )
        )[0][is_money]
        limit = self.env["loyalty.adjustment.limit"]._get_limits(self.env.user)[
            is_money
        ]
        if limit is None or float_compare(used, limit, precision_digits=2) <= 0:
            return
        raise UserError(
            self.env._(
                "You may adjust %(limit)s in a day, and %(left)s of it are left today. Ask "
                "somebody who may adjust more.",
                limit=card._format_points(limit).strip(),
                left=card._format_points(max(limit - used + amount, 0)).strip(),
            )
        )
