from odoo import api, fields, models
from odoo.exceptions import AccessError


class PosConfig(models.Model):
    """Where customers answer for themselves: the customer display, and their own page."""

    _inherit = "pos.config"

    customer_consent_qr = fields.Boolean(
        string="Consents on the receipt",
        help="The receipt of a known customer has a QR code that leads to their own page of "
        "consents.",
    )

    def consent_display_show(self, message, device_uuid):
        """Show on the customer display of a device what its till asks.

        :param dict message: ``configId`` and ``request``: questions and words, and no word
            about who the customer is
        :param str device_uuid: of the device whose display it is
        :return: True
        :raise AccessError: for users who sell at no till, and for the till of others
        """
        self.ensure_one()
        self._check_consent_display()
        self.check_access("read")
        self._notify(f"CUSTOMER_CONSENT_REQUEST-{device_uuid}", message)
        return True

    @api.model
    def _check_consent_display(self):
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(
                self.env._("Only those who sell at a till use its customer display.")
            )

    @api.model
    def consent_display_texts(self, lang):
        """The words around the questions on the customer display.

        :param str lang: what the customer reads; of a language that is not installed, those
            of the user
        :return: dict of ``title``, ``intro``, ``yes``, ``no``, ``confirm``, ``decline`` and
            ``thanks``
        :raise AccessError: for users who sell at no till
        """
        self._check_consent_display()
        installed = dict(self.env["res.lang"].get_installed())
        if isinstance(lang, str) and lang in installed:
            self = self.with_context(lang=lang)
        return {
            "title": self.env._("Your choice"),
            "intro": self.env._(
                "Please read, and answer yes or no. You can change your mind at any time."
            ),
            "yes": self.env._("Yes"),
            "no": self.env._("No"),
            "confirm": self.env._("Confirm"),
            "decline": self.env._("Not now"),
            "thanks": self.env._("Thank you."),
        }
