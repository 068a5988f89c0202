from odoo import models


class ResPartner(models.Model):
    """What managers wrote when a document of the customer got another one."""

    _inherit = "res.partner"

    def _customer_erasure_plan(self):
        return [
            *super()._customer_erasure_plan(),
            {
                "model": "customer.journal.note",
                "field": "body",
                "ids": self._customer_reassign_notes().ids,
                "action": "mask",
            },
        ]

    def _customer_reassign_notes(self):
        names = self.env["customer.reassign.mixin"]._get_customer_reassign_models()
        # sudo: what there is to forget does not depend on who looks
        env = self.sudo().env
        rows = env["customer.journal"].search(
            [
                ("subject_uuid", "=", self.customer_uuid),
                ("event", "in", [env[n]._customer_reassign_event for n in names]),
            ]
        )
        return env["customer.journal.note"].search([("journal_ref", "in", rows.ids)])
