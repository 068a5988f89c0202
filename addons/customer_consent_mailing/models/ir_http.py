from odoo import models
from odoo.http import request

_STOP = "/sms/<int:mailing_id>/unsubscribe/<string:trace_code>"


class IrHttp(models.AbstractModel):
    """What is confirmed on the page for those who want no more SMS is a withdrawal.

    The page is SMS Marketing's, which need not be installed: its controller cannot be
    extended here. Core opens it with a GET that writes, and so it may: the link in the
    message leads to a form that changes nothing, and only who types the number that the
    message was sent to is led on to this address. No scanner has both.

    Core would blacklist the number for all that the shop ever sends. Who got the message
    for a purpose withdraws the consent to that purpose, and core is not asked.
    """

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        if _STOP in endpoint.routing.get("routes", ()):
            values = request.env["mailing.mailing"]._consent_stop_sms(**request.params)
            if values:
                page = request.render("customer_consent_mailing.page_sms_stop", values)
                page.flatten()
                return page
        return super()._dispatch(endpoint)
