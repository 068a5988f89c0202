from psycopg2.errors import ReadOnlySqlTransaction
from werkzeug.exceptions import abort

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.http import SessionExpiredException, get_default_session, request, root
from odoo.tools import SQL

from .customer_impersonation import SESSION_KEY

_SAFE = ("GET", "HEAD", "OPTIONS")


class IrHttp(models.AbstractModel):
    """Checks each request of a session that acts as a customer, before anything else.

    All other sessions pay for it with one look into a dictionary.
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        request.customer_acting = False
        if memory := request.session.get(SESSION_KEY):
            cls._customer_acting(memory)
        return super()._authenticate_explicit(auth)

    @classmethod
    def _customer_acting(cls, memory):
        # sudo: the log, of which a customer reads nothing
        row = request.env["customer.impersonation"].sudo().browse(memory["id"]).exists()
        if not row or not row._is_this_browser():
            # a stranger with this cookie is a stranger; whoever acts goes on
            request.session = root.session_store.new()
            request.session.update({**get_default_session(), "db": request.db})
            request.session.context["lang"] = request.default_lang()
            request.session.can_save = False
            request.env = api.Environment(request.env.cr, None, {})
            return
        if how := row._must_end():
            cls._customer_stop_acting(row, how)
        request.customer_acting = row.id

    @classmethod
    def _customer_stop_acting(cls, row, how):
        """Write down the end, and give the operator's own session back.

        :raise HTTPException: the page that says so
        :raise SessionExpiredException: for a call of a page's script, whose answer cannot
            carry a cookie; the next page does
        """
        with request.env.registry.cursor() as cr:  # this one's may be read-only
            row.with_env(row.env(cr=cr))._end(how)
        if request.dispatcher.routing_type != "http":
            raise SessionExpiredException()
        row._give_session_back(how)
        abort(request.redirect("/customer/acting/over"))

    # -- looking only -------------------------------------------------------------------------

    @classmethod
    def _customer_looks_only(cls):
        return request.env["customer.impersonation"]._current().read_only

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """In read-only mode the database itself refuses what would be written.

        Pages that are looked at write as they go (a visitor, a cart that is brought up to
        date): they may, and ``_post_dispatch`` throws it away.
        """
        if (
            request.customer_acting
            and request.httprequest.method not in _SAFE
            and not rule.endpoint.routing.get("customer_acting")
            and cls._customer_looks_only()
        ):
            cls._customer_refuse_writes(request.env.cr)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _customer_refuse_writes(cls, cr):
        cr.execute(SQL("SET TRANSACTION READ ONLY"))
        # Also for what comes after a commit in the middle. No statement: it would begin a
        # transaction. Cursors set it anew when they take a connection.
        cr.postcommit.add(lambda: cr.connection.set_session(readonly=True))

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        if (
            getattr(request, "customer_acting", False)
            and request.httprequest.method in _SAFE
            and cls._customer_looks_only()
        ):
            request.env.cr.rollback()
        return result

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, ReadOnlySqlTransaction) and getattr(
            request, "customer_acting", False
        ):
            exception = AccessError(
                request.env._(
                    "You are only looking: nothing can be changed. Nothing was saved."
                )
            )
        return super()._handle_error(exception)
