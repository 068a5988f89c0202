from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain

_MAX_LIMIT = 100
_MAX_OFFSET = 100_000


class ResPartner(models.Model):
    """Loyalty on the customer's form, for colleagues."""

    _inherit = "res.partner"

    customer_has_loyalty = fields.Boolean(
        string="Has loyalty",
        compute="_compute_customer_has_loyalty",
        groups="customer_base.group_customer_user",
        help="Whether a loyalty programme runs, or there is a card.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_has_loyalty(self):
        runs = bool(self._get_customer_programs())
        for partner in self:
            partner.customer_has_loyalty = runs or bool(
                partner._origin._get_customer_cards(limit=1)
            )

    # -- public ----------------------------------------------------------------------

    def customer_loyalty(self):
        """What the customer and their contacts have: points, store credit, vouchers.

        :return: dict: ``accounts``, the cards on which points or money are gathered, and
            ``vouchers``, gift cards and coupons that are not used up, both lists of dict as
            ``loyalty.card._customer_row``; ``programs``, those in which the customer could
            have an account and has none, dicts of ``id`` and ``name``; ``may_change``,
            whether the user may adjust balances and change holders
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        cards = self._get_customer_cards()._filter_useful()
        mine = cards.filtered(lambda card: card.partner_id == self and card.is_account)
        others = (self._get_customer_programs() - mine.program_id).filtered(
            lambda program: program._takes_customer(self)
        )
        return {
            **cards._customer_rows(),
            "programs": [{"id": p.id, "name": p.name} for p in others],
            "may_change": self.env.user.has_group(
                "customer_base.group_customer_manager"
            ),
        }

    def customer_loyalty_history(self, card_id=None, limit=20, offset=0):
        """Transactions on the cards of the customer and their contacts, the latest first.

        :param int card_id: only those of this card
        :param int limit: a hundred at most
        :param int offset: how many of the latest to leave out
        :return: dict ``{"rows": [...], "more": bool}``; rows as
            ``loyalty.history._customer_rows``
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self.check_access("read")
        limit = max(1, self._customer_search_number("limit", limit, 20, _MAX_LIMIT))
        offset = self._customer_search_number("offset", offset, 0, _MAX_OFFSET)
        # active_test: what was booked on a card stays, whatever became of the card
        cards = self.with_context(active_test=False)._get_customer_cards()
        if card_id:
            cards = cards.filtered(lambda card: card.id == card_id)
        lines = self.env["loyalty.history"].search(
            [("card_id", "in", cards.ids)], limit=limit + 1, offset=offset
        )
        return {
            "rows": lines[:limit]._customer_rows(),
            "more": len(lines) > limit,
        }

    # -- the parts of it --------------------------------------------------------------

    def _get_customer_cards(self, limit=None):
        """Cards of the customer, and of their contacts, that the user may read."""
        if not self:
            return self.env["loyalty.card"]
        return self.env["loyalty.card"].search(
            [("partner_id", "child_of", self.ids)],
            order="program_id, expiration_date, id",
            limit=limit,
        )

    @api.model
    def _get_customer_programs(self):
        """Programmes that run today, in which a customer gathers points or money."""
        today = fields.Date.context_today(self)
        programs = self.env["loyalty.program"].search(
            (Domain("date_from", "=", False) | Domain("date_from", "<=", today))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )
        return programs.filtered("is_nominative")

    def _open_loyalty_card(self, program):
        """The card of this customer in ``program``, a new and empty one if need be.

        For code that has checked who may.

        :raise UserError: when the programme is for other customers
        """
        self.ensure_one()
        # sudo: an empty card is no more than a place for points
        partner, cards = self.sudo(), self.env["loyalty.card"].sudo()
        try:
            # two at once would make two cards
            partner.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing %s. Try again in a moment.",
                    partner.display_name,
                )
            ) from error
        card = cards.search(
            [("partner_id", "=", self.id), ("program_id", "=", program.id)], limit=1
        )
        if not card and not program._takes_customer(partner):
            raise UserError(
                self.env._(
                    "“%(program)s” is for customers of other types than %(customer)s.",
                    program=program.name,
                    customer=partner.display_name,
                )
            )
        card = card or cards.create(
            {"program_id": program.id, "partner_id": self.id, "points": 0}
        )
        return card.sudo(False)
