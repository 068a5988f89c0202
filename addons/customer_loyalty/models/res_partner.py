from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _customer_points_text(self):
        """Add the points of loyalty programmes and the money of top-ups."""
        # sudo: who sells tells the customer their points without managing programmes
        cards = self.env["loyalty.card"].sudo()
        cards = cards.search(self._customer_cards_domain(), order="program_id, id")
        return " · ".join(
            filter(
                None,
                [
                    super()._customer_points_text(),
                    *(
                        self.env._(
                            "%(program)s: %(points)s",
                            program=card.program_id.name,
                            points=card.points_display.strip(),
                        )
                        for card in cards
                    ),
                ],
            )
        )

    def _customer_cards_domain(self):
        """Cards of this customer that have something to spend today, in this company."""
        today = fields.Date.context_today(self)
        return (
            Domain("partner_id", "in", self.ids)
            & Domain("points", ">", 0)
            & Domain("program_id.program_type", "in", ("loyalty", "ewallet"))
            & Domain("program_id.active", "=", True)
            & Domain("program_id.company_id", "in", (False, *self.env.company.ids))
            & (
                Domain("expiration_date", "=", False)
                | Domain("expiration_date", ">=", today)
            )
        )
