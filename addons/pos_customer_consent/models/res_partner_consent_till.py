from odoo import models


class ResPartner(models.Model):
    """The answers as a till shows them, and that it hears of new ones."""

    _inherit = "res.partner"

    def _customer_card(self, config):
        card = super()._customer_card(config)
        return {**card, "consents": self._consent_card_at(config)} if config else card

    def _consent_card_at(self, config):
        """The consents of the card, with ``till``: what is asked there.

        :return: list of dict, as of ``_consent_card``; of ``till`` ``wording`` is the id
            of what the customer reads, in ``lang``, ``title`` the purpose in that
            language, and ``asked`` whether the till may ask for it
        """
        purposes = self.env["consent.purpose"]
        return [
            {**item, "till": self._consent_asked_at(purposes._find(item["purpose"]))}
            for item in self._consent_card()
        ]

    def _consent_asked_at(self, purpose):
        wording = purpose._get_wording(self.lang)
        return {
            "wording": wording.id,
            "title": wording._consent_title() if wording else purpose.name,
            "lang": wording.lang or "",
            "asked": bool(purpose.active and purpose.ask_in_pos and wording),
        }

    def _consent_changed(self):
        """Cards that are open somewhere show the answer."""
        result = super()._consent_changed()
        self._customer_notify_tills()
        return result
