"""What an import of customers works out before the rows are loaded.

No model, but a plan: one object for one call of ``res.partner.load``. It says for each
row which customer it updates, if any, and to which company it belongs, with one query
for each key and not one for each row.
"""

from collections import Counter, defaultdict

from odoo.fields import Domain
from odoo.models import fix_import_export_id_paths
from odoo.tools import email_normalize

_NO_LIMIT = float("inf")


def fold(text):
    """``text`` as names are compared: case and runs of blanks make no difference."""
    return " ".join(str(text or "").split()).casefold()


class CustomerImportFile:
    """Where in the file the rows of one call stand.

    :param int skip: rows of the file that earlier calls took
    :param bool header: whether the first line of the file names the columns
    :param bool dryrun: whether everything is rolled back afterwards
    """

    def __init__(self, skip=0, header=False, dryrun=False):
        self.skip = skip
        self.header = header
        self.dryrun = dryrun
        self.before_paths = []
        self.before_rows = []

    def line(self, row):
        """Line of the spreadsheet, counted from 1, for a row counted from 0."""
        return self.skip + row + (2 if self.header else 1)


class _Rows:
    """Cells by field path; rows are counted from 0."""

    def __init__(self, paths, rows, kinds=None):
        self.kinds = kinds or {}
        self.columns = {}
        for index, path in enumerate(paths):
            self.columns.setdefault("/".join(fix_import_export_id_paths(path)), index)
        self.rows = rows

    def cell(self, row, path):
        """The stripped text of a cell, "" when the column or the text is missing."""
        index = self.columns.get(path)
        value = "" if index is None else self.rows[row][index]
        return str(value or "").strip()

    def code(self, row):
        return self.cell(row, "customer_code").lower()

    def email(self, row):
        text = self.cell(row, "email")
        return (email_normalize(text, strict=False) or "") if text else ""

    def name(self, row):
        return fold(self.cell(row, "name"))

    def has_id(self, row):
        return bool(self.cell(row, "id") or self.cell(row, ".id"))

    def is_company(self, row):
        """True, False, or None when the file does not say."""
        for path in ("is_company", "company_type"):
            kind = self.kinds.get(fold(self.cell(row, path)))
            if kind is not None:
                return kind
        return False if self.cell(row, "parent_id") else None


