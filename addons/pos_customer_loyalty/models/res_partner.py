from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_loyalty_card(self, program):
        """The card of this customer in ``program``, the one with most points of several."""
        self.ensure_one()
        return self.env["loyalty.card"].search(
            [("partner_id", "=", self.id), ("program_id", "=", program.id)],
            order="points desc, id",
            limit=1,
        )

    def _ensure_loyalty_card(self, program, order):
        """The card of this customer in ``program``, made with ``order`` if there is none."""
        return self._get_loyalty_card(program) or self.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": self.id,
                "source_pos_order_id": order.id,
            }
        )
