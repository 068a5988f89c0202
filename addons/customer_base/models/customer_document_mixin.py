from odoo import api, fields, models


class CustomerDocumentMixin(models.AbstractModel):
    """A document that makes its partner a customer: an order, an invoice, a repair.

    Inherit it and, where the partner's field has another name, set
    ``_customer_partner_field``.
    """

    _name = "customer.document.mixin"
    _description = "Document of a Customer"

    _customer_partner_field = "partner_id"

    on_behalf_user_id = fields.Many2one(
        "res.users",
        string="Placed by",
        readonly=True,
        copy=False,
        help="The colleague who placed the document for the customer.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._customer_from_document()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if self._customer_partner_field in vals:
            self._customer_from_document()
        return result

    def _is_customer_document(self):
        """Whether this document is a sale; one model may hold other papers too."""
        self.ensure_one()
        return True

    def _customer_from_document(self):
        """Make the partner of each sale a customer."""
        sales = self.filtered(lambda document: document._is_customer_document())
        # sudo: the right to sell is enough to gain a customer
        partners = sales.sudo()[self._customer_partner_field]
        partners.filtered(lambda p: not p.is_customer)._become_customer()
