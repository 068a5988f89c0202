from odoo import fields, models


class ResPartner(models.Model):
    """What becomes of the log when customers are merged, exported, forgotten, shown."""

    _inherit = "res.partner"

    def _customer_merge_into(self, target):
        """The log stays as it is and is read through the customer who remains.

        Whoever acts stops, and nobody's permission holds for somebody else.
        """
        (self | target)._customer_stop_help("account")
        return super()._customer_merge_into(target)

    def _customer_export(self):
        # sudo: the customer's own data, whoever was chosen to export them
        customer = self.sudo()
        return {
            **super()._customer_export(),
            "help": {
                "allowed_until": fields.Datetime.to_string(customer.customer_help_until)
                or "",
                "log": [
                    row._customer_export_row()
                    for row in customer._customer_impersonations()
                ],
            },
        }

    def _customer_erasure_plan(self):
        # sudo: what is forgotten does not depend on who sees it
        rows = self.sudo()._customer_impersonations()
        notes = self.env["customer.journal.note"].sudo()  # sudo: as above
        notes = notes.search([("journal_ref", "in", rows.mapped("journal_ref"))])
        return [
            *super()._customer_erasure_plan(),
            # who acted in whose name stays on the record, under a pseudonym
            {
                "model": "customer.impersonation",
                "field": "subject_uuid",
                "ids": rows.ids,
                "action": "keep",
            },
            {
                "model": "customer.impersonation.document",
                "field": "impersonation_ref",
                "ids": rows.document_ids.ids,
                "action": "keep",
            },
            {
                "model": "customer.journal.note",
                "field": "body",
                "ids": notes.ids,
                "action": "mask",
            },
            {
                "model": "res.partner",
                "field": "customer_help_until",
                "ids": self.ids,
                "action": "mask",
            },
        ]

    def _customer_card(self, config):
        return {**super()._customer_card(config), "help": self._customer_help_card()}

    def _customer_help_card(self):
        """Whether a colleague can help in the account, for whoever may.

        :return: dict of ``may`` (the user has the right), ``problem`` (why not for this
            customer, empty when it is possible) and ``acting`` (somebody does now)
        """
        self.ensure_one()
        may = self.env.user.has_group("customer_base.group_customer_impersonate")
        if not may:
            return {"may": False, "problem": "", "acting": False}
        # sudo: that somebody acts is told to whoever might
        acting = self.sudo()._customer_impersonations()[:1]
        return {
            "may": True,
            "problem": self.customer_impersonate_problem or "",
            "acting": acting.state == "acting",
        }
