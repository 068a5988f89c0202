from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ResPartner(models.Model):
    """The customer code: on the card in the customer's hand, unique, scannable."""

    _inherit = "res.partner"
    _rec_names_search = [
        "complete_name",
        "email",
        "ref",
        "vat",
        "company_registry",
        "customer_code",
    ]

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
                vals["customer_code"] = (vals["customer_code"] or "").strip() or False

    @api.constrains("customer_code")
    def _check_customer_code(self):
        codes = {p.customer_code.lower(): p for p in self if p.customer_code}
        if not codes:
            return
        self.flush_model(["customer_code"])
        taken = self._taken_customer_codes(codes)
        for code, partner in codes.items():
            others = [pid for pid in taken.get(code, ()) if pid != partner.id]
            if others:
                raise ValidationError(
                    self._duplicate_code_message(partner, self.browse(others[0]))
                )

    def _duplicate_code_message(self, partner, other):
        if not other.has_access("read"):
            return self.env._(
                "The customer code %(code)s is taken, by a customer whom you cannot see. "
                "Choose another code.",
                code=partner.customer_code,
            )
        return self.env._(
            "%(other)s already has the customer code %(code)s. Give “%(customer)s” "
            "another code, or change that one first.",
            other=other.display_name,
            code=partner.customer_code,
            customer=partner.display_name,
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
        # tracking: a code that comes with the customer is no change worth a message
        for partner, code in zip(without, codes, strict=True):
            super(ResPartner, partner.with_context(tracking_disable=True)).write(
                {"customer_code": code}
            )

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
