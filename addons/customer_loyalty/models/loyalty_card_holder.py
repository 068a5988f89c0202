from odoo import models
from odoo.exceptions import AccessError

from ..tools.booking import may_book


class LoyaltyCard(models.Model):
    """Who holds a gift card or a voucher, and how somebody else gets it.

    Points and store credit are an account of their customer: they never change hands.
    """

    _name = "loyalty.card"
    _inherit = ["loyalty.card", "customer.reassign.mixin"]

    _customer_reassign_event = "card_reassigned"
    _customer_reassign_key = "card"

    def action_customer_reassign(self):
        return {
            **super().action_customer_reassign(),
            "name": self.env._("Change holder"),
        }

    def _customer_reassign_refusal(self, partner):
        self.ensure_one()
        program = self.program_id
        if program.is_nominative:
            return self.env._(
                "What is on “%(card)s” belongs to its customer. Take it off there and add "
                "it to the card of the other one, or merge the two if they are one person.",
                card=self.display_name,
            )
        if not self.active:
            return self.env._(
                "“%s” is archived: nobody can use it. Choose the card that is used.",
                self.display_name,
            )
        if partner and not program._takes_customer(partner):
            return self.env._(
                "“%(program)s” is for customers of other types than %(customer)s. Choose "
                "somebody else, or change the type first.",
                program=program.name,
                customer=partner.display_name,
            )
        return super()._customer_reassign_refusal(partner)

    def _customer_reassign_effects(self, partner):
        effects = super()._customer_reassign_effects(partner)
        for card in self:
            values = {
                "amount": card._format_points(card.points).strip(),
                "old": card.partner_id.display_name,
                "new": partner.display_name,
            }
            if not partner:
                effects.append(
                    self.env._("Whoever shows the code can use %(amount)s.", **values)
                )
            elif card.partner_id:
                effects.append(
                    self.env._("%(amount)s go from %(old)s to %(new)s.", **values)
                )
            else:
                effects.append(self.env._("%(new)s gets %(amount)s.", **values))
        return effects

    def _customer_reassign_apply(self, old, new):
        result = super()._customer_reassign_apply(old, new)
        for card in self:
            # the code may be known to whoever had the card: the history says since when
            card._book("transferred", description=self.env._("Another holder"))
        return result

    def _get_first_line_id(self):
        """Id of the line since which the holder has the card, 0 when nobody had it before.

        What stands before is not the holder's to read.
        """
        self.ensure_one()
        # sudo: for the holder, who has no rights on cards
        lines = self.env["loyalty.history"].sudo()
        return (
            lines.search(
                [
                    ("card_id", "=", self.id),
                    ("kind", "=", "transferred"),
                    ("issued", "=", 0),
                    ("used", "=", 0),
                ],
                order="id DESC",
                limit=1,
            ).id
            or 0
        )

    # -- no way around it ---------------------------------------------------------------

    def write(self, vals):
        if "partner_id" in vals and not may_book(self.env):
            self._check_holder_kept(vals["partner_id"])
        return super().write(vals)

    def _check_holder_kept(self, partner_id):
        """A card without a holder may get one, as when it is sold; afterwards it stays.

        :raise AccessError: when a card would lose its holder
        """
        for card in self:
            if card.partner_id and card.partner_id.id != partner_id:
                raise AccessError(
                    self.env._(
                        "“%(card)s” belongs to %(customer)s. Use “Change holder”, which "
                        "asks for the reason and keeps a record.",
                        card=card.display_name,
                        customer=card.partner_id.display_name,
                    )
                )
