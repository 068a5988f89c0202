from odoo import fields, models


class LoyaltyHistory(models.Model):
    """Transactions as colleagues and customers read them."""

    _inherit = "loyalty.history"

    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    program_id = fields.Many2one(related="card_id.program_id", string="Programme")
    operator = fields.Char(string="By", compute="_compute_operator")

    def _compute_operator(self):
        """Who made the transaction: the employee of a till, or the user."""
        names = {}
        refs = {line.employee_ref for line in self if line.employee_ref}
        if refs and "hr.employee" in self.env:
            # sudo: a colleague's name beside what they did
            people = self.env["hr.employee"].sudo().browse(refs).exists()
            names = {person.id: person.name for person in people}
        for line in self:
            creator = line.sudo().create_uid  # sudo: as above
            line.operator = names.get(line.employee_ref, creator.name)

    def _customer_rows(self):
        """What colleagues see of these transactions, in this order.

        :return: list of dict as ``_customer_row``, with ``operator`` and ``document``:
            False, or a dict of ``model``, ``id`` and ``name``; ``id`` is False for who may
            not open it
        """
        documents = self._get_documents()
        readable = set()
        for records in self._by_model(documents.values()):
            readable.update(records.with_env(self.env)._filtered_access("read"))
        return [
            {
                **line._customer_row(),
                "operator": line.operator or "",
                "document": (document := documents.get(line, False))
                and {
                    "model": document._name,
                    "id": document in readable and document.id,
                    "name": document.display_name,
                },
            }
            for line in self
        ]

    def _portal_rows(self, partner):
        """What ``partner`` sees of these transactions on a card of theirs.

        The papers of others, who held or used the card as well, are none of their business.

        :return: list of dict as ``_customer_row``, with ``document``: False, or a dict of
            ``name`` and ``url``, which is False for what the portal does not show
        """
        documents = self._get_documents()
        return [
            {
                **line._customer_row(),
                "document": line in documents
                and self._get_portal_document(documents[line], partner),
            }
            for line in self
        ]

    def _get_portal_document(self, document, partner):
        field = getattr(document, "_customer_partner_field", "partner_id")
        owner = field in document and document[field].commercial_partner_id
        if owner != partner.commercial_partner_id:
            return False
        url = "access_url" in document and document.access_url
        return {"name": document.display_name, "url": url != "#" and url}

    def _customer_row(self):
        """What anybody sees of one transaction who may see it.

        :return: dict: ``id``, ``card_id``, ``program``, ``kind`` and its ``label``, ``at``,
            ``description``, ``gain`` (whether it adds), and as texts with their unit
            ``change``, ``balance`` and ``shortfall``, "" without any
        """
        self.ensure_one()
        card = self.card_id
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "id": self.id,
            "card_id": card.id,
            "program": card.program_id.name,
            "kind": self.kind or "",
            "label": labels.get(self.kind, ""),
            "at": fields.Datetime.to_string(self.create_date),
            "description": self.description or "",
            "gain": self.issued >= self.used,
            "change": self._get_change_text(),
            "balance": card._get_text(self.balance),
            "shortfall": self.shortfall and card._get_text(self.shortfall) or "",
        }

    def _get_change_text(self):
        self.ensure_one()
        change = self.issued - self.used
        text = self.card_id._get_text(abs(change))
        if not change:
            return text
        return f"+{text}" if change > 0 else f"−{text}"

    def _get_documents(self):
        """The documents of these transactions that are still there.

        :return: dict of transaction to document, with all rights
        """
        linked = {
            # sudo: the name of a document is read with what it gave
            line: self.env[line.order_model].sudo().browse(line.order_id)
            for line in self
            if line.order_id and line.order_model in self.env
        }
        present = set()
        for records in self._by_model(linked.values()):
            present.update(records.exists())
        return {line: record for line, record in linked.items() if record in present}

    def _by_model(self, records):
        """:return: recordsets, one of each model, of these records of several"""
        by_model = {}
        for record in records:
            by_model[record._name] = by_model.get(record._name, record) | record
        return by_model.values()
