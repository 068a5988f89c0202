from odoo import models
from odoo.http import SessionExpiredException

from odoo.addons.bus.websocket import wsrequest

from .customer_impersonation import SESSION_KEY


class IrWebsocket(models.AbstractModel):
    """No websocket while somebody acts as a customer: it would outlive the acting.

    The checks are made at each request, and a websocket makes none.
    """

    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        if wsrequest.session.get(SESSION_KEY):
            raise SessionExpiredException()
        return super()._authenticate()
