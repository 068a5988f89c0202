from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PATH = "/my/help"


class CustomerHelpPortal(CustomerPortal):
    """Help with my account: who helped, and whether somebody may. Each for themselves."""

    @route(
        [PATH, f"{PATH}/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_help(self, page=1, done=None, **kwargs):
        """Show the page; nothing changes."""
        customer = request.env.user.partner_id
        help_page = customer._customer_help_page(max(1, page))
        values = {
            **self._prepare_portal_layout_values(),
            **help_page,
            "page_name": "help",
            "done": done,
            "acting": bool(customer._customer_acting_user()),
            "pager": pager(
                url=PATH, total=help_page["total"], page=page, step=help_page["step"]
            ),
        }
        response = request.render("customer_impersonate.portal_my_help", values)
        response.headers["Cache-Control"] = "no-store"
        # nobody steals a tap by a frame
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response

    @route(
        PATH, type="http", auth="user", methods=["POST"], website=True, sitemap=False
    )
    def my_help_allow(self, allow=None, **kwargs):
        """Allow help for a day, or end it; then show the page by GET."""
        customer = request.env.user.partner_id
        if allow == "1":
            customer._customer_allow_help()
        elif allow == "0":
            customer._customer_withdraw_help()
        return request.redirect(f"{PATH}?done={'1' if allow == '1' else '0'}")
