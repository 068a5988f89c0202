from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

_COUNTED_AT_MOST = 10_000  # recipients, each time that the form of a mailing is shown


class MailingMailing(models.Model):
    """A mailing for a purpose reaches those who consent to it when it is sent.

    Two questions are asked. Does this customer consent? It is asked of customers, who have
    answers of their own. May this address be written to? It is asked of every recipient:
    where customers share an address, the most restrictive of their answers counts, as it
    does when they are merged; and where it is a customer's, it needs a consent. An address
    that no customer has is left to core, as is a mailing without a purpose, but for
    customers who are blocked for marketing: they never get one. What was answered to the
    purpose's company by a customer who is another's now counts where it is a no.
    """

    _inherit = "mailing.mailing"

    consent_purpose_id = fields.Many2one(
        "consent.purpose",
        string="Purpose",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="What the customers consented to. Only those who do when the mailing is sent "
        "get it, and who unsubscribes withdraws this consent.",
    )
    consent_text = fields.Char(compute="_compute_consent_text")

    @api.depends(
        "consent_purpose_id",
        "mailing_domain",
        "mailing_model_id",
        "mailing_type",
        "contact_list_ids",
    )
    def _compute_consent_text(self):
        for mailing in self:
            told = mailing.mailing_model_id and mailing.consent_purpose_id
            mailing.consent_text = told and mailing._get_consent_text() or False

    def _get_consent_text(self):
        target = self.env[self.mailing_model_real]
        chosen = Domain(self._parse_mailing_domain())
        total = target.search_count(chosen, limit=_COUNTED_AT_MOST + 1)
        if total > _COUNTED_AT_MOST:
            return self.env._(
                "More than %(count)s recipients are chosen. Only those who may get it when "
                "it is sent do.",
                count=formatLang(self.env, _COUNTED_AT_MOST, digits=0),
            )
        reached = target.search_count(self._get_recipients_domain())
        counts = {
            name: formatLang(self.env, count, digits=0)
            for name, count in (
                ("total", total),
                ("reached", reached),
                ("others", total - reached),
            )
        }
        if self.mailing_model_real == "res.partner":
            return self.env._(
                "%(reached)s of %(total)s recipients consent now. Nobody else gets it.",
                **counts,
            )
        return self.env._(
            "%(reached)s of %(total)s recipients can get it now. The other %(others)s are "
            "customers who do not consent.",
            **counts,
        )

    @api.onchange("consent_purpose_id")
    def _onchange_consent_purpose_id(self):
        """Show who consents now; what else was chosen of the customers stays."""
        if self.mailing_model_real != "res.partner" or self.mailing_filter_id:
            return
        others = Domain(self._parse_mailing_domain()).map_conditions(
            lambda leaf: (
                Domain.TRUE if leaf.field_expr == "consent_granted_ids" else leaf
            )
        )
        self.mailing_domain = repr((others & self._get_default_mailing_domain()) or [])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_consent_purpose(vals)
        return super().create(vals_list)

    def write(self, vals):
        if "consent_purpose_id" in vals and self.filtered(
            lambda m: (
                m.state in ("sending", "done")
                and m.consent_purpose_id.id != vals["consent_purpose_id"]
            )
        ):
            raise UserError(
                self.env._(
                    "This mailing has been sent: its recipients unsubscribe from what it "
                    "was sent for. Duplicate it to send it for another purpose."
                )
            )
        self._check_consent_purpose(vals)
        return super().write(vals)

    def _check_consent_purpose(self, vals):
        """Refuse a purpose of a company that is not the user's."""
        if purpose_id := vals.get("consent_purpose_id"):
            self.env["consent.purpose"].browse(purpose_id).check_access("read")

    # -- who gets it ------------------------------------------------------------------

    def _get_recipients_domain(self):
        return super()._get_recipients_domain() & self._get_consent_domain()

    def _get_consent_domain(self):
        """Domain of the records of the mailing's model that may be written to now."""
        domain = Domain.TRUE
        target = self.env[self.mailing_model_real]
        blocked = self._get_consent_blocked_ids()
        if target._name == "res.partner":
            domain &= Domain("id", "not in", blocked)
            if purpose := self.consent_purpose_id:
                domain &= Domain("consent_granted_ids", "in", purpose.ids)
                # who moved to another company is no longer this one's to write to
                domain &= Domain("company_id", "in", [False, purpose.company_id.id])
        if self.consent_purpose_id or blocked:
            refused = self._query_consent_refused()
            domain &= Domain.custom(
                to_sql=lambda *place: self._consent_address_condition(refused, *place)
            )
        return domain

    def _consent_column(self):
        """Where ``res.partner``, and many another model, has the address in one form."""
        return "phone_sanitized" if self.mailing_type == "sms" else "email_normalized"

    def _consent_address_condition(self, refused, model, alias, query):
        """SQL: the address of a row of ``model`` is none of ``refused``."""
        column = self._consent_column()
        if column in model._fields and model._fields[column].store:
            address = model._field_to_sql(alias, column, query)
        else:
            customers = (
                name
                for name in model._mail_get_partner_fields()
                if model._fields[name].store and model._fields[name].type == "many2one"
            )
            if not (name := next(customers, None)):
                return SQL("TRUE")  # known when it is composed: ``_get_opt_out_list``
            address = SQL(
                "(SELECT %s FROM res_partner WHERE id = %s)",
                SQL.identifier(column),
                model._field_to_sql(alias, name, query),
            )
        # an anti-join; ``NOT IN`` would walk through all that refused for each row
        return SQL(
            "NOT EXISTS (SELECT 1 FROM (%s) refused(address) WHERE address = %s)",
            refused,
            address,
        )

    def _get_consent_blocked_ids(self):
        # sudo: who is blocked gets no mailing, whoever sends it
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return partners.search([("customer_blocked_marketing", "=", True)]).ids

    def _query_consent_refused(self, addresses=None):
        """SQL: the addresses that this mailing must not be sent to.

        :param addresses: of these alone
        """
        self.env["consent.state"].flush_model()
        self.env["res.partner"].flush_model()
        column = SQL.identifier("p", self._consent_column())
        refused = SQL("bool_or(p.id = ANY(%s))", self._get_consent_blocked_ids())
        if self.consent_purpose_id:
            refused = SQL(
                "%s OR bool_or(s.answer NOT IN ('granted', 'unanswered'))"
                " OR bool_or(s.answer = 'granted' AND"
                "            coalesce(p.company_id, %s) = %s) IS NOT TRUE",
                refused,
                self.consent_purpose_id.company_id.id,
                self.consent_purpose_id.company_id.id,
            )
        return SQL(
            """
            SELECT %(column)s
              FROM res_partner p
         LEFT JOIN (SELECT partner_id,
                           CASE WHEN state = 'granted' AND until <= %(now)s
                                THEN 'expired' ELSE state END AS answer
                      FROM consent_state
                     WHERE purpose_id = %(purpose)s) s ON s.partner_id = p.id
             WHERE %(column)s IS NOT NULL AND %(concerned)s AND %(wanted)s
          GROUP BY %(column)s
            HAVING %(refused)s
            """,
            column=column,
            now=fields.Datetime.now(),
            purpose=self.consent_purpose_id.id or 0,
            # a partner who is no customer has no answer, and gets none of these
            concerned=SQL("TRUE")
            if self.mailing_model_real == "res.partner"
            else SQL("p.is_customer"),
            wanted=SQL("TRUE")
            if addresses is None
            else SQL("%s = ANY(%s)", column, list(addresses)),
            refused=refused,
        )

    def _get_consent_refused(self):
        """The e-mail addresses that this mailing must not be sent to.

        :return: set, of those in the context's ``consent_addresses`` alone
        """
        query = self._query_consent_refused(self.env.context.get("consent_addresses"))
        return {address for (address,) in self.env.execute_query(query)}

    def _get_opt_out_list(self):
        refused = set(super()._get_opt_out_list())
        if self.mailing_model_real != "res.partner":  # which answers for itself
            refused |= self._get_consent_refused()
        return refused
