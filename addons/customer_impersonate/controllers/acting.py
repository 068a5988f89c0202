from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.customer_impersonation_start import LINK_PATH


class CustomerActing(http.Controller):
    """Begins, keeps alive and ends the acting as a customer in this browser."""

    def _log(self):
        return request.env["customer.impersonation"]

    def _page(self, **values):
        response = request.render("customer_impersonate.acting_page", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    def _refused(self, error):
        # what began before it was refused has not begun
        request.env.cr.rollback()
        return self._page(error=str(error))

    @http.route(
        f"{LINK_PATH}/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        readonly=False,
        methods=["GET"],
    )
    def start(self, token):
        """Begin where the operator is logged in; elsewhere ask first.

        A link that somebody follows without knowing begins nothing: in the first case it
        counts for the very session that asked for it.
        """
        try:
            row = self._log()._of_link(token)
            row._check_browser()
            if row.elsewhere:
                return self._page(row=row, token=token)
            row._start()
        except (AccessError, UserError) as error:
            return self._refused(error)
        return request.redirect("/my")

    @http.route(
        LINK_PATH,
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def start_elsewhere(self, token, **_post):
        """Begin in a browser where nobody has to be logged in."""
        try:
            self._log()._of_link(token)._start()
        except (AccessError, UserError) as error:
            return self._refused(error)
        return request.redirect("/my")

    @http.route(
        "/customer/acting/beat", type="jsonrpc", auth="user", customer_acting=True
    )
    def beat(self):
        """Say that the window is open still.

        :return: dict of ``acting``, False once it has ended
        """
        row = self._log()._current()
        if row:
            row._seen()
        return {"acting": bool(row)}

    @http.route(
        "/customer/acting/leave",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
        customer_acting=True,
    )
    def leave(self, **_post):
        """End it, and be oneself again."""
        return self._leave()

    def _leave(self):
        row = self._log()._current()
        if not row:
            return request.redirect("/customer/acting/over")
        row._end("left")
        row._give_session_back("left")
        return request.redirect("/customer/acting/over")

    @http.route(
        "/customer/acting/over",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def over(self):
        """Say that it has ended and how, once, in the operator's own session."""
        row_id, how = request.session.pop("customer_acted", (None, None))
        # sudo: read in the session that has just acted
        row = self._log().sudo().browse(row_id or []).exists()
        row._end(how)  # done already, unless the server was stopped in between
        if row.user_ref != request.session.uid:
            row = row.browse()
        return self._page(over=True, row=row)
