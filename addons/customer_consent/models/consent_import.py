"""What an import of consents works out before anything is written.

No model, but a plan: one object for one call of ``consent.state.load``. It reads each line
of the file, with one query for each kind of key and not one for each line.
"""

import re
from collections import defaultdict
from datetime import date, datetime, time

import pytz

from odoo.models import fix_import_export_id_paths
from odoo.tools import email_normalize

from odoo.addons.customer_base.models.customer_import import fold

from ..tools import chain

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:/-]{0,63}")


class ConsentImportPlan:
    """The answers that the lines of a file stand for, and what is wrong with the others."""

    def __init__(self, env, paths, rows, file):
        self.env = env
        self.file = file
        self.rows = rows
        self.columns = {}
        for index, path in enumerate(paths):
            self.columns.setdefault("/".join(fix_import_export_id_paths(path)), index)
        self.messages = []
        self.purposes = self._find_purposes()
        self.words = self._find_words()
        self.customers = self._find_customers()
        self.answers = []  # dicts, in the order of the file
        for row in range(len(rows)):
            self._read(row)

    # -- cells ------------------------------------------------------------------------

    def cell(self, row, path):
        """The stripped text of a cell, "" when the column or the text is missing."""
        index = self.columns.get(path)
        value = "" if index is None else self.rows[row][index]
        return str(value or "").strip()

    def error(self, row, message, field):
        """Say in the text on which line it is: the screen does so only sometimes."""
        line = self.file.line(row)
        shift = row + self.file.skip
        self.messages.append(
            {
                "type": "error",
                "message": self.env._(
                    "Line %(line)s: %(message)s", line=line, message=message
                ),
                "record": line,
                "rows": {"from": shift, "to": shift},
                "field": field,
                "value": message,
            }
        )

    def _read(self, row):
        """Take the answer of a line, or note all that is wrong with it."""
        before = len(self.messages)
        customer = self._read_customer(row)
        purpose = self._read_purpose(row)
        granted = self._read_answer(row)
        at = self._read_date(row)
        wording = self._read_wording(row, customer, purpose, granted)
        source = self.cell(row, "source")
        if source and not _SOURCE.fullmatch(source):
            self.error(
                row,
                self.env._(
                    "A source is a short code of letters, digits and signs such as "
                    "“newsletter-2019”: it stays in the ledger for good."
                ),
                "source",
            )
        if len(self.messages) == before:
            self.answers.append(
                {
                    "row": row,
                    "customer": customer,
                    "purpose": purpose,
                    "granted": granted,
                    "at": at,
                    "wording": wording,
                    "source": source or None,
                }
            )

    # -- customers --------------------------------------------------------------------

    def _find_customers(self):
        """Customers by what a line calls them: path of the column and text."""
        wanted = {
            path: {text for r in range(len(self.rows)) if (text := self.cell(r, path))}
            for path in ("partner_id", "partner_id/id", "partner_id/.id")
        }
        names = wanted["partner_id"]
        emails = {
            text: email_normalize(text, strict=False) for text in names if "@" in text
        }
        partners = self.env["res.partner"].with_context(active_test=False)
        taken = partners._taken_customer_codes({text.lower() for text in names})
        ids = {("partner_id", text): taken.get(text.lower(), []) for text in names}
        ids |= {
            ("partner_id/.id", text): [int(text)] if text.isdecimal() else []
            for text in wanted["partner_id/.id"]
        }
        for text in wanted["partner_id/id"]:
            found = self.env.ref(text, raise_if_not_found=False)
            is_partner = found and found._name == "res.partner"
            ids["partner_id/id", text] = found.ids if is_partner else []
        # only those whom the reader sees
        visible = partners.search(
            [("id", "in", [i for each in ids.values() for i in each])]
        )
        by_key = {key: visible & partners.browse(each) for key, each in ids.items()}
        by_email = self._customers_by_email(partners, set(emails.values()) - {False})
        for text, email in emails.items():
            if not by_key["partner_id", text]:
                by_key["partner_id", text] = by_email.get(email, partners)
        return by_key

    def _customers_by_email(self, partners, emails):
        """Customers by normalised e-mail; archived ones where there are no others."""
        found = partners.search(
            [("email_normalized", "in", list(emails)), ("is_customer", "=", True)]
        )
        return {
            email: group.filtered("active") or group
            for email, group in found.grouped("email_normalized").items()
        }

    def _read_customer(self, row):
        paths = ("partner_id/.id", "partner_id/id", "partner_id")
        path = next((path for path in paths if self.cell(row, path)), None)
        if not path:
            return self.error(
                row,
                self.env._("Write whose consent it is: customer code or e-mail."),
                paths[-1],
            )
        text = self.cell(row, path)
        found = self.customers[path, text]
        if not found:
            return self.error(
                row,
                self.env._("There is no customer “%(customer)s”.", customer=text),
                path,
            )
        if len(found) > 1:
            names = ", ".join(f"{p.display_name} ({p.customer_code})" for p in found)
            return self.error(
                row,
                self.env._(
                    "%(count)s customers have the e-mail %(email)s: %(customers)s. "
                    "Write the customer code of the one you mean.",
                    count=len(found),
                    email=text,
                    customers=names,
                ),
                path,
            )
        if not found.is_customer:
            return self.error(
                row,
                self.env._("“%(partner)s” is no customer.", partner=found.display_name),
                path,
            )
        return found

    # -- purposes and answers ---------------------------------------------------------

    def _find_purposes(self):
        """Purposes of the user's companies by code and by name."""
        purposes = self.env["consent.purpose"].with_context(active_test=False)
        found = purposes.search([("company_id", "in", self.env.companies.ids)])
        by_text = defaultdict(lambda: found.browse())
        for lang in {self.env.lang, "en_US"}:
            for purpose in found.with_context(lang=lang):
                by_text[fold(purpose.name)] |= found.browse(purpose.id)
        # a code is nobody else's name
        return dict(by_text) | {purpose.code: purpose for purpose in found}

    def _read_purpose(self, row):
        text = self.cell(row, "purpose_id")
        if not text:
            return self.error(
                row,
                self.env._("Write what the consent is for: a purpose."),
                "purpose_id",
            )
        found = self.purposes.get(fold(text))
        if not found:
            return self.error(
                row,
                self.env._(
                    "There is no purpose “%(purpose)s”. Write the code or the name of "
                    "one of Configuration > Consents.",
                    purpose=text,
                ),
                "purpose_id",
            )
        if len(found) > 1:
            return self.error(
                row,
                self.env._(
                    "Several purposes are called “%(purpose)s”: write the code.",
                    purpose=text,
                ),
                "purpose_id",
            )
        return found

    def _find_words(self):
        """What cells call a yes (True) and a no (False), also translated."""
        words = dict.fromkeys(
            ("1", "true", "yes", "granted", fold(self.env._("Yes"))), True
        )
        noes = ("0", "false", "no", "refused", "withdrawn", fold(self.env._("No")))
        words |= dict.fromkeys(noes, False)
        field = self.env["consent.state"]._fields["state"]
        for code, label in field._description_selection(self.env):
            if code in words:
                words[fold(label)] = words[code]
        return words

    def _read_answer(self, row):
        text = self.cell(row, "state")
        granted = self.words.get(fold(text))
        if granted is None:
            self.error(
                row,
                self.env._(
                    "“%(answer)s” is no answer: write yes or no.", answer=text or " "
                ),
                "state",
            )
        return granted

    # -- when, and what was read ------------------------------------------------------

    def _read_date(self, row):
        """When it was answered, in UTC; a file tells it as the user's clock shows it."""
        index = self.columns.get("since")
        value = self.rows[row][index] if index is not None else None
        if not value:
            return self.error(
                row,
                self.env._(
                    "A consent without a date proves nothing: write when it was given."
                ),
                "since",
            )
        at = self._parse_date(value)
        if not at:
            return self.error(
                row, self.env._("“%(date)s” is no date.", date=str(value)), "since"
            )
        at = self.env.tz.localize(at).astimezone(pytz.utc).replace(tzinfo=None)
        if at > datetime.utcnow():
            return self.error(
                row,
                self.env._(
                    "%(date)s is in the future: correct the date.", date=str(value)
                ),
                "since",
            )
        return at

    def _parse_date(self, value):
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        if isinstance(value, date):
            return datetime.combine(value, time())
        try:
            return datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError:
            return None

    def _read_wording(self, row, customer, purpose, granted):
        """The published wording of the line: by version or by its text."""
        text = self.cell(row, "wording_id")
        if not purpose or not (text or granted):
            return None
        if not text:
            return self.error(
                row,
                self.env._(
                    "Write which wording was agreed to: its version, or the text. It is "
                    "published under Configuration > Consents."
                ),
                "wording_id",
            )
        published = purpose.wording_ids.filtered("published_at")
        found = published.filtered(lambda w: str(w.version) == text)
        found = found or published.filtered(lambda w: fold(w.body) == fold(text))
        if not found:
            return self.error(
                row,
                self.env._(
                    "“%(purpose)s” has no published wording “%(wording)s”.",
                    purpose=purpose.name,
                    wording=text,
                ),
                "wording_id",
            )
        lang = customer.lang if customer else ""
        return purpose._choose_wording(found, lang)

    # -- what is written --------------------------------------------------------------

    def by_customer(self):
        """Answers of each customer, in the order in which they were given."""
        groups = defaultdict(list)
        for answer in self.answers:
            groups[answer["customer"]].append(answer)
        for customer, answers in groups.items():
            yield customer, sorted(answers, key=lambda a: (a["at"], not a["granted"]))

    @staticmethod
    def key(uuid, answer):
        """By which an answer of a file is known when the file comes again."""
        wording = answer["wording"]
        parts = [
            "import",
            uuid,
            answer["purpose"].code,
            answer["granted"],
            answer["at"].isoformat(),
            wording.id if wording else 0,
        ]
        return chain.digest(chain.canonical(parts))
