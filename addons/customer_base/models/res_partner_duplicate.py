import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, remove_accents

_MAX_LIMIT = 40
_MAX_TEXT = 200  # characters; nobody types more
_MAX_HITS = 50  # for each reason: whoever is one of more is no duplicate of them all
# How sure each reason makes by itself, in percent. A name alone proposes nobody, and
# makes another reason surer: a family has one phone, but several first names.
_CERTAINTY = {
    "code": 100,
    "vat": 90,
    "email": 85,
    "name_zip": 75,
    "phone": 70,
    "name": 50,
}
_ZIP_BEGINNING = re.compile(r"[^\W_]{1,4}")
# Letters that no accent is taken from.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def name_key(name):
    """What two ways to write one name have in common: words in any order, no accents."""
    folded = remove_accents((name or "").casefold()).translate(_LETTERS)
    return tuple(sorted(re.findall(r"\w+", folded)))


def zip_key(text):
    return re.sub(r"[\W_]", "", text or "").casefold()


class ResPartner(models.Model):
    """Who is there already: asked while somebody types a customer, and afterwards."""

    _inherit = "res.partner"

    _phone_sanitized_index = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )

    @api.model
    def customer_find_duplicates(self, values, limit=5):
        """Customers who may be the one that is being typed, the likeliest first.

        Compared are phone (by ``phone_country_id``, ``country_id`` or the country of the
        company), e-mail, customer code, VAT number, and the name with the postcode. A
        company and its own contact are no duplicates of each other.

        :param dict values: what was typed so far, by field name as in
            ``customer_upsert``; ``id`` for a customer who is there already
        :param int limit: at most 40
        :return: list of rows as in ``customer_search``, with ``score`` from 0 to 100 and
            ``why``, a list of the codes ``code``, ``vat``, ``email``, ``phone``,
            ``name_zip`` and ``name``
        :raise AccessError: for users without the Customers app
        :raise UserError: for values of a wrong kind
        """
        self._check_customer_user()
        values = self._customer_duplicate_values(values)
        if not isinstance(limit, int) or isinstance(limit, bool):
            raise UserError(
                self.env._("“%(name)s” must be a whole number.", name="limit")
            )
        found = self._customer_duplicates(values)
        found = found[: max(1, min(limit, _MAX_LIMIT))]
        return [
            {**partner._customer_row(), "score": score, "why": why}
            for partner, score, why in found
        ]

    # -- what was typed -------------------------------------------------------------

    @api.model
    def _customer_duplicate_keys(self):
        """What is compared, by the type of its value."""
        texts = ("name", "phone", "email", "zip", "vat", "customer_code")
        numbers = ("id", "parent_id", "country_id", "phone_country_id")
        return dict.fromkeys(texts, str) | dict.fromkeys(numbers, int)

    @api.model
    def _customer_duplicate_values(self, values):
        """The comparable part of ``values``.

        :raise UserError: naming the value that is of a wrong kind
        """
        self._check_customer_values(values, {"id"})
        result = {}
        for name, kind in self._customer_duplicate_keys().items():
            value = values.get(name)
            if value is None or value is False:
                continue
            right = isinstance(value, kind) and not isinstance(value, bool)
            if not right or (kind is int and not 0 < value < 2**31):
                raise UserError(
                    self.env._(
                        "“%(name)s” of a customer cannot be %(value)s.",
                        name=name,
                        value=repr(value)[:50],
                    )
                )
            if kind is str:
                value = value[:_MAX_TEXT].replace("\0", " ").strip()
                value = value.encode("utf-8", "ignore").decode()
            result[name] = value
        return result

    def _customer_comparable(self):
        """The comparable values of a customer who is there."""
        self.ensure_one()
        result = {}
        for name in self._customer_duplicate_keys():
            if name in self._fields and (value := self[name]):
                result[name] = value.id if isinstance(value, models.Model) else value
        return {**result, "id": self.id}

    @api.model
    def _customer_phone_number(self, values, number_format="E164"):
        """The phone of ``values`` in one format, False when it is no number.

        National numbers are those of ``phone_country_id``; where nobody says so, of the
        address, or else of the company.
        """
        if not (phone := values.get("phone")):
            return False
        # sudo: the dialling code of a country is no secret, and not everyone reads it
        countries = self.env["res.country"].sudo()
        if said := values.get("phone_country_id"):
            guesses = [countries.browse(said).exists()]
        else:
            address = countries.browse(values.get("country_id")).exists()
            guesses = [address, self.env.company.country_id]
        for guess in guesses:
            number = self.browse()._phone_format(
                number=phone, country=guess, force_format=number_format
            )
            if number:
                return number
        return False

    # -- who is there ---------------------------------------------------------------

    @api.model
    def _customer_duplicates(self, values):
        """Customers whom the user sees and who fit ``values``.

        :return: list of tuples ``(partner, score, why)``, best first
        """
        reasons = {}
        for reason, domain in self._customer_duplicate_domains(values).items():
            # without an order, which would have the database walk another index
            hits = self._search(
                domain & Domain("is_customer", "=", True), limit=_MAX_HITS
            )
            for partner_id in hits:
                reasons.setdefault(partner_id, []).append(reason)
        for partner in self._customers_of_name_and_zip(values):
            reasons.setdefault(partner.id, []).append("name_zip")
        result = []
        for partner in self._without_others_of_pair(self.browse(reasons), values):
            why = reasons[partner.id]
            if "name_zip" not in why and self._is_same_name(partner, values):
                why = [*why, "name"]
            result.append((partner, self._customer_duplicate_score(why), why))
        return sorted(result, key=lambda row: (-row[1], row[0].id))

    @api.model
    def _customer_duplicate_domains(self, values):
        """Conditions by reason, each of which an index answers."""
        result = {}
        self.flush_model(["customer_code"])
        if code := values.get("customer_code"):
            taken = self._taken_customer_codes([code.lower()])
            result["code"] = Domain("id", "in", taken.get(code.lower(), []))
        if vat := values.get("vat"):
            plain = re.sub(r"[^0-9A-Za-z]", "", vat).upper()
            if len(plain) > 4:
                # contacts have the number of their company
                own = Domain("parent_id", "=", False)
                result["vat"] = own & Domain("vat", "in", list({vat, plain}))
        if email := email_normalize(values.get("email") or "", strict=False):
            result["email"] = Domain("email_normalized", "=", email)
        if phone := self._customer_phone_number(values):
            result["phone"] = Domain("phone_sanitized", "=", phone)
        return result

    @api.model
    def _customers_of_name_and_zip(self, values):
        """By the one search engine, and then compared word by word."""
        name, postcode = name_key(values.get("name")), zip_key(values.get("zip"))
        if not name or len(postcode) < 3:
            return self.browse()
        # each value to its field; “1012 AB” and “1012AB” begin alike
        words = values["name"].replace(",", " ")
        query = f"{words}, {_ZIP_BEGINNING.search(values['zip'])[0]}"
        found = self.customer_search(query, fields=["name", "zip"], limit=_MAX_HITS)
        found = self.browse([row["id"] for row in found["rows"]])
        return found.filtered(
            lambda p: name_key(p.name) == name and zip_key(p.zip) == postcode
        )

    @api.model
    def _is_same_name(self, partner, values):
        name = name_key(values.get("name"))
        return bool(name) and name_key(partner.name) == name

    @api.model
    def _without_others_of_pair(self, partners, values):
        """Without the customer themselves, a company or contact of theirs, and those of
        whom somebody has said that they are somebody else."""
        own = values.get("id")
        apart = {own, values.get("parent_id")}
        if own:
            # sudo: whoever decided, it holds for everyone
            pairs = self.env["customer.duplicate"].sudo()
            for pair in pairs.search(
                [
                    ("state", "=", "dismissed"),
                    "|",
                    ("partner_id", "=", own),
                    ("other_id", "=", own),
                ]
            ):
                apart |= {pair.partner_id.id, pair.other_id.id}
        return partners.filtered(
            lambda p: p.id not in apart and not (own and p.parent_id.id == own)
        )

    @api.model
    def _customer_duplicate_score(self, why):
        """How likely it is, from 0 to 100, when each reason speaks for itself."""
        doubt = 1.0
        for reason in why:
            doubt *= 1 - _CERTAINTY[reason] / 100
        return round(100 * (1 - doubt))

    # -- proposals --------------------------------------------------------------------

    def _customer_flag(self, other, why, source):
        """Propose that this customer and ``other`` are one."""
        self.ensure_one()
        score = self._customer_duplicate_score(why)
        return self.env["customer.duplicate"]._flag(self, other, why, source, score)

    def _customer_flag_duplicates(self, source):
        """Propose those who look like these customers as their duplicates.

        :param str source: where it was noticed, as in ``customer.duplicate``
        """
        for partner in self:
            # sudo: proposals are complete, and shown to those who see both customers
            everyone = self.sudo().with_context(active_test=True)
            for other, _score, why in everyone._customer_duplicates(
                partner.sudo()._customer_comparable()  # sudo: as above
            ):
                # sudo: as above
                companies = partner.sudo().company_id | other.company_id
                if len(companies) < 2:
                    partner._customer_flag(other.sudo(False), why, source)
