from odoo import models
from odoo.tools import format_datetime


class CustomerImpersonation(models.Model):
    """One line of the log in the customer's own words."""

    _inherit = "customer.impersonation"

    def _help_row(self, env):
        """What the customer reads about this row: never the words of the colleague.

        :param env: of the customer, whose rights decide about links
        :return: dict of texts, ``documents`` a list of such
        """
        self.ensure_one()
        tz = self._customer_tz()
        return {
            "id": self.id,
            "who": self.user_id.name or env._("A colleague"),
            "company": self._company().name or "",
            "reason": self._label("reason"),
            "read_only": self.read_only,
            "running": not self.ended_at,
            "start": format_datetime(env, self.started_at, tz, dt_format="short"),
            "until": format_datetime(env, self.expires_at, tz, dt_format="short"),
            "minutes": max(1, self.duration),
            "how": self._label("ended_how"),
            "documents": [
                documents._help_document(env)
                for documents in self.document_ids._by_document()
            ],
        }
