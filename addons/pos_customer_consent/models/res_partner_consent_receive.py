from datetime import datetime, timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError

_CHANNELS = ("pos", "customer_display")
_OLDEST = timedelta(days=3660).total_seconds()


class ResPartner(models.Model):
    """Answers that tills send, at once or when the connection is back."""

    _inherit = "res.partner"

    @api.model
    def consent_receive(self, uuid, answers, config_id):
        """Take a customer's answers from a till, each once by its key.

        An answer that is refused keeps no other one out.

        :param str uuid: of the customer, also of one who was merged meanwhile
        :param list answers: of dict: ``purpose`` (code), ``granted``, ``wording_id`` (the
            published wording that was read), ``key`` (chosen once for the answer),
            ``age_seconds`` (how long ago it was given by the till's own clock, which may
            be wrong), ``channel`` (``pos`` or ``customer_display``), and where known
            ``order_uuid``, ``employee_id`` and ``after``: the key of the same device's
            answer before, so that a slow line never turns their order round. None asks
            for the current answers only.
        :param int config_id: the till, one that the user may use
        :return: dict of ``partner_id``, False as long as nobody has this UUID;
            ``answers``, for each of them ``key``, ``accepted`` and ``error``, the sentence
            that says why it is refused; and ``consents`` as on the card
        :raise AccessError: for users who sell at no till, and for the till of others
        :raise UserError: for something else than a list, a till that is not there, and a
            customer who was deleted
        """
        config = self._check_consent_till(config_id)
        if not isinstance(answers, list):
            raise UserError(self.env._("The answers of a customer must be a list."))
        partner = self._customer_of_uuid(self._customer_parse_uuid(uuid))
        if not partner:
            return {"partner_id": False, "answers": [], "consents": []}
        partner._check_consent_caller("write" if answers else "read")
        return {
            "partner_id": partner.id,
            "answers": partner._consent_receive(answers, config),
            "consents": partner._consent_card_at(config),
        }

    @api.model
    def _check_consent_till(self, config_id):
        """
        :return: the till, which the user may use
        """
        self._check_customer_user()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(
                self.env._(
                    "Only those who sell at a till note consents there. Ask your "
                    "administrator for the right to use the Point of Sale."
                )
            )
        config = self._customer_till(config_id)
        config.check_access("read")
        return config

    def _consent_receive(self, answers, config):
        """Take answers one by one, for code that has checked till and caller.

        :return: what became of each, as of ``consent_receive``
        """
        self.ensure_one()
        return [self._consent_receive_one(answer, config) for answer in answers]

    def _consent_receive_one(self, answer, config):
        error = self._customer_attempt(lambda: self._consent_take(answer, config))
        key = answer.get("key") if isinstance(answer, dict) else ""
        return {"key": key or "", "accepted": not error, "error": error or ""}

    def _consent_take(self, answer, config):
        """
        :raise UserError: with the sentence that says why it is not taken
        """
        if not isinstance(answer, dict) or not answer.get("key"):
            raise UserError(
                self.env._("An answer must give purpose, granted, channel and a key.")
            )
        channel = answer.get("channel")
        if channel not in _CHANNELS:
            raise UserError(
                self.env._(
                    "A till takes answers that were told there or given on the customer "
                    "display: “pos” or “customer_display”."
                )
            )
        self._consent_set(
            answer.get("purpose"),
            answer.get("granted"),
            channel,
            wording_id=answer.get("wording_id") or None,
            key=answer["key"],
            at=self._consent_moment(answer),
            config_ref=config.id,
            order_uuid=self._consent_order(answer),
            employee_ref=self._consent_employee(answer, config),
        )

    @api.model
    def _consent_moment(self, answer):
        """When it was given by the clock of the server; None for now."""
        age = answer.get("age_seconds") or 0
        is_number = isinstance(age, (int, float)) and not isinstance(age, bool)
        if not is_number or not 0 <= age <= _OLDEST:
            raise UserError(
                self.env._(
                    "How long ago an answer was given must be a number of seconds."
                )
            )
        at = now = datetime.utcnow()
        at -= timedelta(seconds=age)
        if after := answer.get("after"):
            # sudo: whoever knows the key has sent it
            events = self.env["consent.event"].sudo()
            before = events.search([("key", "=", str(after))])
            if before and before.at >= at:
                at = before.at + timedelta(microseconds=1)
        return at if at < now else None

    @api.model
    def _consent_order(self, answer):
        order_uuid = answer.get("order_uuid")
        return self._customer_parse_uuid(order_uuid) if order_uuid else None

    @api.model
    def _consent_employee(self, answer, config):
        """Who of the till's staff took it, where staff logs in at the till."""
        employee_id = answer.get("employee_id")
        if not isinstance(employee_id, int) or not hasattr(config, "_employee_domain"):
            return None
        # sudo: who sells need not read employees, and the till has let them log in
        domain = config.sudo()._employee_domain(self.env.uid)
        employees = self.env["hr.employee"].sudo()  # sudo: as above
        return employees.search([*domain, ("id", "=", employee_id)]).id or None
