from odoo import api, fields, models
from odoo.exceptions import RedirectWarning


class ResPartner(models.Model):
    """A customer: a partner whom a sale, the portal, an import or a screen made one."""

    _inherit = "res.partner"

    is_customer = fields.Boolean(
        string="Customer",
        index=True,
        tracking=True,
        help="Shown in the Customers app and at the till. Suppliers, employees and "
        "mere addresses are not customers.",
    )
    customer_uuid = fields.Char(
        string="Customer UUID",
        compute="_compute_customer_uuid",
        search="_search_customer_uuid",
        help="Pseudonym of the customer in journals and ledgers.",
    )

    def _compute_customer_uuid(self):
        # sudo: a pseudonym tells nothing
        subjects = (
            self.env["customer.subject"]
            .sudo()
            .search([("partner_id", "in", self._ids), ("live", "=", True)])
        )
        uuids = {subject.partner_id: subject.uuid for subject in subjects}
        for partner in self:
            partner.customer_uuid = uuids.get(partner._origin.id, False)

    def _search_customer_uuid(self, operator, value):
        if operator not in ("in", "="):
            return NotImplemented
        values = [value] if operator == "=" else list(value)
        # sudo: as above
        subjects = (
            self.env["customer.subject"]
            .sudo()
            .search([("uuid", "in", values), ("live", "=", True)])
        )
        return [("id", "in", subjects.mapped("partner_id"))]

    @api.model_create_multi
    def create(self, vals_list):
        customer_by_right = self._customer_right_is_ours("create")
        for vals in vals_list:
            if vals.get("customer_rank") or customer_by_right:
                vals.setdefault("is_customer", True)
        self._check_customer_type_rights(vals_list)
        self._prepare_customer_codes(vals_list)
        for vals in vals_list:
            self._prepare_customer_type_until(vals)
        partners = super().create(vals_list)
        partners.filtered("is_customer")._customer_prepare()
        return partners

    def write(self, vals):
        self._check_customer_type_rights([vals])
        self._prepare_customer_codes([vals])
        if vals.get("customer_rank") and not all(self.mapped("is_customer")):
            vals = dict(vals, is_customer=True)
        new_type = self._customer_type_changes(vals)
        result = super().write(vals)
        new_type._reset_customer_type_until()
        if not {"is_customer", "customer_type_id", "customer_code"}.isdisjoint(vals):
            self.filtered("is_customer")._customer_prepare()
        return result

    def _become_customer(self):
        self.write({"is_customer": True})

    def _customer_prepare(self):
        """Give each customer what every customer has: type, code and subject."""
        self._ensure_customer_type()
        self._ensure_customer_code()
        self.env["customer.subject"]._ensure(self.ids)

    @api.model
    def _customer_adopt_existing(self):
        """Make customers of the partners who bought before the module was there."""
        self.with_context(active_test=False, tracking_disable=True).search(
            [("customer_rank", ">", 0), ("is_customer", "=", False)]
        )._become_customer()

    # -- deletion -------------------------------------------------------------------

    @api.model
    def _get_customer_document_fields(self):
        """Models and their fields that keep a customer from being deleted.

        :return: dict of model name to field name; each module adds its documents
        """
        return {"account.move": "partner_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_customer_documents(self):
        customers = self.filtered("is_customer")
        for model, field in self._get_customer_document_fields().items():
            # sudo: a document that the user may not see keeps the customer all the same
            documents = self.env[model].sudo().with_context(active_test=False)
            used = documents.search([(field, "in", customers.ids)], limit=1)
            if used:
                raise RedirectWarning(
                    self.env._(
                        "%(customer)s has documents, %(document)s among them, and cannot "
                        "be deleted. Archive the customer instead: lists and tills no "
                        "longer show them, and the documents stay as they are.",
                        customer=used[field].display_name,
                        document=used.display_name,
                    ),
                    self.env.ref("customer_base.res_partner_archive_action").id,
                    self.env._("Archive"),
                    {"active_model": "res.partner", "active_ids": customers.ids},
                )

    def unlink(self):
        customers = self.filtered("is_customer")
        if customers:
            customers.check_access("unlink")
            for uuid in self.env["customer.subject"]._ensure(customers.ids).values():
                self.env["customer.journal"]._log(uuid, "deleted")
            # sudo: subjects belong to nobody; the row stays for the ledgers
            subjects = self.env["customer.subject"].sudo()
            subjects.search([("partner_id", "in", customers.ids)]).live = False
        return super().unlink()
