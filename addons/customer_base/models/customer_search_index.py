import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, ormcache
from odoo.tools.misc import file_open
from odoo.tools.sql import table_exists

_logger = logging.getLogger(__name__)

_SCRIPT = "customer_base/sql/customer_search_index.sql"
_TABLES = ("customer_search_index", "customer_search_state")
COLUMNS = (
    "active",
    "barcode",
    "city",
    "company_id",
    "company_name",
    "company_registry",
    "complete_name",
    "country_id",
    "customer_code",
    "customer_type_id",
    "email",
    "is_customer",
    "name",
    "partner_share",
    "phone",
    "phone_sanitized",
    "properties",
    "ref",
    "street",
    "street2",
    "vat",
    "zip",
)
_BATCH = 2000
_AT_ONCE = 20_000  # so many are made anew while the module is updated


class CustomerSearchIndex(models.AbstractModel):
    """The side table of the customer search, kept by triggers.

    It is a plain table, not one of a model: nobody but the search reads it and nobody but
    its triggers writes it, except the day of the last sale, which ``_served`` notes.
    """

    _name = "customer.search.index"
    _description = "Index of the Customer Search"

    # -- making -----------------------------------------------------------------------

    @api.model
    def _install(self):
        """Create what is missing; plan a rebuild when the index is made in a new way."""
        script = self._script()
        version = hashlib.sha256(script.encode()).hexdigest()[:16]
        cr = self.env.cr
        if not table_exists(cr, "customer_search_state"):
            self._check_extension()
            # pylint: disable=sql-injection
            cr.execute(script)  # the module's own file, with names of this database
            self._fill()
            cr.execute(
                SQL("INSERT INTO customer_search_state (version) VALUES (%s)", version)
            )
            return
        cr.execute("SELECT version FROM customer_search_state")
        if cr.fetchone()[0] != version:
            cr.execute(script)
            cr.execute(SQL("UPDATE customer_search_state SET version = %s", version))
            cr.execute("SELECT count(*) FROM customer_search_index")
            if cr.fetchone()[0] > _AT_ONCE:
                self._plan_rebuild()
            else:
                cr.execute(
                    "SELECT customer_search_refresh(ARRAY(SELECT id FROM res_partner))"
                )

    @api.model
    def _script(self):
        with file_open(_SCRIPT) as handle:
            script = handle.read()
        return script.format(
            schema=self._schema("res_partner"),
            columns=", ".join(COLUMNS),
            old=", ".join(f"OLD.{name}" for name in COLUMNS),
            new=", ".join(f"NEW.{name}" for name in COLUMNS),
        )

    @api.model
    def _schema(self, table):
        self.env.cr.execute(
            SQL(
                "SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace AS space"
                " ON space.oid = relnamespace WHERE pg_class.oid = %s::regclass",
                table,
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _check_extension(self):
        """
        :raise UserError: when ``pg_trgm`` is neither there nor to be had
        """
        cr = self.env.cr
        cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cr.rowcount:
            return
        cr.execute(
            "SELECT has_database_privilege(current_database(), 'CREATE')"
            " AND EXISTS (SELECT FROM pg_available_extension_versions"
            " WHERE name = 'pg_trgm' AND (trusted OR (SELECT rolsuper FROM pg_roles"
            " WHERE rolname = current_user)))"
        )
        if not cr.fetchone()[0]:
            raise UserError(
                self.env._(
                    "The customer search needs the PostgreSQL extension pg_trgm, and this "
                    "database may not create it. Ask whoever administers PostgreSQL to "
                    "install the package of its additional modules (contrib) and to run "
                    "CREATE EXTENSION pg_trgm; in this database, then try again."
                )
            )
        cr.execute("CREATE EXTENSION pg_trgm")

    @api.model
    def _trigram_schema(self):
        """The schema of ``pg_trgm``, which need not be on the search path."""
        return SQL(self._trigram_schema_name())

    @api.model
    @ormcache()
    def _trigram_schema_name(self):
        self.env.cr.execute(
            "SELECT extnamespace::regnamespace::text FROM pg_extension"
            " WHERE extname = 'pg_trgm'"
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _fill(self):
        """Fill the empty table at once, its indexes last: that is several times faster."""
        cr = self.env.cr
        self.env["res.partner"].flush_model()
        cr.execute(
            "INSERT INTO customer_search_index"
            " (partner_id, customer, company_id, body, tokens)"
            " SELECT id, is_customer AND active, CASE WHEN partner_share THEN company_id END,"
            " body, customer_search_tokens(p, body) FROM res_partner AS p"
            " CROSS JOIN LATERAL (SELECT customer_search_body(p) AS body OFFSET 0) AS text"
        )
        self._create_indexes()

    @api.model
    def _create_indexes(self):
        cr = self.env.cr
        operators = SQL("%s.gin_trgm_ops", self._trigram_schema())
        cr.execute(
            SQL(
                # the pending list is read by every search, so it is kept short
                "CREATE INDEX IF NOT EXISTS customer_search_index_body ON customer_search_index"
                " USING gin (tokens, body %s) WITH (gin_pending_list_limit = 512)",
                operators,
            )
        )
        cr.execute(
            "CREATE INDEX IF NOT EXISTS customer_search_index_served ON customer_search_index"
            " (served_on DESC NULLS LAST, partner_id DESC)"
        )
        cr.execute("ANALYZE customer_search_index")

    # -- rebuilding ---------------------------------------------------------------------

    @api.model
    def _plan_rebuild(self):
        """Have every row made anew in the background; searches go on meanwhile."""
        self.env.cr.execute(
            "UPDATE customer_search_state SET rebuilt_to = 0, started_at = now() at time zone 'UTC'"
        )
        cron = self.env.ref("customer_base.customer_search_rebuild_cron", False)
        if cron:  # which runs every day anyway
            cron._trigger()

    @api.model
    def _cron_rebuild(self):
        """Go on with a rebuild, in small transactions; killed, it goes on where it was."""
        cr = self.env.cr
        while True:
            cr.execute("SELECT rebuilt_to FROM customer_search_state")
            done = cr.fetchone()[0]
            if done is None:
                return
            cr.execute(
                SQL(
                    "SELECT array_agg(id), max(id), (SELECT count(*) FROM res_partner WHERE id > %(done)s)"
                    " FROM (SELECT id FROM res_partner WHERE id > %(done)s"
                    " ORDER BY id LIMIT %(batch)s) AS batch",
                    done=done,
                    batch=_BATCH,
                )
            )
            ids, last, remaining = cr.fetchone()
            cr.execute(SQL("SELECT customer_search_refresh(%s)", ids or []))
            cr.execute(SQL("UPDATE customer_search_state SET rebuilt_to = %s", last))
            self.env["ir.cron"]._commit_progress(
                len(ids or []), remaining=remaining - len(ids or [])
            )

    @api.model
    def _rebuild_progress(self):
        """
        :return: percentage of the rebuild under way, None when there is none
        """
        self.env.cr.execute(
            "SELECT 100.0 * rebuilt_to / greatest((SELECT max(id) FROM res_partner), 1)"
            " FROM customer_search_state"
        )
        return self.env.cr.fetchone()[0]

    # -- the last sale ------------------------------------------------------------------

    @api.model
    def _note_past_sales(self, model):
        """Take the day of the last sale from the documents of ``model`` that are there.

        :param model: one that inherits ``customer.document.mixin``
        """
        documents = self.env[model].sudo()  # sudo: days of all companies
        query = documents._search(documents._customer_sale_domain())
        day = documents._field_to_sql(
            query.table, documents._customer_date_field, query
        )
        partner = documents._field_to_sql(
            query.table, documents._customer_partner_field, query
        )
        query.groupby = partner
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_search_index AS s SET served_on = last.day
                  FROM (%s) AS last (partner_id, day)
                 WHERE s.partner_id = last.partner_id
                   AND (s.served_on IS NULL OR s.served_on < last.day)
                """,
                query.select(partner, SQL("max(%s)::date", day)),
            )
        )

    @api.model
    def _served(self, partner_ids):
        """Note that these were served today: once a day, and never waiting for another."""
        today = fields.Date.context_today(self)
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_search_index SET served_on = %(today)s
                 WHERE partner_id IN (
                    SELECT partner_id FROM customer_search_index
                     WHERE partner_id = ANY(%(ids)s)
                       AND (served_on IS NULL OR served_on < %(today)s)
                       FOR NO KEY UPDATE SKIP LOCKED)
                """,
                today=today,
                ids=list(partner_ids),
            )
        )

    @api.model
    def _served_on(self, partner_ids):
        """
        :return: dict of partner id to the day of the last sale, as ``YYYY-MM-DD``
        """
        self.env.cr.execute(
            SQL(
                "SELECT partner_id, served_on::text FROM customer_search_index"
                " WHERE partner_id = ANY(%s) AND served_on IS NOT NULL",
                list(partner_ids),
            )
        )
        return dict(self.env.cr.fetchall())

    # -- leaving ------------------------------------------------------------------------

    @api.model
    def _drop(self):
        """Take everything away with the module."""
        cr = self.env.cr
        cr.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE proname ~ '^customer_search_'"
        )
        for (function,) in cr.fetchall():
            # CASCADE takes the triggers; regprocedure quotes what needs it
            cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL(function)))
        for table in _TABLES:
            cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
