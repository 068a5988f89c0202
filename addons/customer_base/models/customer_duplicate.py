from odoo import api, fields, models


class DuplicateSource(str):
    """Where a customer comes from whom nobody may refuse: a web shop, a paid sale.

    The context key ``customer_duplicate_source`` counts only with this class, which no
    call from outside can put there. Where an e-mail must be unique, such a customer is
    saved and proposed as a duplicate.
    """

    __slots__ = ()


class CustomerDuplicate(models.Model):
    """Two customers who may be one: proposed by tills and shops, decided by a manager."""

    _name = "customer.duplicate"
    _description = "Possible Duplicate"
    _order = "score desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    other_id = fields.Many2one(
        "res.partner",
        string="Perhaps the same as",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_details = fields.Char(compute="_compute_details", string="Details")
    other_details = fields.Char(compute="_compute_details")
    why = fields.Char(
        string="Codes", required=True, readonly=True, help="Separated by commas."
    )
    reason = fields.Char(string="Why", compute="_compute_reason")
    score = fields.Integer(
        string="Likelihood",
        readonly=True,
        aggregator=None,
        help="From 0 to 100.",
    )
    source = fields.Selection(
        [
            ("pos", "Till"),
            ("web", "Web shop"),
            ("sale", "Order or invoice"),
            ("import", "Import"),
            ("api", "Other system"),
        ],
        string="Noticed in",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "To check"), ("dismissed", "Not the same person")],
        required=True,
        readonly=True,
        default="open",
    )

    # A merge by Odoo's wizard rewrites both columns in SQL. Only because of this
    # constraint does it expect a refusal, and then it deletes the rows of the partner
    # who goes: right for a pair that has become one, and for a pair that is there twice.
    _pair_check = models.Constraint(
        "CHECK(partner_id <> other_id)", "A customer is no duplicate of themselves."
    )
    _pair_unique = models.UniqueIndex(
        "(LEAST(partner_id, other_id), GREATEST(partner_id, other_id))"
    )

    @api.depends("partner_id", "other_id")
    def _compute_details(self):
        for pair in self:
            pair.partner_details = self._details(pair.partner_id)
            pair.other_details = self._details(pair.other_id)

    @api.model
    def _details(self, partner):
        parts = (partner.customer_code, partner.email, partner.phone)
        place = " ".join(part for part in (partner.zip, partner.city) if part)
        return " · ".join(part for part in (*parts, place) if part)

    @api.depends("why")
    @api.depends_context("lang")
    def _compute_reason(self):
        labels = self._why_labels()
        for pair in self:
            codes = (pair.why or "").split(",")
            pair.reason = ", ".join(labels.get(code, code) for code in codes)

    @api.model
    def _why_labels(self):
        """What each code of ``why`` means, to people."""
        return {
            "code": self.env._("same customer code"),
            "vat": self.env._("same VAT number"),
            "email": self.env._("same e-mail"),
            "phone": self.env._("same phone number"),
            "name_zip": self.env._("same name and postcode"),
            "name": self.env._("same name"),
        }

    @api.model
    def _flag(self, partner, other, why, source, score=0):
        """Propose that two customers are one, once for each pair.

        What somebody has decided stays decided.

        :param list why: codes of ``_why_labels``
        :param str source: where it was noticed
        :return: the ``customer.duplicate``, empty for a pair of one
        """
        if partner == other:
            return self.browse()
        # sudo: whoever makes a customer proposes, and only managers see the proposals
        pairs = self.sudo()
        pair = pairs._of_pair(partner, other)
        if pair:
            codes = [*dict.fromkeys([*pair.why.split(","), *why])]
            if pair.why != ",".join(codes):
                pair.write({"why": ",".join(codes), "score": max(pair.score, score)})
            return pair.sudo(False)
        return pairs.create(
            {
                "partner_id": partner.id,
                "other_id": other.id,
                "why": ",".join(why),
                "score": score,
                "source": source,
            }
        ).sudo(False)

    @api.model
    def _of_pair(self, partner, other):
        ids = [partner.id, other.id]
        return self.search([("partner_id", "in", ids), ("other_id", "in", ids)])

    def action_dismiss(self):
        """Say that the two are not the same person: they are not proposed again.

        :raise AccessError: for those who are no customer managers
        """
        self.check_access("write")
        self.write({"state": "dismissed"})

    def action_reopen(self):
        """Put the pairs back among those to check.

        :raise AccessError: for those who are no customer managers
        """
        self.check_access("write")
        self.write({"state": "open"})

    def action_open_partner(self):
        """Open the first customer of the pair."""
        return self._open(self.partner_id)

    def action_open_other(self):
        """Open the second customer of the pair."""
        return self._open(self.other_id)

    def _open(self, partner):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
