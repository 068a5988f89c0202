from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Answers arrive with the customer who was made at a till."""

    _inherit = "res.partner"

    @api.model
    def customer_upsert(self, values, uuid, config_id=None, key=None):
        """Also take the answers that were asked for when the customer was made.

        :param dict values: ``consents`` among them is a list of answers as of
            ``consent_receive``, and needs ``config_id``
        :raise UserError: also for a new customer of a till without an answer that it must
            ask for, and for an answer that is refused: then nobody is made
        """
        answers = None
        if isinstance(values, dict) and "consents" in values:
            values = dict(values)
            answers = values.pop("consents")
        config = self._customer_config(config_id)
        if config:
            self._check_consents_at_creation(config, answers, uuid)
        partner_id = super().customer_upsert(values, uuid, config_id=config_id, key=key)
        if answers:
            config = self._check_consent_till(config_id)
            self.browse(partner_id)._consent_take_all(answers, config)
        return partner_id

    def _consent_take_all(self, answers, config):
        if not isinstance(answers, list):
            raise UserError(self.env._("The answers of a customer must be a list."))
        for answer in answers:
            self._consent_take(answer, config)

    @api.model
    def _check_consents_at_creation(self, config, answers, uuid):
        """
        :raise UserError: with a sentence for each answer that the till cannot do without
        """
        purposes = self.env["consent.purpose"]._asked_at_creation(config)
        purposes = purposes.filtered(lambda p: p.answer_required or p.is_condition)
        if not purposes or self._customer_of_uuid(self._customer_parse_uuid(uuid)):
            return
        given = {
            answer.get("purpose"): answer.get("granted")
            for answer in answers or ()
            if isinstance(answer, dict)
        }
        sentences = []
        for purpose in purposes.with_env(self.env).sudo():  # sudo: no secret, as above
            if purpose.is_condition and not given.get(purpose.code):
                sentences.append(
                    self.env._(
                        "Without a yes to “%(purpose)s” no customer can be created.",
                        purpose=purpose.name,
                    )
                )
            elif purpose.code not in given:
                sentences.append(
                    self.env._(
                        "Note the customer's answer to “%(purpose)s”: yes or no.",
                        purpose=purpose.name,
                    )
                )
        if sentences:
            raise UserError("\n".join(sentences))

    @api.model
    def _customer_receive_draft(self, draft):
        """A customer who was made without a connection brings their answers along.

        What became of each, the till asks afterwards: it sends them again by their keys.
        """
        partner, refused, error = super()._customer_receive_draft(draft)
        consents = draft.get("consents") if isinstance(draft, dict) else None
        if partner and isinstance(consents, dict):
            self._customer_attempt(
                lambda: partner._consent_receive(
                    consents["answers"], self._check_consent_till(consents["config_id"])
                )
            )
        return partner, refused, error
