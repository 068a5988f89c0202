from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError

_PAST = ("paid", "done")


class PosOrder(models.Model):
    """Another customer for an order of the past, of which nothing else changes.

    Prices, price list and taxes stay as they were paid. What belongs to the customer goes
    along: refunds, deliveries, points. Modules that keep more of an order for its customer
    extend ``_customer_reassign_refusals``, ``_customer_reassign_effects`` and
    ``_customer_reassign_loyalty``.
    """

    _inherit = "pos.order"

    # -- public ----------------------------------------------------------------------

    def customer_reassign(self, partner_id, reason, note=None):
        """Give this past order another customer, or one if it had none.

        :param int partner_id: id of the customer, False for none; the id of somebody
            merged since leads to who they are now
        :param str reason: code, one of ``_get_customer_reassign_reasons``
        :param str note: free text, kept where it can be erased
        :return: ids of the orders that changed, refunds of this one among them; empty
            when it is the customer's already
        :raise AccessError: for users who are no customer managers
        :raise UserError: with the reason when the customer must stay, and the way out
        :raise ValidationError: for an unknown reason or an id that is none
        """
        self.ensure_one()
        self._check_customer_reassign()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        return self._customer_reassign(partner, reason, note)

    def customer_reassign_authorised(
        self, partner_id, reason, login, password, note=None
    ):
        """The same in the name of a colleague who may, at somebody else's till.

        :param str login: of the colleague
        :param str password: of the colleague; neither stored nor logged
        :return: as ``customer_reassign``
        :raise AccessError: for wrong credentials, after too many of them, and for a
            colleague who is no customer manager
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        partners._check_customer_user()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        colleague = partners._customer_authorising_user(
            login, password, "customer_base.group_customer_manager"
        )
        order = self.with_user(colleague).with_context(customer_channel="pos")
        return order._customer_reassign(partner, reason, note)

    def customer_reassign_preview(self, partner_id):
        """What a change of the customer would do, before anybody is asked to decide.

        :param int partner_id: as for ``customer_reassign``
        :return: ``{"changes", "refusals", "effects", "reasons"}``: whether it does
            anything; sentences, empty when nothing stands in the way; sentences; list of
            code and label of each reason
        :raise AccessError: for users without the Customers app or the Point of Sale
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_user()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        orders = self._get_customer_reassign_orders(partner)
        return {
            "changes": bool(orders),
            "refusals": orders._customer_reassign_refusals(partner),
            "effects": orders._customer_reassign_effects(partner),
            "reasons": self._get_customer_reassign_reasons(),
        }

    # -- the parts of it --------------------------------------------------------------

    def _check_customer_reassign(self):
        """:raise AccessError: when the user is no customer manager"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            raise AccessError(
                self.env._(
                    "Only a customer manager changes the customer of a past order. Ask "
                    "one of them."
                )
            )

    @api.model
    def _get_customer_reassign_reasons(self):
        # in tuples, the codes would be exported as texts to translate
        labels = {
            "wrong_customer": self.env._("The wrong customer was chosen"),
            "no_customer": self.env._("No customer was chosen"),
            "requested": self.env._("The customer asks for it"),
            "other": self.env._("Another reason"),
        }
        return list(labels.items())

    @api.model
    def _get_customer_reassign_partner(self, partner_id):
        """The customer with this id, or with the one that it leads to after a merge."""
        partners = self.env["res.partner"]
        if partner_id is None or partner_id is False:
            return partners
        if (
            not isinstance(partner_id, int)
            or isinstance(partner_id, bool)
            or not 0 < partner_id < 2**31
        ):
            raise ValidationError(
                self.env._("The customer must be given by the id, a whole number.")
            )
        partner = partners.browse(self.env["customer.redirect"]._resolve(partner_id))
        if not partner.exists():
            raise UserError(
                self.env._(
                    "This customer is no longer there: somebody deleted them meanwhile. "
                    "Search again."
                )
            )
        partner.check_access("read")
        return partner

    def _get_customer_reassign_orders(self, partner):
        """This order with what was sold or refunded together with it to one customer.

        A refund and its sale cancel each other out in the history of a customer, so
        they are never divided between two. Empty when ``partner`` has the order already.
        """
        # sudo: a refund may have been made at a till that the user does not see
        order = self.sudo()
        if order.partner_id == partner:
            return order.browse()
        found, pending = order.browse(), order
        while pending:
            found |= pending
            lines = pending.lines
            linked = (lines.refunded_orderline_id | lines.refund_orderline_ids).order_id
            pending = (linked - found).filtered(
                lambda o: o.state in _PAST and o.partner_id == order.partner_id
            )
        return found.sorted("id")

    def _customer_reassign_refusals(self, partner):
        """Why these orders must keep their customer: sentences with the way out."""
        refusals = [order._customer_reassign_refusal(partner) for order in self]
        return [refusal for refusal in refusals if refusal]

    def _customer_reassign_refusal(self, partner):
        self.ensure_one()
        identified = self.payment_ids.payment_method_id.filtered(
            lambda method: method.split_transactions or method.type == "pay_later"
        )
        companies = self.company_id.parent_ids
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
        if partner.company_id and partner.company_id not in companies:
            return self.env._(
                "“%(customer)s” is a customer of “%(theirs)s”, and “%(order)s” was sold by "
                "“%(ours)s”. Choose a customer of that company.",
                customer=partner.display_name,
                theirs=partner.company_id.sudo().name,  # sudo: its name only
                order=self.name,
                ours=self.company_id.name,
            )
        return ""

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
        """What happens to these orders, for whoever decides on it: sentences."""
        if not self:
            return [
                self.env._("The order is this customer's already: nothing changes.")
            ]
        effects = [self.env._("Prices, taxes and payments stay as they are.")]
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

    def _customer_reassign(self, partner, reason, note=None):
        """Change the customer of this order in the name of the user of the environment.

        For callers who have checked rights.
        """
        orders = self._get_customer_reassign_orders(partner)
        reasons = dict(self._get_customer_reassign_reasons())
        if reason not in tuple(reasons):  # of a caller: it need not be hashable
            raise ValidationError(
                self.env._(
                    "Give one of these reasons: %(codes)s.", codes=", ".join(reasons)
                )
            )
        if not orders:
            return []
        try:
            orders.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing this order. Try again in a moment."
                )
            ) from error
        if refusals := orders._customer_reassign_refusals(partner):
            raise UserError("\n".join(refusals))
        # sudo: who may was checked before; a manager of customers need not sell
        partner = partner.sudo()
        orders = orders.with_company(orders.company_id)
        old = orders.partner_id
        orders.write({"partner_id": partner.id})
        orders._get_customer_deliveries().write({"partner_id": partner.id})
        orders._customer_reassign_loyalty(old, partner)
        orders._customer_reassign_record(old, partner, reason, note)
        return orders.ids

    def _customer_reassign_loyalty(self, old, new):
        """Move to ``new`` what ``old`` earned by these orders; either may be empty.

        Called after the change, with all rights. For modules that know points.
        """

    def _customer_reassign_record(self, old, new, reason, note):
        """Write down for both customers and on the order what happened, and why."""
        label = dict(self._get_customer_reassign_reasons())[reason]
        nobody = self.env._("no customer")
        for order in self:
            # a note may name the person who had the order: it is erased with them
            notes = {old or new: note}
            for partner, side in ((old, "from"), (new, "to")):
                if partner:
                    self.env["customer.journal"]._log(
                        partner._ensure_customer_uuid(),
                        "order_reassigned",
                        reason=reason,
                        note=notes.get(partner),
                        order=order.id,
                        side=side,
                    )
            order.message_post(
                body=self.env._(
                    "Customer changed from %(old)s to %(new)s. %(reason)s.",
                    old=old.display_name or nobody,
                    new=new.display_name or nobody,
                    reason=label,
                )
            )

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
