from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import consteq

_TYPES = ("shown", "chosen", "confirmed", "declined")
_MOST = 100
_LONGEST = 64


class ConsentDisplayController(http.Controller):
    @http.route("/pos_customer_consent/display", type="jsonrpc", auth="public")
    def tell_till(self, config_id, access_token, device_uuid, message):
        """Hand on to a till what its customer display says.

        The page of the display has no user: like core's own, it is known by the token of its
        till. Nothing is stored here. The till takes only what answers its own request, whose
        id the display has been told, and its user notes it.

        :param int config_id: the till
        :param str access_token: of the till
        :param str device_uuid: of the device whose display it is
        :param dict message: ``id`` of the request, ``type`` and ``answers``
        :return: True
        :raise AccessError: for a wrong token
        :raise UserError: for a malformed message
        """
        config = request.env["pos.config"].browse()
        if isinstance(config_id, int) and 0 < config_id < 2**31:
            # sudo: known by its token, which is compared before anything is done
            config = config.sudo().browse(config_id).exists()
        token = config.access_token or ""
        if not (
            token and isinstance(access_token, str) and consteq(token, access_token)
        ):
            raise AccessError(
                request.env._(
                    "This customer display belongs to no till: open it again."
                )
            )
        device_uuid = self._text(device_uuid)
        config._notify(
            f"CUSTOMER_CONSENT_DISPLAY-{device_uuid}", self._clean_message(message)
        )
        return True

    def _clean_message(self, message):
        """Exactly what a till expects, whatever else was sent."""
        if not isinstance(message, dict) or message.get("type") not in _TYPES:
            self._refuse()
        answers = message.get("answers")
        if not isinstance(answers, list) or len(answers) > _MOST:
            self._refuse()
        return {
            "id": self._text(message.get("id")),
            "type": message["type"],
            "answers": [self._clean_answer(answer) for answer in answers],
        }

    def _clean_answer(self, answer):
        if not isinstance(answer, dict) or not isinstance(answer.get("granted"), bool):
            self._refuse()
        return {
            "purpose": self._text(answer.get("purpose")),
            "granted": answer["granted"],
        }

    def _text(self, text):
        if not isinstance(text, str) or not 0 < len(text) <= _LONGEST:
            self._refuse()
        return text

    def _refuse(self):
        raise UserError(
            request.env._("The customer display sent something unreadable.")
        )
