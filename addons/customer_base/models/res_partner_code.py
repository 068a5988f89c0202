from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ResPartner(models.Model):
    """The customer code: on the card in the customer's hand, unique, scannable."""

    _inherit = "res.partner"

    @property
    def _rec_names_search(self):
        # a property adds to what other modules search, a list would replace it
        return [*(super()._rec_names_search or ()), "customer_code"]

    customer_code = fields.Char(
        copy=False,
        tracking=True,
        help="Found by scanning or typing. Given by itself, and free to change: scan a "
        "printed card into it, or type a phone number.",
    )

    # Case makes no difference: scanners and people disagree on it.
    _customer_code_unique = models.UniqueIndex(
        "(lower(customer_code)) WHERE customer_code IS NOT NULL",
        "Another customer has this customer code.",
    )

    @api.model
    def _prepare_customer_codes(self, vals_list):
        """Strip what scanners and spreadsheets leave around a code."""
        for vals in vals_list:
            if "customer_code" in vals:
                code = vals["customer_code"] or ""
                # spreadsheets and other systems send numbers as numbers
                vals["customer_code"] = str(code).strip() or False

    def _check_customer_codes_free(self, vals_list):
        """Refuse a taken code, naming who has it.

        Not a constraint: the index of the database would speak first, and names nobody.

        :raise ValidationError: also when several of ``vals_list`` share a code
        """
        codes = {}
        for vals in vals_list:
            if not (code := vals.get("customer_code")):
                continue
            if code.lower() in codes or len(self) > 1:
                raise ValidationError(
                    self.env._(
                        "The customer code %(code)s can be given to one customer only. "
                        "Leave it empty for the others: they get their own.",
                        code=code,
                    )
                )
            codes[code.lower()] = vals
        if not codes:
            return
        self.flush_model(["customer_code"])
        for code, partner_ids in self._taken_customer_codes(codes).items():
            if others := self.browse(partner_ids) - self:
                name = codes[code].get("name") or self.display_name
                raise ValidationError(
                    self._duplicate_code_message(
                        codes[code]["customer_code"], name, others[0]
                    )
                )

    def _duplicate_code_message(self, code, name, other):
        if not other.has_access("read"):
            return self.env._(
                "The customer code %(code)s is taken, by a customer whom you cannot see. "
                "Choose another code.",
                code=code,
            )
        if not other.active:
            return self.env._(
                "%(other)s, who is archived, already has the customer code %(code)s. "
                "Give “%(customer)s” another code, or restore that customer.",
                other=other.display_name,
                code=code,
                customer=name,
            )
        return self.env._(
            "%(other)s already has the customer code %(code)s. Give “%(customer)s” "
            "another code, or change that one first.",
            other=other.display_name,
            code=code,
            customer=name,
        )

    @api.model
    def _taken_customer_codes(self, codes):
        """Ids of partners, archived ones too, by lower-case code.

        SQL, because only ``lower(customer_code)`` is indexed and codes are unique over
        all companies.
        """
        self.env.cr.execute(
            SQL(
                "SELECT lower(customer_code), array_agg(id) FROM res_partner"
                " WHERE lower(customer_code) = ANY(%s) GROUP BY 1",
                list(codes),
            )
        )
        return dict(self.env.cr.fetchall())

    def _ensure_customer_code(self):
        """Give those without a code the next ones of the sequence."""
        without = self.filtered(lambda p: not p.customer_code)
        if not without:
            return
        codes = self._next_customer_codes(len(without))
        # The ORM's own write: each partner has another code, and through the modules'
        # write, which looks at partners and their users one by one, it would take
        # several queries for each. Codes of the sequence are free, and no news.
        for partner, code in zip(without, codes, strict=True):
            models.BaseModel.write(partner, {"customer_code": code})

    @api.model
    def _next_customer_codes(self, count):
        """``count`` free codes, skipping those that somebody typed by hand."""
        # sudo: the sequence is technical
        sequence = self.env.ref("customer_base.customer_code_sequence").sudo()
        self.flush_model(["customer_code"])
        codes = []
        while len(codes) < count:
            numbers = self._next_sequence_numbers(sequence, count - len(codes))
            taken = self._taken_customer_codes([code.lower() for code in numbers])
            codes += [code for code in numbers if code.lower() not in taken]
        return codes

    @api.model
    def _next_sequence_numbers(self, sequence, count):
        """Draw ``count`` values in one query; an import draws thousands."""
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _i in range(count)]
        self.env.cr.execute(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in self.env.cr.fetchall()]
