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
            "reason": self._help_reason(),
            "read_only": self.read_only,
            "running": not self.ended_at,
            "start": format_datetime(env, self.started_at, tz, dt_format="short"),
            "until": format_datetime(env, self.expires_at, tz, dt_format="short"),
            "minutes": self.duration,
            "how": self._help_end(),
            "documents": [
                documents._help_document(env)
                for documents in self.document_ids._by_document()
            ],
        }

    def _help_reason(self):
        """Why, as it is told to the customer."""
        self.ensure_one()
        return {
            "order": self.env._("To order for you"),
            "help": self.env._("To help you with your account"),
            "complaint": self.env._("To look into a complaint"),
            "check": self.env._("To see what you see"),
        }.get(self.reason) or self.env._("For another reason")

    def _help_end(self):
        """How it ended, as it is told to the customer; empty while it goes on."""
        self.ensure_one()
        if not self.ended_at:
            return ""
        return {
            "expired": self.env._("The time was over"),
            "silent": self.env._("The colleague closed the window"),
            "login": self.env._("You logged in"),
            "customer": self.env._("You ended it"),
            "account": self.env._("Your account was changed"),
        }.get(self.ended_how) or self.env._("The colleague left")
