from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .receipt import make_receipt

# The address is the key to the page: no one but the customer's browser keeps it, gets it
# as a referrer or lists it. The page has no script, and cannot be framed to steal a tap.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; font-src 'self';"
    " style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class ConsentLink(http.Controller):
    """A customer's consents by a signed link, without an account.

    No page of the website, on purpose: nothing counts its visitors, asks for cookies or
    sends its address to a third party.
    """

    @http.route(
        "/consent/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def consents(self, token, done=None, stale=None):
        """Show the page. Programs that scan mails follow links: nothing changes here."""
        partner = self._partner(token)
        if not partner:
            return self._refused()
        return self._page(partner, token, done=done, stale=stale)

    @http.route("/consent/<string:token>", type="http", auth="public", methods=["POST"])
    def answer(self, token, answer=None, granted=None):
        """Note the answer, and show the page again by GET: a reload sends nothing."""
        partner = self._partner(token)
        if not partner:
            return self._refused()
        try:
            code = partner._consent_answer(answer, granted, "link")
        except UserError as error:
            request.env.cr.rollback()
            return self._page(partner, token, status=400, error=str(error))
        query = f"done={code}" if code else "stale=1"
        return self._private(request.redirect(f"/consent/{token}?{query}"))

    @http.route(
        "/consent/<string:token>/receipt/<any(json, pdf):kind>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def receipt(self, token, kind, event=None):
        """The receipt of all current answers, or of one event of the history."""
        partner = self._partner(token)
        response = partner and make_receipt(partner, kind, event)
        return self._private(response) if response else self._refused()

    def _partner(self, token):
        """Whom the link is of; the rest of the request speaks their language."""
        partner = request.env["res.partner"]._consent_partner_of_link(token)
        if partner:
            request.update_context(lang=partner.env.lang)
        return partner

    def _page(self, partner, token, status=200, **notices):
        values = {
            **partner._consent_page(),
            "action": f"/consent/{token}",
            "company": partner.env.company,
            **notices,
        }
        return self._render("customer_consent.consent_link_page", values, status)

    def _refused(self):
        values = {"company": request.env.company.sudo()}  # sudo: its name and logo only
        return self._render("customer_consent.consent_link_refused", values, 404)

    def _render(self, template, values, status):
        return self._private(request.render(template, values, status=status))

    def _private(self, response):
        response.headers.update(_HEADERS)
        return response
