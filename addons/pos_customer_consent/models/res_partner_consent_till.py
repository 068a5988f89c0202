from odoo import api, models

_CHANGED = "pos_customer_consent.changed"
_MOST_TOLD = 200


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

    # -- cards that are open elsewhere --------------------------------------------------

    def _consent_changed(self):
        """Have cards that are open show the answer, once the transaction is committed.

        Not as any other change of a customer: that shows the whole card anew, and would
        take it away under the finger that answers.
        """
        result = super()._consent_changed()
        precommit = self.env.cr.precommit
        if _CHANGED not in precommit.data:
            precommit.data[_CHANGED] = set()
            precommit.add(self.browse()._consent_tell_tills)
        precommit.data[_CHANGED].update(self.ids)
        return result

    @api.model
    def _consent_tell_tills(self):
        changed = self.env.cr.precommit.data.pop(_CHANGED, None)
        # nobody looks at so many cards: an import
        if not changed or len(changed) > _MOST_TOLD:
            return
        # sudo: whoever answers need not know which tills are open
        sessions = self.env["pos.session"].sudo().search([("state", "!=", "closed")])
        for config in sessions.config_id:
            config._notify("CUSTOMER_CONSENTS_CHANGED", {"ids": sorted(changed)})
