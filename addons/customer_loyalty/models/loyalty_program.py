from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LoyaltyProgram(models.Model):
    """What a shop decides about the points of a programme."""

    _inherit = "loyalty.program"

    pending_days = fields.Integer(
        string="Points wait for",
        help="Days before points that were earned can be spent: the time to return what "
        "was bought. 0: at once.",
    )
    clawback_policy = fields.Selection(
        [
            ("negative", "The balance may go below zero"),
            ("reduce", "The refund is reduced by what is missing"),
            ("note", "Only what is left is taken, and the rest is noted"),
        ],
        string="Points of a return that are spent already",
        default="negative",
        required=True,
        help="A return takes back the points that it earned. This says what happens when "
        "the customer has spent them.",
    )
    clawback_point_value = fields.Float(
        string="Worth of a point",
        digits=(16, 6),
        help="By how much money a refund is reduced for each point that is missing.",
    )
    expiry_basis = fields.Selection(
        [
            ("none", "Never"),
            ("earning", "Months after they were earned"),
            ("activity", "Months after the customer last earned or spent some"),
        ],
        string="Points expire",
        default="none",
        required=True,
    )
    expiry_months = fields.Integer(string="Months until points expire", default=12)
    expiry_notice_days = fields.Integer(
        string="Days of notice",
        default=30,
        help="How many days before points expire the customer gets an e-mail. 0: none.",
    )
    customer_type_ids = fields.Many2many(
        "customer.type",
        string="Customer types",
        help="Only customers of these types earn and spend. None chosen: everybody.",
    )

    _loyalty_days_not_negative = models.Constraint(
        "CHECK (COALESCE(pending_days, 0) >= 0 AND COALESCE(expiry_notice_days, 0) >= 0)",
        "A number of days cannot be below zero.",
    )
    _loyalty_point_value_not_negative = models.Constraint(
        "CHECK (COALESCE(clawback_point_value, 0) >= 0)",
        "The worth of a point cannot be below zero.",
    )

    @api.constrains("clawback_policy", "clawback_point_value")
    def _check_clawback_point_value(self):
        for program in self:
            if program.clawback_policy == "reduce" and not program.clawback_point_value:
                raise ValidationError(
                    self.env._(
                        "Say what a point is worth: a refund is reduced by that much for "
                        "each point that is missing."
                    )
                )

    @api.constrains("expiry_basis", "expiry_months")
    def _check_expiry_months(self):
        for program in self:
            if program.expiry_basis != "none" and program.expiry_months < 1:
                raise ValidationError(
                    self.env._("Say after how many months points expire, at least 1.")
                )

    def write(self, vals):
        result = super().write(vals)
        if "program_type" in vals:
            self.env["product.template"]._customer_type_exclusions_changed()
        return result

    def _holds_points(self):
        """Whether customers collect points here, as against money or a single coupon.

        Only such points wait before they can be spent, and expire.
        """
        self.ensure_one()
        return self.is_nominative and not self.is_payment_program

    def _get_ready_on(self):
        """The day on which points that are earned today can be spent, or False for now."""
        self.ensure_one()
        if not self.pending_days or not self._holds_points():
            return False
        return fields.Date.context_today(self) + timedelta(days=self.pending_days)

    def _may_go_below_zero(self):
        """Whether the programme lets a balance be owed; money on a card never is."""
        self.ensure_one()
        return self.clawback_policy == "negative" and self._holds_points()

    def _takes_customer(self, partner, company=None):
        """Whether ``partner`` may earn and spend here, by the type that counts today.

        :param partner: the customer; nobody has no type
        :param company: whose default type counts, that of the environment unless given
        """
        self.ensure_one()
        types = self.sudo().customer_type_ids  # sudo: types of whatever company
        if not types:
            return True
        partner = partner.commercial_partner_id if partner else partner
        company = company or self.env.company
        # sudo: whether a customer is a student is for the programme to know
        partner = partner.sudo()
        effective = partner._get_effective_customer_types(company)
        return effective.get(partner) in types if partner else False
