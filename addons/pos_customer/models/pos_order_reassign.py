from odoo import models
from odoo.exceptions import AccessError

_PAST = ("paid", "done")


class PosOrder(models.Model):
    """Another customer for an order of the past, of which nothing else changes.

    Prices, price list and taxes stay as they were paid. What belongs to the customer goes
    along: refunds, deliveries, points. Modules that keep more of an order for its customer
    extend ``_customer_reassign_refusals``, ``_customer_reassign_effects`` and
    ``_customer_reassign_apply``.
    """

    _name = "pos.order"
    _inherit = ["pos.order", "customer.reassign.mixin"]

    _customer_reassign_event = "order_reassigned"
    _customer_reassign_key = "order"

    # -- the parts of it --------------------------------------------------------------

    def _get_customer_reassign_documents(self, partner):
        """This order with what was sold or refunded together with it to one customer.

        A refund and its sale cancel each other out in the history of a customer, so
        they are never divided between two. Empty when ``partner`` has the order already.
        """
        # a refund may have been made at a till that the user does not see: with all rights
        pending = super()._get_customer_reassign_documents(partner)
        owner, found = pending.partner_id, pending.browse()
        while pending:
            found |= pending
            lines = pending.lines
            linked = (lines.refunded_orderline_id | lines.refund_orderline_ids).order_id
            pending = (linked - found).filtered(
                lambda o: o.state in _PAST and o.partner_id == owner
            )
        return found.sorted("id")

    def _customer_reassign_refusal(self, partner):
        self.ensure_one()
        identified = self.payment_ids.payment_method_id.filtered(
            lambda method: method.split_transactions or method.type == "pay_later"
        )
        if self.state not in _PAST:
            return self.env._(
                "“%(order)s” is not paid. Choose the customer in the order itself.",
                order=self.name,
            )
        if self.account_move:
            return self.env._(
                "“%(order)s” is invoiced, and an invoice keeps its customer. Refund the "
                "order and sell it again to the right one.",
                order=self.name,
            )
        if identified and self.session_id.state == "closed":
            return self.env._(
                "“%(order)s” was paid by “%(method)s” and its session is closed, so that it "
                "stands in the books on the account of its customer. Refund the order and "
                "sell it again to the right one, or have the accountant move the amount.",
                order=self.name,
                method=identified[0].name,
            )
        if self._is_customer_in_french_hash():
            return self.env._(
                "The French certification seals “%(order)s” together with its customer. "
                "Refund the order and sell it again to the right one.",
                order=self.name,
            )
        if identified and not partner:
            return self.env._(
                "“%(order)s” was paid by “%(method)s”, which needs a customer. Choose one.",
                order=self.name,
                method=identified[0].name,
            )
        if self.shipping_date and not partner:
            return self.env._(
                "“%(order)s” is shipped to its customer. Choose one.", order=self.name
            )
        return super()._customer_reassign_refusal(partner)

    def _is_customer_in_french_hash(self):
        """Whether ``l10n_fr_pos_cert``, where installed, sealed the order's customer.

        It did so until Odoo 17.4; later orders carry the version that made them.
        """
        self.ensure_one()
        return bool(
            "l10n_fr_hash" in self._fields
            and self.l10n_fr_hash
            and not self.pos_version
        )

    def _customer_reassign_effects(self, partner):
        effects = [
            *super()._customer_reassign_effects(partner),
            self.env._("Prices, taxes and payments stay as they are."),
        ]
        if len(self) > 1:
            names = ", ".join(self.mapped("name"))
            effects.append(
                self.env._("A sale and its refunds change together: %s.", names)
            )
        if self._get_customer_deliveries():
            effects.append(self.env._("The deliveries get the new customer too."))
        return effects

    def _get_customer_deliveries(self):
        return self.picking_ids.filtered(lambda picking: picking.state != "cancel")

    def _customer_reassign_apply(self, old, new):
        result = super()._customer_reassign_apply(old, new)
        self._get_customer_deliveries().write({"partner_id": new.id})
        return result

    # -- no way around it -------------------------------------------------------------

    def write(self, vals):
        if "partner_id" in vals and not self.env.su:
            self._check_customer_kept(vals["partner_id"])
        return super().write(vals)

    def _check_customer_kept(self, partner_id):
        """Past orders change hands by ``customer_reassign`` only.

        One without a customer may still get one, as when a till invoices it.

        :raise AccessError: when a past order would lose its customer
        """
        for order in self:
            if (
                order.state in _PAST
                and order.partner_id
                and order.partner_id.id != partner_id
            ):
                raise AccessError(
                    self.env._(
                        "“%(order)s” is paid: its points and deliveries belong to its "
                        "customer. Use “Change customer”, which moves them too.",
                        order=order.name,
                    )
                )
