from odoo import api, fields, models

_LATEST = 10


class ResPartner(models.Model):
    """The customer's repairs, on the card and behind a button."""

    _inherit = "res.partner"

    customer_repair_count = fields.Integer(
        string="Repairs",
        compute="_compute_customer_repair_count",
        groups="base.group_user",
        help="Repairs that you may read.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_repair_count(self):
        repairs = self.env["repair.order"]
        readable = repairs.has_access("read")
        for partner in self:
            partner.customer_repair_count = (
                partner._origin
                and readable
                and repairs.search_count(partner._customer_repair_domain())
            )

    def _customer_repair_domain(self):
        """Repairs of the customer; of a company those of its contacts, too."""
        return [("partner_id", "child_of", self._origin.ids)]

    def action_customer_repairs(self):
        """Open the repairs of the customer.

        :return: action
        :raise AccessError: for users who see no repairs
        """
        self.ensure_one()
        self.check_access("read")
        self.env["repair.order"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "repair.action_repair_order_tree"
        )
        action["domain"] = self._customer_repair_domain()
        action["context"] = {"default_partner_id": self.id}
        return action

    def _customer_card(self, config):
        return {**super()._customer_card(config), "repairs": self._customer_repairs()}

    def _customer_repairs(self):
        """The latest repairs in the companies of the user, those that go on first.

        :return: list of dict of JSON values
        """
        self.ensure_one()
        # sudo: whoever serves the customer says how far a repair is, a cashier too
        repairs = self.env["repair.order"].sudo()
        domain = [
            ("partner_id", "=", self.id),
            ("company_id", "in", self.env.companies.ids),
        ]
        over = ("state", "in", ("done", "cancel"))
        found = repairs.search(
            ["!", over, *domain], order="create_date DESC, id DESC", limit=_LATEST
        )
        if left := _LATEST - len(found):
            found += repairs.search(
                [over, *domain], order="create_date DESC, id DESC", limit=left
            )
        return [repair._customer_card_row() for repair in found]
