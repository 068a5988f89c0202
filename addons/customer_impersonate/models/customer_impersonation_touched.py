from odoo import api, fields, models
from odoo.tools import SQL


class CustomerImpersonationDocument(models.Model):
    """How documents get onto the log of the acting."""

    _inherit = "customer.impersonation.document"

    @api.model
    def _touch(self, records, action):
        """Note that whoever acts in this request made or changed these records.

        Each is noted once for an action; what was made is not noted as changed as well.

        :param str action: ``create`` or ``write``
        """
        row = self.env["customer.impersonation"]._current()
        if not row or not records:
            return
        # SQL: two requests of one page may note the same document at the same time
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_impersonation_document
                    (impersonation_ref, company_ref, at, model, res_id, action)
                SELECT %(row)s, %(company)s, %(now)s, %(model)s, touched.id, %(action)s
                  FROM unnest(%(ids)s) AS touched (id)
                 WHERE NOT EXISTS (
                        SELECT FROM customer_impersonation_document made
                         WHERE made.impersonation_ref = %(row)s
                           AND made.model = %(model)s
                           AND made.res_id = touched.id
                           AND made.action = 'create'
                       )
                    ON CONFLICT DO NOTHING
                """,
                row=row.id,
                company=row.company_ref,
                now=fields.Datetime.now(),
                model=records._name,
                action=action,
                ids=records.ids,
            )
        )

    @api.model
    def _changed(self, records, vals):
        """Which of the records ``vals`` would change; empty when nobody acts."""
        if not self.env["customer.impersonation"]._current():
            return records.browse()
        # sudo: compared, not told
        return records.filtered(lambda record: self._differs(record.sudo(), vals))

    @api.model
    def _differs(self, record, vals):
        """Whether ``vals`` say anything new: core writes much that stays as it is."""
        # core makes the key of a link to the portal when a page shows the link
        for name in vals.keys() & record._fields.keys() - {"access_token"}:
            field = record._fields[name]
            if field.type in ("one2many", "many2many"):
                if vals[name]:
                    return True
            elif field.convert_to_cache(
                vals[name], record, validate=False
            ) != field.convert_to_cache(record[name], record, validate=False):
                return True
        return False
