from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .receipt import make_receipt


class ConsentPortal(CustomerPortal):
    """My consents: whoever is logged in reads and answers for themselves, and no one else."""

    @route(
        "/my/consents",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_consents(self, done=None, stale=None, **kwargs):
        """Show the page; nothing changes."""
        return self._my_consents_page(done=done, stale=stale)

    @route(
        "/my/consents",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def my_consents_answer(self, answer=None, granted=None, **kwargs):
        """Note the answer, and show the page again by GET: a reload sends nothing."""
        try:
            code = self._my_consents_partner()._consent_answer(
                answer, granted, "portal"
            )
        except UserError as error:
            request.env.cr.rollback()
            return self._my_consents_page(status=400, error=str(error))
        query = f"done={code}" if code else "stale=1"
        return request.redirect(f"/my/consents?{query}")

    @route(
        "/my/consents/receipt/<any(json, pdf):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        multilang=False,
        readonly=True,
        sitemap=False,
    )
    def my_consents_receipt(self, kind, event=None, **kwargs):
        """The receipt of all current answers, or of one event of the history."""
        receipt = make_receipt(self._my_consents_partner(), kind, event)
        return receipt or request.not_found()

    def _my_consents_partner(self):
        """Whoever is logged in, for the company that they are a customer of."""
        # sudo: their own consents, whatever rights they have
        partner = request.env.user.partner_id.sudo()
        companies = partner.company_id or request.env.companies
        return partner.with_context(allowed_company_ids=companies.ids)

    def _my_consents_page(self, status=200, **notices):
        values = {
            **self._prepare_portal_layout_values(),
            **self._my_consents_partner()._consent_page(),
            "page_name": "consents",
            "action": "/my/consents",
            **notices,
        }
        response = request.render(
            "customer_consent.portal_my_consents", values, status=status
        )
        response.headers["Cache-Control"] = "no-store"
        # nobody steals a tap by a frame
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response
