from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerImpersonationDocument(models.Model):
    """What a touched document is called, and where it is read."""

    _inherit = "customer.impersonation.document"

    kind = fields.Char(
        compute="_compute_name", help="Order, invoice, repair, address and the like."
    )
    name = fields.Char(string="Document", compute="_compute_name")

    @api.depends("model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_name(self):
        for row in self:
            row.kind = self.env["ir.model"]._get(row.model).name or row.model
            document = row._document(self.env)
            row.name = document.display_name or self.env._("Deleted or hidden")

    def _document(self, env):
        """The document itself, if it is still there and its reader may read it.

        :param env: of the reader
        :return: one record or none, of the model that the row names, if there is one
        """
        self.ensure_one()
        if self.model not in env:
            return env["res.partner"]
        document = env[self.model].browse(self.res_id).exists()
        return document if document.has_access("read") else document.browse()

    def _by_document(self):
        """Several acts on one document are one line.

        :return: list of records: all rows about one document each, in the order touched
        """
        return list(self.grouped(lambda row: (row.model, row.res_id)).values())

    def action_open(self):
        """Open the document.

        :return: action
        :raise UserError: when it was deleted, or is not for the user
        """
        self.ensure_one()
        document = self._document(self.env)
        if not document:
            raise UserError(
                self.env._("This document was deleted, or you may not read it.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [[False, "form"]],
        }

    def _help_document(self, env):
        """What the customer reads about one document.

        :param self: all rows about it
        :param env: of the customer, whose rights decide about the link
        :return: dict of ``kind``, ``name``, ``url`` and ``made``
        """
        first = self[0]
        # sudo: the page of a document that the customer may read tells its number as well
        document = first._document(env).sudo()
        return {
            "kind": first.kind,
            "name": document.display_name or "",
            "url": first._help_url(document),
            "made": "create" in self.mapped("action"),
        }

    def _help_url(self, document):
        """Where the portal shows the document, empty where it does not."""
        if document._name == "res.partner":
            return "/my/addresses" if document else ""
        # the field is of `portal.mixin`, which not all documents have
        url = document.access_url if "access_url" in document._fields else ""
        return url if url != "#" else ""
