from odoo import models
from odoo.http import request

_LOOKS = frozenset({"GET", "HEAD"})


class SaleOrder(models.Model):
    """Who placed an order for the customer, also one that the customer had begun."""

    _inherit = "sale.order"

    def write(self, vals):
        if vals.get("state") in ("sent", "sale"):
            self._customer_placed_now()
        if vals.get("signed_by"):
            vals = self._customer_prepare_signature(vals)
        return super().write(vals)

    def _customer_prepare_signature(self, vals):
        """Whoever signs in the name of the customer is named beside the signature."""
        colleague = self.env["res.partner"]._customer_acting_user()
        if not colleague:
            return vals
        names = {"colleague": colleague.name, "customer": vals["signed_by"]}
        return {
            **vals,
            "signed_by": self.env._("%(colleague)s for %(customer)s", **names),
        }

    def _customer_placed_now(self):
        """Name the colleague who acts as the customer, if anybody does.

        What was agreed before stays whose it was.
        """
        colleague = self.env["res.partner"]._customer_acting_user()
        if colleague:
            self.filtered(
                lambda order: (
                    order.state in ("draft", "sent")
                    and order.on_behalf_user_id != colleague
                )
            )._customer_place(colleague)

    def _customer_lines_changed(self):
        """As ``_customer_placed_now``, for a change of what is ordered.

        A cart that a page brings up to date while it is looked at is nobody's act.
        """
        if request and request.httprequest.method in _LOOKS:
            return
        if self.env["res.partner"]._customer_acting_user():
            self._customer_placed_now()
            self._customer_touched("write")

    def _notify_by_email_prepare_rendering_context(self, *args, **kwargs):
        """Say it in the heading of each mail: no template of the shop has to be edited."""
        context = super()._notify_by_email_prepare_rendering_context(*args, **kwargs)
        sentence = self and context["record"]._customer_placed_by_sentence()
        if sentence:
            context["subtitles"] = [*context["subtitles"], sentence]
        return context
