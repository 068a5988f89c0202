from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from .customer_import import CustomerImportFile, CustomerImportPlan

# Columns that make a row a customer, from whatever screen the file comes.
_CUSTOMER_COLUMNS = {
    "is_customer",
    "customer_rank",
    "customer_code",
    "customer_type_id",
    "customer_type_until",
}


class ResPartner(models.Model):
    """Import of customers: the same file twice updates, and never makes two."""

    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        if not self.env.context.get("default_is_customer"):
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Import template for customers"),
                "template": "/customer_base/static/xls/customers_import_template.xlsx",
            }
        ]

    @api.model
    def _is_customer_import(self):
        """Whether the rows come from the Customers app, or a caller says so."""
        context = self.env.context
        return bool(
            context.get("customer_import")
            or (context.get("import_file") and context.get("default_is_customer"))
        )

    @api.model
    def _check_customer_import(self, paths):
        """:raise AccessError: when rows become customers and the user may not import"""
        makes_customers = (
            self._is_customer_import()
            or any(_CUSTOMER_COLUMNS.intersection(path.split("/")) for path in paths)
            or self._customer_right_is_ours("create")
        )
        if (
            makes_customers
            and not self.env.su
            and not self.env.user.has_group("customer_base.group_customer_manager")
        ):
            raise AccessError(
                self.env._(
                    "Importing customers needs the right “Customers: Manager”. Ask a "
                    "customer manager to import the file, or your administrator for the "
                    "right."
                )
            )

    @api.model
    def load(self, fields, data):
        """Import customers: update those who are there, create the others.

        Only for an import from the Customers app (context ``import_file`` with
        ``default_is_customer``) or with ``customer_import`` in the context. Rows with an
        external or database id go core's way. Of the others, a row updates

        - the customer with its **code**, archived ones too. A row with a code that
          nobody has is a new customer, whatever its e-mail: two people who share an
          address are told apart by their codes;
        - without a code, the customer with its **e-mail** (normalised) and its name;
        - without a code, and when nobody of that e-mail has the name: the one customer
          with the e-mail, who is renamed. Not when several lines of the file share the
          address, nor when the line is a company and the customer a person, or the other
          way round: then it is somebody else, and is created.

        Two customers who fit, one code on two lines, and two lines about one customer
        are errors that name them. A company is found by code or name, in the file
        (wherever it stands) and then in the database. Only columns of the file are
        written, and an empty cell empties the field, as in core; but a code is never
        taken away. Nothing is written when one line is wrong.

        :param list fields: paths of the columns
        :param list data: rows of cells
        :return: dict ``ids`` (False after an error), ``messages``, ``nextrow``. In each
            message ``record`` is the line of the file, and the text begins with it.
        :raise AccessError: for users who are no customer managers
        """
        self._check_customer_import(fields)
        if not self._is_customer_import():
            return super().load(fields, data)
        model = self._with_customer_import_context()
        file = self.env.context.get("customer_import_file")
        if not isinstance(file, CustomerImportFile):
            file = CustomerImportFile()
        plan = CustomerImportPlan(model, fields, data, file)
        model = model.with_context(customer_import_plan=plan, _import_limit=None)
        with self.env.cr.savepoint() as savepoint:
            for spans in plan.parts():
                result = super(ResPartner, model).load(fields, plan.take(spans))
                plan.end_part(result)
            failed = any(message["type"] == "error" for message in plan.messages)
            if failed:
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                self.pool.reset_changes()
        return self._customer_import_result(plan, failed)

    @api.model
    def _with_customer_import_context(self):
        """The context of the screen, less what would override the file."""
        context = dict(self.env.context)
        # as defaults they would make a person of each company of the file
        context.pop("default_company_type", None)
        context.pop("default_is_company", None)
        # a type sets prices: it is never made on the fly from a spelling mistake
        enabled = dict(context.get("name_create_enabled_fields") or {})
        enabled.pop("customer_type_id", None)
        context["name_create_enabled_fields"] = enabled
        # as a whole: a default has to go, and names could only be added
        return self.with_context(context)  # pylint: disable=context-overridden

    @api.model
    def _customer_import_result(self, plan, failed):
        messages = [self._number_customer_message(plan, m) for m in plan.messages]
        messages.sort(key=lambda m: m["rows"]["from"] if m.get("rows") else -1)
        ends = [end for start, end in plan.spans if start < plan.limit]
        nextrow = max(ends, default=-1) + 1
        return {
            "ids": not failed
            and [plan.ids[row] for row in plan.window if row in plan.ids],
            "messages": messages,
            "nextrow": nextrow if nextrow >= plan.limit else 0,
        }

    @api.model
    def _number_customer_message(self, plan, message):
        """Say in the text on which line it is: the screen does so only sometimes."""
        rows = message.get("rows")
        if not rows:
            return message
        line = plan.file.line(rows["from"])
        text = message["message"]
        numbered = self.env._("Line %(line)s: %(message)s", line=line, message=text)
        shift = plan.file.skip
        result = {
            **message,
            "message": numbered,
            "record": line,
            "rows": {side: row + shift for side, row in rows.items()},
        }
        if message.get("field"):
            # what the screen lists when several lines of one column are wrong
            result["value"] = message.get("value") or text
        return result

    # -- core's steps of an import ----------------------------------------------------

    @api.model
    def _customer_import_plan(self):
        plan = self.env.context.get("customer_import_plan")
        return plan if isinstance(plan, CustomerImportPlan) else None

    @api.model
    def _convert_records(self, records, *, log=lambda a: None, savepoint):
        converted = super()._convert_records(records, log=log, savepoint=savepoint)
        plan = self._customer_import_plan()
        if not plan:
            yield from converted
            return
        for dbid, xid, values, info in converted:
            row = plan.local[info["rows"]["from"]]
            creates = not dbid and not xid
            yield plan.complete(row, values, creates) or dbid, xid, values, info

    def _load_records(self, data_list, update=False):
        plan = self._customer_import_plan()
        if not plan or not all("info" in data for data in data_list):
            return super()._load_records(data_list, update=update)
        self._prepare_customer_updates([data["values"] for data in data_list])
        records = super()._load_records(data_list, update=update)
        for data in data_list:
            plan.ids[plan.local[data["info"]["rows"]["from"]]] = data["record"].id
        return records

    @api.model
    def _prepare_customer_updates(self, values_list):
        """Read in one query what the rows are compared with; make them customers."""
        ids = [values["id"] for values in values_list if values.get("id")]
        partners = self.browse(ids)
        names = {name for values in values_list for name in values if name != "id"}
        partners.fetch([*(names & self._fields.keys()), "is_customer"])
        by_id = {partner.id: partner for partner in partners}
        for values in values_list:
            partner = by_id.get(values.get("id"))
            if not partner or not partner.is_customer:
                values.setdefault("is_customer", True)

    def _convert_fields_to_values(self, field_names):
        if self._customer_import_plan():
            # sudo: what a contact takes from its company, in core's step of the import;
            # only accountants read some of it, and core writes it with sudo
            self = self.sudo()
        return super()._convert_fields_to_values(field_names)

    def _load_records_write(self, values):
        if self._customer_import_plan():
            values = {
                name: value
                for name, value in values.items()
                if name != "id" and self._import_changes(name, value)
            }
            if not values:
                return None
        return super()._load_records_write(values)

    def _import_changes(self, name, value):
        """Whether ``value`` of a cell differs from what the partner has.

        A file that comes back from a spreadsheet has one changed cell and ten thousand
        others: those cost no write and leave no trace in the chatter.
        """
        field = self._fields[name]
        if field.type == "one2many":
            return True
        if field.type == "many2many":
            kept = [command[2] for command in value or [] if command[0] == Command.SET]
            return set(self[name].ids) != set(kept[0] if kept else ())
        new = field.convert_to_cache(value, self, validate=False)
        if field.type == "properties":
            old = self[name]._values or {}
            return any(
                (old.get(key) or False) != (new[key] or False) for key in new or ()
            )
        new = field.convert_to_record(new, self)
        return (self[name] or False) != (new or False)
