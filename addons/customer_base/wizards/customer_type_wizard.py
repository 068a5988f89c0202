from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CustomerTypeWizard(models.TransientModel):
    """Asks which type to give to several customers, and says what will happen.

    It protects nothing: who may give and take a reserved type is decided by
    ``res.partner.write``.
    """

    _name = "customer.type.wizard"
    _description = "Set the Customer Type"

    partner_ids = fields.Many2many(
        "res.partner", string="Selected", context={"active_test": False}
    )
    customer_type_id = fields.Many2one("customer.type", string="Type", required=True)
    is_reserved = fields.Boolean(related="customer_type_id.is_reserved")
    proof_required = fields.Boolean(related="customer_type_id.proof_required")
    customer_type_until = fields.Date(
        string="Valid until",
        compute="_compute_customer_type_until",
        store=True,
        readonly=False,
        help="Last day of the type; afterwards the customer has the default type.",
    )
    change_count = fields.Integer(compute="_compute_counts")
    unchanged_count = fields.Integer(compute="_compute_counts")
    reserved_count = fields.Integer(compute="_compute_counts")
    contact_count = fields.Integer(compute="_compute_counts")
    stranger_count = fields.Integer(compute="_compute_counts")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            ids = self.env.context.get("active_ids") or []
            values.setdefault("partner_ids", [Command.set(ids)])
        return values

    @api.depends("customer_type_id")
    def _compute_customer_type_until(self):
        for wizard in self:
            wizard.customer_type_until = wizard.customer_type_id._proof_until()

    @api.depends("partner_ids", "customer_type_id", "customer_type_until")
    def _compute_counts(self):
        for wizard in self:
            for name, partners in wizard._sort_partners().items():
                wizard[f"{name}_count"] = len(partners)

    def _sort_partners(self):
        """Who gets the type and who does not, and why.

        :return: dict of ``change``, ``unchanged``, ``reserved``, ``contact`` (they
            follow their company) and ``stranger`` (no customers) to partners
        """
        self.ensure_one()
        # sudo: whether a contact is a customer, and of what type, decides no right here
        selected = self.partner_ids.sudo()
        customers = selected.filtered("is_customer")
        main = customers.filtered(lambda p: p.commercial_partner_id == p)
        unchanged = main.filtered(
            lambda p: (
                p.customer_type_id == self.customer_type_id
                and p.customer_type_until == self.customer_type_until
            )
        )
        reserved = main.browse()
        if not self.env.user.has_group("customer_base.group_customer_manager"):
            reserved = (main - unchanged).filtered("customer_type_id.is_reserved")
        result = {
            "change": main - unchanged - reserved,
            "unchanged": unchanged,
            "reserved": reserved,
            "contact": customers - main,
            "stranger": selected - customers,
        }
        return {name: p.sudo(False).with_env(self.env) for name, p in result.items()}

    def action_apply(self):
        """Give the type to those who can get it.

        :return: action that tells the result and closes the window
        :raise AccessError: when the user may not give the type
        :raise UserError: when nobody would get it
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_user()
        sorted_partners = self._sort_partners()
        change = sorted_partners["change"]
        if not change:
            raise UserError(
                self.env._(
                    "Nobody would get the type “%(type)s”.\n%(reasons)s",
                    type=self.customer_type_id.name,
                    reasons=self._skipped_sentences(sorted_partners),
                )
            )
        change.write(
            {
                "customer_type_id": self.customer_type_id.id,
                "customer_type_until": self.customer_type_until,
            }
        )
        message = self.env._(
            "Customers who now have the type “%(type)s”: %(count)s.",
            type=self.customer_type_id.name,
            count=len(change),
        )
        skipped = self._skipped_sentences(sorted_partners)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if skipped else "success",
                "message": f"{message} {skipped}".strip(),
                "sticky": bool(skipped),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _skipped_sentences(self, sorted_partners):
        counts = {name: len(p) for name, p in sorted_partners.items()}
        sentences = {
            "unchanged": self.env._(
                "They had it already: %(count)s.", count=counts["unchanged"]
            ),
            "reserved": self.env._(
                "They have a reserved type, which only a customer manager takes away: "
                "%(count)s.",
                count=counts["reserved"],
            ),
            "contact": self.env._(
                "They are contacts of a company and follow it: %(count)s.",
                count=counts["contact"],
            ),
            "stranger": self.env._(
                "They are no customers: %(count)s.", count=counts["stranger"]
            ),
        }
        return " ".join(text for name, text in sentences.items() if counts[name])
