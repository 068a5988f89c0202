from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

_KEPT = timedelta(days=400)  # longer than any till is left alone


class CustomerUpsertKey(models.Model):
    """Which changes of customers have arrived: each counts once, however often it is sent.

    A caller whose answer got lost sends the change again, maybe hours later, and by then
    somebody else may have changed the customer.
    """

    _name = "customer.upsert.key"
    _description = "Key of a Change of a Customer"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(size=36, required=True, readonly=True)
    refused = fields.Json(
        readonly=True, help="Names of the fields not accepted so far."
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    def _find(self, key):
        # sudo: whoever knows the key has sent it
        return self.sudo().search([("key", "=", key)])

    @api.model
    def _keep(self, key, refused=()):
        """Remember that the change ``key`` has arrived, and what of it was refused."""
        values = {"refused": list(refused) or False}
        if known := self._find(key):
            known.write(values)
            return
        try:
            with self.env.cr.savepoint():
                # sudo: written by acts only
                self.sudo().create({"key": key, **values})
        except UniqueViolation as error:
            # The same change came at the same time, and was faster: Odoo runs this one
            # again, and then it is found.
            raise ConcurrencyError(str(error)) from error

    @api.autovacuum
    def _gc_keys(self):
        """Forget changes that nobody will send again."""
        before = fields.Datetime.now() - _KEPT
        # sudo: as above
        self.sudo().search([("at", "<", before)]).unlink()
