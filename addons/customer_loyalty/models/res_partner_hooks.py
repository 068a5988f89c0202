from odoo import fields, models
from odoo.fields import Domain

from .loyalty_card_merge import NOMINATIVE


class ResPartner(models.Model):
    """What becomes of points when customers are merged, exported, forgotten, shown."""

    _inherit = "res.partner"

    def _customer_merge_into(self, target):
        """One card in each programme, with the points and the history of all."""
        self.env["loyalty.card"]._merge_customers(self, target)
        return super()._customer_merge_into(target)

    def _customer_export(self):
        return {
            **super()._customer_export(),
            "loyalty": [
                card._customer_export_card() for card in self._customer_loyalty_cards()
            ],
        }

    def _customer_loyalty_cards(self):
        """All cards that the customer has or had, in whatever company."""
        # sudo: the customer's own data, whoever exports or forgets them
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        return cards.search([("partner_id", "=", self.id)], order="id")

    def _customer_erasure_plan(self):
        cards = self._customer_loyalty_cards()
        named = cards.filtered("program_id.is_nominative")

        def step(model, field, ids, action):
            return {"model": model, "field": field, "ids": ids, "action": action}

        return [
            *super()._customer_erasure_plan(),
            # a code leads to the customer, and what is written on a line may name them
            step("loyalty.card", "code", named.ids, "mask"),
            step("loyalty.history", "description", cards.history_ids.ids, "mask"),
            # whoever has the code of a gift card or coupon in hand may still use it
            step("loyalty.card", "partner_id", (cards - named).ids, "detach"),
            # sums without a name: what the shop owes, and did
            step("loyalty.card", "partner_id", named.ids, "keep"),
            step(
                "customer.journal.note",
                "body",
                self._customer_loyalty_notes().ids,
                "mask",
            ),
        ]

    def _customer_loyalty_notes(self):
        """What was written when a balance was changed by hand."""
        # sudo: what there is to forget does not depend on who looks
        env = self.sudo().env
        rows = env["customer.journal"].search(
            [
                ("subject_uuid", "=", self.customer_uuid),
                ("event", "in", ("points_adjusted", "points_corrected")),
            ]
        )
        return env["customer.journal.note"].search([("journal_ref", "in", rows.ids)])

    # -- the customer's card -------------------------------------------------------------

    def _customer_card(self, config):
        return {**super()._customer_card(config), "loyalty": self._customer_loyalty()}

    def _customer_loyalty(self):
        """What the customer has to spend, what waits, and what expires next.

        :return: dict of JSON values: ``programs``, with points and money that gather on
            one card, and ``vouchers``, each with a code of its own
        """
        self.ensure_one()
        # sudo: who serves the customer tells them what they have; programmes and cards
        # are for others to manage
        cards = self.env["loyalty.card"].sudo()
        cards = cards.search(self._customer_loyalty_domain(), order="program_id, id")
        named = cards.filtered("program_id.is_nominative")
        vouchers = (cards - named).sorted(
            lambda card: card.expiration_date or fields.Date.to_date("9999-12-31")
        )
        return {
            "programs": [card._customer_program_row() for card in named],
            "vouchers": [card._customer_voucher_row() for card in vouchers],
        }

    def _customer_loyalty_domain(self):
        """Cards that can be used today, in this company; an account may be empty."""
        today = fields.Date.context_today(self)
        return (
            Domain("partner_id", "=", self.id)
            & Domain("program_id.active", "=", True)
            & Domain("program_id.company_id", "in", (False, *self.env.company.ids))
            & (NOMINATIVE | Domain("points", ">", 0))
            & (
                Domain("expiration_date", "=", False)
                | Domain("expiration_date", ">=", today)
            )
        )
