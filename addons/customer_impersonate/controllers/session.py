from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.session import Session

from .acting import CustomerActing


class CustomerActingSession(Session):
    """Who logs out while acting as a customer leaves the customer, and is recorded."""

    @http.route()
    def logout(self, redirect="/odoo"):
        if request.env["customer.impersonation"]._current():
            return CustomerActing()._leave()
        return super().logout(redirect=redirect)

    @http.route()
    def destroy(self):
        request.env["customer.impersonation"]._current()._end("left")
        return super().destroy()
