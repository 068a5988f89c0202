from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain


class CustomerDocumentMixin(models.AbstractModel):
    """A document that makes its partner a customer: an order, an invoice, a repair.

    Inherit it and, where the fields of the partner and of the day have other names, set
    ``_customer_partner_field`` and ``_customer_date_field``. ``_customer_document_kind``
    is the list on the customer's form that these documents stand in. With a
    ``_customer_message_kind`` it has messages to the customer, too: see
    ``customer.message.mixin``.
    """

    _name = "customer.document.mixin"
    _description = "Document of a Customer"
    _inherit = ["customer.message.mixin"]

    _customer_date_field = "date_order"
    _customer_document_kind = None
    _customer_block_scope = "pos"

    on_behalf_user_id = fields.Many2one(
        "res.users",
        string="Placed by",
        readonly=True,
        copy=False,
        help="The colleague who placed the document for the customer.",
    )

    customer_block_flag = fields.Boolean(
        string="Sold while blocked",
        readonly=True,
        copy=False,
        help="The customer was blocked when this was paid, and nobody had allowed it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # nobody else says who placed a document, neither by a value nor by a default
        colleague = self.env["res.partner"]._customer_acting_user()
        documents = super().create(
            [{**vals, "on_behalf_user_id": colleague.id} for vals in vals_list]
        )
        documents._customer_from_document()
        return documents

    def write(self, vals):
        # a till sends back what it has loaded: left out, and no reason to refuse the rest
        vals = {key: vals[key] for key in vals if key != "on_behalf_user_id"}
        result = super().write(vals)
        if self._customer_partner_field in vals:
            self._customer_from_document()
        return result

    def _is_customer_document(self):
        """Whether this document is a sale; one model may hold other papers too."""
        self.ensure_one()
        return True

    @api.model
    def _customer_sale_domain(self):
        """Which documents of the past were sales; ``_is_customer_document`` in a search."""
        return Domain.TRUE

    def _customer_from_document(self):
        """Make the partner of each sale a customer, who was served today."""
        sales = self.filtered(lambda document: document._is_customer_document())
        # sudo: the right to sell is enough to gain a customer
        partners = sales.sudo()[self._customer_partner_field]
        partners.filtered(lambda p: not p.is_customer)._become_customer()
        if partners:
            self.env["customer.search.index"]._served(partners.ids)

    # -- placed by a colleague ------------------------------------------------------------

    def _customer_place(self, colleague):
        """Note who placed these documents for their customers.

        :param colleague: ``res.users``; neither clients nor other code set the field
        """
        # sudo, past all that guards a document: it changes nothing of what was agreed
        documents = self.sudo()
        return super(CustomerDocumentMixin, documents).write(
            {"on_behalf_user_id": colleague.id}
        )

    def _customer_touched(self, action):
        """Note that a colleague who acts as the customer made or changed these documents.

        The log of the acting notes it by itself, but for what hangs on them: lines.

        :param str action: ``create`` or ``write``
        """

    def _customer_placed_by(self):
        """The name of the colleague who placed the document for the customer.

        :return: str, empty when nobody did it in their place
        """
        self.ensure_one()
        # sudo: customers read no users, and may know the name of who served them
        return self.sudo().on_behalf_user_id.name or ""

    def _customer_placed_by_sentence(self):
        """Who placed the document for whom, where there is room for a line."""
        self.ensure_one()
        if not (colleague := self._customer_placed_by()):
            return ""
        return self.env._(
            "Placed by %(colleague)s for %(customer)s",
            colleague=colleague,
            # sudo: the name on a document is read with the document
            customer=self.sudo()[self._customer_partner_field].name,
        )

    # -- list on the customer's form ----------------------------------------------------

    def _customer_document_row(self):
        """One line of ``customer_documents``; a model with fields of its own adapts it.

        :return: dict of JSON values
        """
        self.ensure_one()
        # sudo: the contact of a document is read with the document
        partner = self.sudo()[self._customer_partner_field]
        date = self[self._customer_date_field] or ""
        return {
            "model": self._name,
            "id": self.id,
            "name": self.display_name,
            "channel": self._customer_channel(),
            "date": date and self._fields[self._customer_date_field].to_string(date),
            "email": partner.email or "",
            "phone": partner.phone or "",
            **self._customer_document_status("state"),
            "amount": self["amount_total"] if "amount_total" in self._fields else False,
            "currency_id": self["currency_id"].id if "currency_id" in self else False,
        }

    def _customer_channel(self):
        """Where the document comes from, in a word or two."""
        self.ensure_one()
        return self.env["ir.model"]._get(self._name).name

    def _customer_document_status(self, field):
        """:return: dict of ``state``, the key, and ``status``, what users read"""
        labels = dict(self._fields[field]._description_selection(self.env))
        state = self[field] or ""
        return {"state": state, "status": labels.get(state, "")}

    # -- block --------------------------------------------------------------------------

    def _customer_block_key(self):
        """What tells this document from all others in the journal."""
        self.ensure_one()
        return f"{self._name},{self.id}"

    def _customer_forbidding_blocks(self, at=None):
        """Blocks that keep this document from becoming a sale.

        :param datetime at: the instant of the sale, now by default
        :return: ``customer.block``, empty when nothing does or a manager allowed it
        """
        self.ensure_one()
        # sudo: who sells need not read who is blocked; a block counts for them as well
        partner = self.sudo()[self._customer_partner_field]
        blocks = partner._customer_blocks_in_force([self._customer_block_scope], at)
        blocks = blocks.get(partner.id, self.env["customer.block"])
        if blocks and partner._customer_block_overridden(
            self._customer_block_key(), blocks
        ):
            return blocks.browse()
        return blocks

    def _customer_refuse_blocked(self, action):
        """Refuse what would make a sale to a blocked customer.

        :param action: the server action by which a manager allows it all the same
        :raise UserError: with the reason, for those who may see it
        :raise RedirectWarning: as above, with ``action``, for managers
        """
        self.ensure_one()
        blocks = self._customer_forbidding_blocks()
        if not blocks:
            return
        serves = self.env.user.has_group("customer_base.group_customer_user")
        # the portal acts as the superuser when the customer comes by a link
        if not serves or self.env.uid == SUPERUSER_ID:
            raise UserError(self._customer_refusal_for_customers())
        # sudo: the name on a document is read with the document
        name = self.sudo()[self._customer_partner_field].display_name
        refusal = self.env._(
            "%(customer)s is blocked: %(why)s.",
            customer=name,
            why=blocks._sentence(),
        )
        if self.env.user.has_group("customer_base.group_customer_manager"):
            raise RedirectWarning(
                refusal,
                action.id,
                self.env._("Allow it this once"),
                {"active_model": self._name, "active_ids": self.ids},
            )
        raise UserError(
            self.env._(
                "%(refusal)s A customer manager can allow it this once or lift the "
                "block.",
                refusal=refusal,
            )
        )

    @api.model
    def _customer_refusal_for_customers(self):
        """What blocked customers hear, and those who act for nobody: not the reason."""
        return self.env._("This cannot be completed at the moment. Please contact us.")

    def _customer_flag_block(self, at=None):
        """Mark what was paid although the customer was blocked: it is never refused.

        :param datetime at: the instant of the sale, now by default
        """
        self.ensure_one()
        blocks = self._customer_forbidding_blocks(at)
        if not blocks:
            return
        # sudo: whoever brings the document in cannot choose to leave the mark out
        self.sudo().customer_block_flag = True
        self._message_log(
            body=self.env._(
                "The customer was blocked (%(why)s) when this was paid, and nobody had "
                "allowed it. The sale is kept.",
                why=blocks._sentence(),
            )
        )