class CustomerImportPlan:
    """Which customer each row updates, and to which company it belongs."""

    def __init__(self, partners, paths, rows, file):
        self.partners = partners
        self.env = partners.env
        self.paths = list(paths)
        self.file = file
        self.rows = _Rows(paths, rows, self._words_for_kinds())
        self.before = _Rows(file.before_paths, file.before_rows)
        limit = self.env.context.get("_import_limit")
        self.limit = _NO_LIMIT if limit is None else limit
        self.spans = self._find_spans()
        self.starts = [start for start, _end in self.spans]
        self.window = [start for start in self.starts if start < self.limit]
        self.messages = []
        self.failed = set()
        self.matched = {}  # row to id of the customer that it updates
        self.parents = {}  # row to id of its company, False when it stays as it is
        self.parent_rows = {}  # row to the row of its company
        self.ids = {}  # row to id of the customer that it became
        self.local = []  # rows of the part that is being loaded
        self.references = {}  # what core found for a cell of another model
        self._check_codes()
        self._match_codes()
        self._match_emails()
        self._check_matched_twice()
        # from one recordset, so that what is asked of one is read for all
        updated = self.partners.browse(set(self.matched.values()))
        self.updated = {partner.id: partner for partner in updated}
        self._find_parents()
        self._check_contact_types()

    # -- rows -----------------------------------------------------------------------

    def _words_for_kinds(self):
        """What cells call a company (True) and a person (False), also translated."""
        words = {"1": True, "true": True, "yes": True}
        words |= {"0": False, "false": False, "no": False}
        for lang in {self.env.lang, "en_US"}:
            partners = self.partners.with_context(lang=lang)
            field = partners.fields_get(["company_type"], ["selection"])
            for key, label in field["company_type"]["selection"]:
                words[fold(key)] = words[fold(label)] = key == "company"
        return words

    def _find_spans(self):
        """First and last row of each customer: lines of a one2many follow theirs."""
        fields = self.partners._fields
        lines = [
            index
            for path, index in self.rows.columns.items()
            if (field := fields.get(path.split("/")[0])) and field.type == "one2many"
        ]
        if not lines:
            return [(row, row) for row in range(len(self.rows.rows))]
        spans = []
        for row, cells in enumerate(self.rows.rows):
            own = any(c for index, c in enumerate(cells) if index not in lines)
            if spans and not own and any(cells[index] for index in lines):
                spans[-1] = (spans[-1][0], row)
            else:
                spans.append((row, row))
        return spans

    def error(self, row, message, field="customer_code"):
        self.failed.add(row)
        self.messages.append(
            {
                "type": "error",
                "message": message,
                "rows": {"from": row, "to": row},
                "record": row,
                "field": field,
            }
        )

    def _updated(self, row):
        """The customer that the row updates, empty for a new one."""
        return self.updated.get(self.matched.get(row), self.partners)

    def _name_partners(self, partners):
        return ", ".join(
            f"{p.display_name} ({p.customer_code})"
            if p.customer_code
            else p.display_name
            for p in partners
        )

    # -- which customer -------------------------------------------------------------

    def _file_rows(self):
        """Every row of the file that has no id: the line, its cells and its number.

        Rows of earlier calls come with a negative number.
        """
        count = len(self.file.before_rows)
        for row in range(count):
            if not self.before.has_id(row):
                yield row - count, self.before, row
        for row in self.starts:
            if not self.rows.has_id(row):
                yield row, self.rows, row

    def _check_codes(self):
        """The same code on two lines, wherever in the file the second one stands."""
        first = {}
        for row, cells, index in self._file_rows():
            code = cells.code(index)
            if not code or first.setdefault(code, row) == row:
                continue
            here = [r for r in (row, first[code]) if 0 <= r < self.limit]
            if not here:
                continue  # both lines belong to other parts of the file
            self.error(
                here[0],
                self.env._(
                    "The customer code %(code)s stands on the lines %(first)s and "
                    "%(second)s. Give each customer a code of their own, or remove one "
                    "of the lines.",
                    code=cells.cell(index, "customer_code"),
                    first=self.file.line(first[code]),
                    second=self.file.line(row),
                ),
            )

    def _match_codes(self):
        codes = {}
        for row in self.window:
            if (code := self.rows.code(row)) and not self.rows.has_id(row):
                codes[code] = row
        if not codes:
            return
        taken = self.partners._taken_customer_codes(codes)
        found = self.partners.browse([ids[0] for ids in taken.values()])
        readable = set(found._filtered_access("read").ids)
        for code, ids in taken.items():
            # a code of a customer whom the user cannot see: the constraint says so
            if ids[0] in readable:
                self.matched[codes[code]] = ids[0]

    def _match_emails(self):
        """By e-mail, for rows without a code; the rules are those of ``load``."""
        rows = {
            row: email
            for row in self.window
            if not self.rows.has_id(row)
            and not self.rows.code(row)
            and (email := self.rows.email(row))
        }
        if not rows:
            return
        shared = Counter(cells.email(index) for _row, cells, index in self._file_rows())
        by_email = self._customers_by_email(set(rows.values()))
        for row, email in rows.items():
            customers = by_email.get(email, self.partners)
            found = self._choose_by_email(row, customers, shared[email] > 1)
            if len(found) == 1:
                self.matched[row] = found.id
            elif found:
                self.error(
                    row,
                    self.env._(
                        "%(count)s customers have the e-mail %(email)s: %(customers)s. "
                        "Write the customer code of the one you mean.",
                        count=len(found),
                        email=email,
                        customers=self._name_partners(found),
                    ),
                    "email",
                )
        self._check_emails_twice(rows)

    def _customers_by_email(self, emails):
        """Customers by normalised e-mail; archived ones where there are no others."""
        customers = self.partners.with_context(active_test=False).search(
            [("email_normalized", "in", list(emails)), ("is_customer", "=", True)],
            order="id",
        )
        customers.fetch(["name", "email_normalized", "is_company", "active"])
        result = {}
        for email, group in customers.grouped("email_normalized").items():
            result[email] = group.filtered("active") or group
        return result

    def _choose_by_email(self, row, customers, shared):
        name = self.rows.name(row)
        same = customers.filtered(lambda p: not name or fold(p.name) == name)
        if same or shared:
            # an address that several lines share tells nothing without the name
            return same
        kind = self.rows.is_company(row)
        return customers.filtered(lambda p: kind is None or p.is_company == kind)

    def _check_emails_twice(self, rows):
        first = {}
        for row, cells, index in self._file_rows():
            if cells.code(index) or not (email := cells.email(index)):
                continue
            key = (email, cells.name(index))
            if first.setdefault(key, row) != row and row in rows:
                self._error_same_customer(first[key], row)

    def _check_matched_twice(self):
        first = {}
        for row, partner_id in sorted(self.matched.items()):
            other = first.setdefault(partner_id, row)
            if other != row and row not in self.failed:
                self._error_same_customer(other, row)

    def _error_same_customer(self, first, second):
        self.error(
            second,
            self.env._(
                "The lines %(first)s and %(second)s are about the same customer. Remove "
                "one of them, or give each a customer code.",
                first=self.file.line(first),
                second=self.file.line(second),
            ),
        )

    # -- which company --------------------------------------------------------------

    def _find_parents(self):
        values = {
            row: value
            for row in self.window
            if (value := self.rows.cell(row, "parent_id"))
        }
        if not values:
            return
        in_file = self._companies_in_file()
        in_database = self._companies_in_database(values.values())
        current = self._current_parents(values)
        before = {
            key
            for row in range(len(self.before.rows))
            for key in (self.before.code(row), self.before.name(row))
        }
        for row, value in values.items():
            key = fold(value)
            if key in current.get(row, ()):
                self.parents[row] = False
            elif companies := [r for r in in_file.get(key, ()) if r != row]:
                self._take_row_as_parent(row, value, companies)
            elif companies := in_database.get(key):
                self._take_parent(row, value, companies)
            elif key in before and self.file.dryrun:
                self.parents[row] = False  # an earlier part of the test rolled it back
        self._check_circles()

    def _companies_in_file(self):
        """Rows by code and by name, companies before persons."""
        by_key = defaultdict(list)
        by_code = {}
        for row in self.starts:
            if code := self.rows.code(row):
                by_code[code] = [row]
            if name := self.rows.name(row):
                by_key[name].append(row)
        for key, rows in by_key.items():
            by_key[key] = [r for r in rows if self.rows.is_company(r)] or rows
        return {**by_key, **by_code}

    def _companies_in_database(self, values):
        """Partners by code and by name: customers first, and companies."""
        taken = self.partners._taken_customer_codes({v.lower() for v in values})
        by_code = [partner_id for ids in taken.values() for partner_id in ids]
        found = self.partners.search(
            Domain("complete_name", "in", list(set(values)))
            | Domain("id", "in", by_code),
            order="id",
        )
        found.fetch(["complete_name", "is_company", "is_customer", "customer_code"])
        result = {}
        for name, group in found.grouped(lambda p: fold(p.complete_name)).items():
            companies = group.filtered("is_company") or group
            result[name] = companies.filtered("is_customer") or companies
        for partner in found.filtered("customer_code"):
            result[fold(partner.customer_code)] = partner
        return result

    def _current_parents(self, rows):
        """What a cell may say to leave the company of an existing customer as it is."""
        result = {}
        for row in rows:
            if parent := self._updated(row).parent_id:
                result[row] = {
                    fold(parent.complete_name),
                    fold(parent.display_name),
                    fold(parent.customer_code),
                } - {""}
        return result

    def _take_row_as_parent(self, row, value, companies):
        if len(companies) > 1:
            self.error(
                row,
                self.env._(
                    "Several lines are called “%(company)s”: %(lines)s. Write the "
                    "customer code of the company instead of its name.",
                    company=value,
                    lines=", ".join(str(self.file.line(r)) for r in companies),
                ),
                "parent_id",
            )
        elif companies[0] >= self.limit:
            self.error(
                row,
                self.env._(
                    "The company “%(company)s” stands further down, on line %(line)s, "
                    "and the file is imported in parts. Put companies above their "
                    "contacts.",
                    company=value,
                    line=self.file.line(companies[0]),
                ),
                "parent_id",
            )
        elif companies[0] in self.matched:
            self.parents[row] = self.matched[companies[0]]
        else:
            self.parent_rows[row] = companies[0]

    def _take_parent(self, row, value, companies):
        if len(companies) == 1:
            self.parents[row] = companies.id
            return
        self.error(
            row,
            self.env._(
                "%(count)s companies are called “%(company)s”: %(companies)s. Write the "
                "customer code of the one you mean.",
                count=len(companies),
                company=value,
                companies=self._name_partners(companies),
            ),
            "parent_id",
        )

    def _check_circles(self):
        for row in list(self.parent_rows):
            seen = [row]
            while (parent := self.parent_rows.get(seen[-1])) is not None:
                if parent in seen:
                    self.error(
                        row,
                        self.env._(
                            "A company cannot belong to itself, by others either."
                        ),
                        "parent_id",
                    )
                    del self.parent_rows[row]
                    break
                seen.append(parent)

    # -- the type of contacts -------------------------------------------------------

    def _is_contact(self, row):
        """Whether the row is a person of a company, and so has the company's type."""
        if self.rows.is_company(row):
            return False
        partner = self._updated(row)
        if partner.is_company and self.rows.is_company(row) is None:
            return False
        return bool(
            self.parents.get(row)
            or row in self.parent_rows
            or (partner.parent_id and "parent_id" not in self.rows.columns)
            or (partner.parent_id and row in self.parents)
        )

    def _check_contact_types(self):
        """A contact with a type of its own would change that of its company."""
        if "customer_type_id" not in self.rows.columns:
            return
        companies = self.partners.browse({p for p in self.parents.values() if p})
        companies.fetch(["customer_type_id"])
        rows_of = {partner_id: row for row, partner_id in self.matched.items()}
        for row in self.window:
            text = self.rows.cell(row, "customer_type_id")
            own = self.find_type(text) if text and self._is_contact(row) else None
            if own and own != self._company_type(row, rows_of):
                self.error(
                    row,
                    self.env._(
                        "A contact has the type of its company, and “%(type)s” is "
                        "another one. Change the type on the line of the company, or "
                        "leave the cell empty.",
                        type=text,
                    ),
                    "customer_type_id",
                )

    def _company_type(self, row, rows_of):
        """Id of the type that the company of a row has after the import."""
        parent_id = self.parents.get(row) or self._updated(row).parent_id.id
        company = self.partners.browse(parent_id)
        line = self.parent_rows.get(row, rows_of.get(company.id))
        text = "" if line is None else self.rows.cell(line, "customer_type_id")
        if text:
            return self.find_type(text)
        if row not in self.parent_rows and company.customer_type_id:
            return company.customer_type_id.id
        return self.env["customer.type"]._get_default(self.env.company).id

    # -- loading --------------------------------------------------------------------

    def parts(self):
        """Spans of the window in the order in which they can be loaded.

        :return: list of lists of spans: companies of this file before their contacts
        """
        depths = {}
        for row in self.window:
            depth, parent = 0, self.parent_rows.get(row)
            while parent is not None:
                depth, parent = depth + 1, self.parent_rows.get(parent)
            depths[row] = depth
        parts = defaultdict(list)
        for start, end in self.spans:
            if start in depths:
                parts[depths[start]].append((start, end))
        return [parts[depth] for depth in sorted(parts)]

    def take(self, spans):
        """Rows of a part for core, without the cells that the plan has resolved."""
        parent = self.rows.columns.get("parent_id")
        self.local = [row for start, end in spans for row in range(start, end + 1)]
        resolved = self.parents.keys() | self.parent_rows.keys() | self.failed
        result = []
        for row in self.local:
            cells = list(self.rows.rows[row])
            if parent is not None and row in resolved:
                cells[parent] = ""
            result.append(cells)
        return result

    def end_part(self, result):
        """Keep what core answered for the part, with the rows of the whole file."""
        messages = result["messages"]
        if messages and messages[0]["message"] in [m["message"] for m in messages[1:]]:
            messages = messages[1:]  # core's error of the batch, said of its first line
        for message in messages:
            if rows := message.get("rows"):
                rows = {side: self.local[row] for side, row in rows.items()}
                message = dict(message, rows=rows)
            self.messages.append(message)
        if result["ids"] is False:
            for row in self.local:  # core took them back
                self.ids.pop(row, None)

    def complete(self, row, values, creates):
        """Add to the converted values of a row what the plan knows.

        :param bool creates: whether core would create a record
        :return: id of the customer to update, or None
        """
        partner_id = self.matched.get(row) if creates else None
        if kind := values.pop("company_type", None):
            values.setdefault("is_company", kind == "company")
        # a customer always has a code and a type; an empty cell is no order to take a
        # code that stands on a card
        if not values.get("customer_code") or row in self.failed:
            values.pop("customer_code", None)
        if creates and not partner_id:
            for name in ("customer_type_id", "lang"):
                if not values.get(name):
                    values.pop(name, None)
        if creates and self._is_contact(row):
            # by the company: written here, it would go up to the company
            values.pop("customer_type_id", None)
            values.pop("customer_type_until", None)
        if row in self.parent_rows:
            values["parent_id"] = self.ids.get(self.parent_rows[row], False)
        elif self.parents.get(row):
            values["parent_id"] = self.parents[row]
        elif row in self.parents:
            values.pop("parent_id", None)
        return partner_id

    def find_type(self, text):
        """Id of the type of this code or name, in whatever case; None if not exactly one."""
        if "types" not in self.references:
            by_key = defaultdict(set)
            for lang in {self.env.lang, "en_US"}:
                types = self.env["customer.type"].with_context(lang=lang).search([])
                for customer_type in types:
                    for label in (customer_type.name, customer_type.display_name):
                        by_key[fold(label)].add(customer_type.id)
                    by_key[fold(customer_type.code)].add(customer_type.id)
            self.references["types"] = by_key
        found = self.references["types"].get(fold(text), ())
        return next(iter(found)) if len(found) == 1 else None
