import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_KEPT = timedelta(days=1)  # longer than any transaction lives


class CustomerEmailLock(models.Model):
    """Makes transactions that give the same e-mail to two customers meet.

    A transaction does not see what another wrote after it began, so that looking for the
    e-mail is not enough. Each writes the row of its e-mail first: the second waits for
    the first and then fails with a serialization error, upon which Odoo repeats it, and
    now it sees the other customer. A unique index cannot say it, as a customer whom all
    companies share counts in each of them.
    """

    _name = "customer.email.lock"
    _description = "Lock of a Customer's E-mail"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(size=16, required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    def _take(self, emails):
        """Keep other transactions from giving these e-mails until this one has ended.

        :param emails: normalised addresses
        """
        keys = {hashlib.sha256(email.encode()).hexdigest()[:16] for email in emails}
        if not keys:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO customer_email_lock (key, at)"
                " SELECT unnest(%s), now() AT TIME ZONE 'UTC'"
                " ON CONFLICT (key) DO UPDATE SET at = EXCLUDED.at",
                # in one order, or two imports would wait for each other
                sorted(keys),
            )
        )

    @api.autovacuum
    def _gc_locks(self):
        """Forget the traces of e-mails once no transaction can need them."""
        before = fields.Datetime.now() - _KEPT
        # sudo: rows without any rights
        self.sudo().search([("at", "<", before)]).unlink()
