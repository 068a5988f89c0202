from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

from ..models.res_users_login import SESSION_KEY


class CustomerLogin(AuthSignupHome):
    """Says once why they are here to those whom another site sent back."""

    @http.route()
    def web_login(self, *args, **kw):
        if request.httprequest.method == "GET" and request.session.should_rotate:
            # the session has just ended: the form must belong to the one that follows
            return request.redirect(request.httprequest.full_path)
        refused = request.session.pop(SESSION_KEY, None)
        response = super().web_login(*args, **kw)
        # what is refused now is answered by this very page
        request.session.pop(SESSION_KEY, None)
        if refused and request.httprequest.method == "GET" and response.is_qweb:
            # sudo: the account that has just proved itself in this browser
            account = request.env["res.users"].sudo().browse(refused).exists()
            if account._customer_login_blocked():
                response.qcontext.update(
                    customer_login_refusal=account.partner_id._customer_login_refusal(),
                    login=account.login,
                )
        return response
