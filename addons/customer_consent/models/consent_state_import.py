from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.customer_base.models.customer_import import CustomerImportFile

from .consent_import import ConsentImportPlan


class ConsentState(models.Model):
    """Import of consents that were given elsewhere: events of the ledger, never rows."""

    _inherit = "consent.state"

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import template for consents"),
                "template": "/customer_consent/static/xls/consents_import_template.xlsx",
            }
        ]

    @api.model
    def _get_import_fields(self):
        """The columns that a file can have, as core's screen wants them.

        All fields are read-only to it: they are made from the ledger.
        """
        labels = {
            "partner_id": (self.env._("Customer"), "char"),
            "purpose_id": (self.env._("Purpose"), "char"),
            "state": (self.env._("Answer"), "char"),
            "since": (self.env._("Date"), "datetime"),
            "wording_id": (self.env._("Wording"), "char"),
            "source": (self.env._("Source"), "char"),
        }
        columns = [
            {
                "id": name,
                "name": name,
                "string": label,
                "required": name in ("partner_id", "purpose_id", "state", "since"),
                "fields": [],
                "type": kind,
                "model_name": self._name,
            }
            for name, (label, kind) in labels.items()
        ]
        customer = {**columns[0], "model_name": "res.partner", "type": "id"}
        columns[0]["comodel_name"] = "res.partner"
        columns[0]["fields"] = [
            {**customer, "name": "id", "string": self.env._("External ID")},
            {**customer, "name": ".id", "string": self.env._("Database ID")},
        ]
        return columns

    @api.model
    def load(self, fields, data):
        """Import consents: each line becomes an event of the ledger, at its own date.

        Columns: ``partner_id`` (customer code or e-mail; or ``partner_id/.id`` and
        ``partner_id/id``), ``purpose_id`` (code or name), ``state`` (yes or no), ``since``
        (when it was given, by the user's clock), ``wording_id`` (version or text of a
        published wording; needed for a yes) and ``source`` (a code). A newer answer stays,
        and the same line again writes nothing. Nothing is written when one line is wrong.

        :param list fields: paths of the columns
        :param list data: rows of cells
        :return: dict ``ids`` of the current answers (False after an error), ``messages``,
            ``nextrow``. In each message ``record`` is the line of the file, and the text
            begins with it.
        :raise AccessError: for users who are no customer managers
        """
        self.env["res.partner"]._check_customer_manager()
        file = self.env.context.get("customer_import_file")
        if not isinstance(file, CustomerImportFile):
            file = CustomerImportFile()
        limit = self.env.context.get("_import_limit")
        rows = data[:limit] if limit else data
        plan = ConsentImportPlan(self.env, fields, rows, file)
        ids = []
        with self.env.cr.savepoint() as savepoint:
            if not plan.messages:
                ids = self._import_answers(plan)
            if plan.messages:
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                ids = False
        plan.messages.sort(key=lambda message: message["rows"]["from"])
        return {
            "ids": ids,
            "messages": plan.messages,
            "nextrow": len(rows) if len(data) > len(rows) else 0,
        }

    @api.model
    def _import_answers(self, plan):
        """Write the answers of a file, customer by customer.

        :return: ids of the current answers
        """
        partner_ids = {answer["customer"].id for answer in plan.answers}
        uuids = self.env["customer.subject"]._ensure(partner_ids)
        for answer in plan.answers:
            answer["key"] = plan.key(uuids[answer["customer"].id], answer)
        keys = [answer["key"] for answer in plan.answers]
        # sudo: whoever has the file has sent it
        events = self.env["consent.event"].sudo()
        known = set(events.search([("key", "in", keys)]).mapped("key"))
        current = self._import_current(list(uuids.values()))
        for customer, answers in plan.by_customer():
            uuid = uuids[customer.id]
            self._import_customer(plan, customer, uuid, answers, known, current)
        return self.search(
            [
                ("subject_uuid", "in", list(uuids.values())),
                ("purpose_id", "in", [a["purpose"].id for a in plan.answers]),
            ]
        ).ids

    @api.model
    def _import_current(self, uuids):
        """Current answers by subject and purpose."""
        # sudo: read by those who may write them
        found = self.sudo().search([("subject_uuid", "in", uuids)])
        return {(row.subject_uuid, row.purpose_id.id): row for row in found}

    @api.model
    def _import_customer(self, plan, customer, uuid, answers, known, current):
        """Append the answers of one customer, several at once where they can."""
        values_list, asked = [], set()
        for answer in answers:
            purpose = answer["purpose"].sudo()  # sudo: as ``_find`` gives it
            if answer["key"] in known:
                continue
            known.add(answer["key"])
            if purpose in asked:
                # what follows an answer depends on it
                customer._consent_append(uuid, values_list)
                values_list, asked = [], set()
                current.update(self._import_current([uuid]))
            asked.add(purpose)
            row = current.get((uuid, purpose.id), self.browse())
            try:
                customer._check_consent_company(purpose, answer["granted"], row)
                values_list.append(self._prepare_import(answer, purpose, row))
            except UserError as error:
                plan.error(answer["row"], str(error), "partner_id")
        if values_list:
            customer._consent_append(uuid, values_list)

    @api.model
    def _prepare_import(self, answer, purpose, row):
        wording = answer["wording"]
        return answer["customer"]._prepare_consent(
            purpose,
            answer["granted"],
            "import",
            row,
            wording_id=wording.id if wording else None,
            at=answer["at"],
            actor="operator",
            source=answer["source"],
            event="imported",
            key=answer["key"],
        )
