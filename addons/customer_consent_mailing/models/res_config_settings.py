from odoo import fields, models

from .res_partner_blacklist import SETTING


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    consent_mailing_blacklist = fields.Boolean(
        string="Blacklist who withdraws the last consent",
        config_parameter=SETTING,
        help="An e-mail address or number goes to the blacklist when none of its customers "
        "consents to anything any more, and is released with the next consent. What "
        "somebody else blacklisted stays.",
    )
