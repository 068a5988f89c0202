from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# cards that belong to a customer and gather what several purchases give
NOMINATIVE = Domain("program_id.applies_on", "=", "both") | (
    Domain("program_id.program_type", "in", ("ewallet", "loyalty"))
    & Domain("program_id.applies_on", "=", "future")
)


class LoyaltyCard(models.Model):
    """Cards of customers who are merged: one card with the points and lines of all."""

    _inherit = "loyalty.card"

    merged_into_id = fields.Many2one(
        "loyalty.card",
        string="Merged into",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The card that has the points of this one, and answers to its code.",
    )

    @api.model
    def _merge_customers(self, sources, target):
        """Give ``target`` what is on the cards of the partners ``sources``.

        Codes of the cards that go on paper or in an e-mail keep leading to the points.
        What nobody holds by name, as gift cards, is no matter of this: it changes its
        holder like any other document.
        """
        # sudo: who merges need not manage programmes
        found = self.sudo()._read_group(
            NOMINATIVE & Domain("partner_id", "in", sources.ids),
            ["program_id"],
            ["id:recordset"],
        )
        for program, cards in found:
            kept = cards.search(
                [("partner_id", "=", target.id), ("program_id", "=", program.id)],
                order="points desc, id",
                limit=1,
            )
            kept = kept or cards.sorted(lambda card: (-card.points, card.id))[0]
            kept.partner_id = target
            (cards - kept)._merge_into(kept)

    def _merge_into(self, card):
        """Bring everything that these cards have over to ``card``; they stay as its codes."""
        if not self:
            return
        (self | card)._lock_points()
        points = sum((self | card).mapped("points"))
        self.write({"points": 0, "active": False})
        card.points = round(points, 4)
        # lines, pending points, notices, and what orders say of these cards
        merging = self.env["base.partner.merge.automatic.wizard"]
        merging._update_foreign_keys_generic(self._name, self, card)
        self.merged_into_id = card
        self.env.invalidate_all()

    # -- codes that are still in somebody's pocket ---------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Whoever looks for the code of a card that was merged finds the one it became."""
        domain = Domain(domain).map_conditions(self._lead_on)
        return super()._search(domain, *args, **kwargs)

    def _lead_on(self, condition):
        if condition.field_expr != "code" or condition.operator not in ("=", "in"):
            return condition
        codes = condition.value
        codes = [codes] if condition.operator == "=" else list(codes)
        current = self._get_current_codes([code for code in codes if code])
        return Domain("code", "in", codes + current) if current else condition

    @api.model
    def _get_current_codes(self, codes):
        """Codes of the cards that those with one of ``codes`` were merged into."""
        self.flush_model(["code", "merged_into_id"])
        found = self.env.execute_query(
            SQL(
                "SELECT kept.code FROM loyalty_card AS card"
                " JOIN loyalty_card AS kept ON kept.id = card.merged_into_id"
                " WHERE card.code = ANY(%s)",
                codes,
            )
        )
        return [code for (code,) in found]
