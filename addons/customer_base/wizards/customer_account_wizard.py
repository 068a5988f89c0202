from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

_MOST = 100  # each invitation is a mail that is sent while the user waits


class CustomerAccountWizard(models.TransientModel):
    """Invites several customers to their online accounts, and says whom it cannot.

    It protects nothing: who may invite is decided by
    ``res.partner.customer_grant_access``.
    """

    _name = "customer.account.wizard"
    _description = "Invite Customers to Their Online Accounts"

    partner_ids = fields.Many2many(
        "res.partner", string="Selected", context={"active_test": False}
    )
    ready_ids = fields.Many2many(
        "res.partner",
        string="Get an invitation",
        compute="_compute_ready_ids",
    )
    problems = fields.Text(compute="_compute_ready_ids")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            ids = self.env.context.get("active_ids") or []
            values.setdefault("partner_ids", [Command.set(ids)])
        return values

    @api.depends("partner_ids")
    def _compute_ready_ids(self):
        self.env["res.partner"]._check_customer_manager()
        for wizard in self:
            ready, problems = wizard._sort_partners()
            wizard.ready_ids = ready
            wizard.problems = "\n".join(problems)

    def _sort_partners(self):
        """:return: tuple of who can be invited, and why the others cannot"""
        partners = self.partner_ids._origin
        if len(partners) > _MOST:
            return partners.browse(), [self._too_many()]
        problems = {p: p._customer_account_problem() for p in partners}
        ready = partners.filtered(lambda p: not problems[p])
        return ready, [problem for problem in problems.values() if problem]

    def _too_many(self):
        return self.env._(
            "Select %(most)s customers at most: each of them gets a mail.", most=_MOST
        )

    def action_apply(self):
        """Invite those who can be invited.

        :return: action that tells the result and closes the window
        :raise AccessError: for users who are no customer managers
        :raise UserError: when nobody can be invited
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_manager()
        if not self.ready_ids:
            raise UserError(
                self.problems or self.env._("Select the customers to invite.")
            )
        answers = []
        for customer in self.ready_ids:
            try:
                # two of those selected may want the same e-mail
                with self.env.cr.savepoint():
                    answers.append(customer.customer_grant_access())
            except UserError as error:
                answers.append({"result": "failed", "message": str(error)})
        failed = [a["message"] for a in answers if a["result"] != "sent"]
        sent = self.env._(
            "Invitations that were sent: %(count)s.", count=len(answers) - len(failed)
        )
        return self.env["res.partner"]._customer_mail_notification(
            {
                "result": "failed" if failed else "sent",
                "message": " ".join([sent, *failed]),
            }
        )
