from odoo import api, fields, models
from odoo.exceptions import AccessError


class RepairOrder(models.Model):
    """Another customer for a repair, with its papers as far as that still goes.

    The quotation, the transfer that is yet to bring the product and the moves go along.
    What the former customer has agreed to or holds keeps the repair with them: an order
    that is confirmed, signed, paid, invoiced or delivered, a return that is done, stock
    that is theirs.
    """

    _name = "repair.order"
    _inherit = ["repair.order", "customer.reassign.mixin"]

    _customer_reassign_event = "repair_reassigned"
    _customer_reassign_key = "repair"

    customer_begun = fields.Boolean(
        string="Has begun",
        compute="_compute_customer_begun",
        store=True,
        copy=False,
        help="The repair was confirmed or had a quotation once, whatever came after.",
    )
    customer_is_kept = fields.Boolean(
        compute="_compute_customer_is_kept",
        help="The customer changes by “Change customer” only.",
    )

    @api.depends("state", "sale_order_id")
    def _compute_customer_begun(self):
        """Others keep what they had: set back to new, a repair has begun all the same."""
        self.filtered(
            lambda repair: (
                repair.sale_order_id or repair.state not in ("draft", "cancel")
            )
        ).customer_begun = True

    @api.depends("state", "customer_begun", "partner_id")
    def _compute_customer_is_kept(self):
        for repair in self:
            # what is saved: whoever is being chosen can be chosen again
            saved = repair._origin
            repair.customer_is_kept = saved.partner_id and (
                saved.state != "draft" or saved.customer_begun
            )

    # -- what belongs to the customer of a repair -----------------------------------------

    def _get_customer_reassign_documents(self, partner):
        """This repair with the others of its quotation, which has one customer."""
        repair = super()._get_customer_reassign_documents(partner)
        others = repair._get_customer_orders().repair_order_ids
        return (
            repair
            | others.filtered(lambda other: other.partner_id == repair.partner_id)
        ).sorted("id")

    def _get_customer_orders(self):
        """Orders of these repairs; one that somebody else pays stays with them."""
        return self._of_customer(self.sale_order_id)

    def _get_customer_transfers(self):
        """Transfers that brought, or will bring, the products of these repairs."""
        return self._of_customer(self.picking_id)

    def _of_customer(self, papers):
        """Those in the name of the customer of these repairs, or of their company."""
        owners = self.partner_id.commercial_partner_id
        return papers.filtered(
            lambda paper: paper.partner_id.commercial_partner_id in owners
        )

    def _get_customer_stock(self):
        """Stock of the repaired product that stands in the customer's name."""
        self.ensure_one()
        return self.env["stock.quant"].search(
            [
                ("product_id", "=", self.product_id.id),
                ("lot_id", "=", self.lot_id.id),
                ("owner_id", "=", self.partner_id.id),
                ("owner_id", "!=", False),
                ("quantity", ">", 0),
                (
                    "location_id",
                    "in",
                    (self.product_location_src_id | self.product_location_dest_id).ids,
                ),
            ],
            limit=1,
        )

    # -- why not, and what happens ------------------------------------------------------

    def _customer_reassign_refusal(self, partner):
        self.ensure_one()
        order = self._get_customer_orders()
        names = {
            "repair": self.name,
            "order": order.name,
            "customer": self.partner_id.display_name,
        }
        if order and (refusal := order._customer_reassign_order_refusal(partner)):
            return refusal
        done = self._get_customer_transfers().filtered(lambda p: p.state == "done")
        if done:
            return self.env._(
                "The product of “%(repair)s” came with “%(transfer)s”, which is done in "
                "the name of %(customer)s. Take this transfer off the repair, or cancel "
                "the repair and make a new one for the right customer.",
                transfer=done.name,
                **names,
            )
        if self._get_customer_stock():
            return self.env._(
                "The product of “%(repair)s” stands in the stock as property of "
                "%(customer)s. Correct its owner in the inventory first.",
                **names,
            )
        return super()._customer_reassign_refusal(partner)

    def _customer_reassign_effects(self, partner):
        effects = [
            *super()._customer_reassign_effects(partner),
            self.env._("Product, parts and notes of the repair stay as they are."),
        ]
        if len(self) > 1:
            names = ", ".join(self.mapped("name"))
            effects.append(
                self.env._("Repairs of one quotation change together: %s.", names)
            )
        orders = self._get_customer_orders()
        for order in orders:
            effects.append(
                self.env._(
                    "The quotation “%(order)s” gets the new customer too. Its prices and "
                    "taxes stay until somebody updates them there.",
                    order=order.name,
                )
            )
        for order in self.sale_order_id - orders:
            effects.append(
                self.env._(
                    "The order “%(order)s” stays with %(payer)s.",
                    order=order.name,
                    payer=order.partner_id.display_name,
                )
            )
        for transfer in self._get_customer_transfers():
            effects.append(
                self.env._(
                    "The transfer “%(transfer)s” gets the new customer too.",
                    transfer=transfer.name,
                )
            )
        return effects

    # -- the change -----------------------------------------------------------------------

    def _customer_reassign_lock(self):
        result = super()._customer_reassign_lock()
        self.sale_order_id.lock_for_update()
        self.picking_id.lock_for_update()
        return result

    def _customer_reassign_apply(self, old, new):
        orders = self._get_customer_orders()
        transfers = self._get_customer_transfers()
        moves = self.move_id | self.move_ids.filtered(
            lambda move: old and move.partner_id == old
        )
        result = super()._customer_reassign_apply(old, new)
        moves.write({"partner_id": new.id})
        transfers.write({"partner_id": new.id})
        orders._customer_reassign_order(old, new)
        self.message_unsubscribe(old.ids)
        return result

    def _customer_reassign_record(self, old, new, reason, note):
        result = super()._customer_reassign_record(old, new, reason, note)
        for order in self.sale_order_id.filtered(lambda o: o.partner_id == new):
            order.message_post(body=self._customer_reassign_message(old, new, reason))
        return result

    # -- no way around it -----------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            if "customer_begun" in vals:
                raise AccessError(
                    self.env._(
                        "A repair begins when it is confirmed or gets a quotation. Use "
                        "the buttons for that."
                    )
                )
            if "partner_id" in vals:
                self._check_customer_kept(vals["partner_id"])
        return super().write(vals)

    def _check_customer_kept(self, partner_id):
        """:raise AccessError: when a repair that has begun would lose its customer"""
        for repair in self:
            if repair.customer_is_kept and repair.partner_id.id != partner_id:
                raise AccessError(
                    self.env._(
                        "The repair “%(repair)s” has begun, and its quotation and "
                        "transfers belong to its customer. Use “Change customer”, which "
                        "moves them too.",
                        repair=repair.name,
                    )
                )

    def _compute_partner_id(self):
        """A transfer that is chosen or taken off later changes no customer."""
        kept = self.filtered("customer_is_kept")
        for repair in kept:
            repair.partner_id = repair._origin.partner_id
        return super(RepairOrder, self - kept)._compute_partner_id()
