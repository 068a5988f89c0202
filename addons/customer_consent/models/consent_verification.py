import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

_KEPT = timedelta(days=800)
_TOLD = 20  # broken links that a warning names


class ConsentVerification(models.Model):
    """What came out each time the ledger was verified."""

    _name = "consent.verification"
    _description = "Verification of the Ledger of Consents"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "at"
    _allow_sudo_commands = False

    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )
    state = fields.Selection(
        [("ok", "Sound"), ("broken", "Broken")], required=True, readonly=True
    )
    event_count = fields.Integer(string="Events", readonly=True)
    anchor_count = fields.Integer(
        string="Ends written",
        readonly=True,
        help="Ends of chains that were added to the file of anchors.",
    )
    broken = fields.Json(
        readonly=True, help="The first broken link of each chain that is not sound."
    )
    broken_text = fields.Text(string="Broken links", compute="_compute_broken_text")
    sealed = fields.Boolean(
        readonly=True, help="Whether there was a secret in the server's configuration."
    )

    @api.depends("broken")
    def _compute_broken_text(self):
        sentences = {
            "missing": self.env._("an event is missing"),
            "altered": self.env._("its content is not what was recorded"),
            "unsealed": self.env._("it is not sealed with the secret"),
            "unknown_key": self.env._(
                "it is sealed with a secret that is not configured"
            ),
            "tail": self.env._("events at the end of the chain are missing"),
            "subject": self.env._("the customer's end of the chain is missing"),
            "anchor": self.env._("it is not the event that was anchored"),
            "anchor_file": self.env._("the file of anchors cannot be read or written"),
            "note": self.env._("a remark was changed"),
            "state": self.env._("the current answer was not what the events say"),
            "wording": self.env._("a published wording was changed"),
        }
        for row in self:
            links = row.broken or []
            lines = [
                self.env._(
                    "%(subject)s, event %(sequence)s: %(problem)s",
                    subject=link["subject_uuid"] or "–",
                    sequence=link["sequence"] or link.get("wording_id", 0),
                    problem=sentences.get(link["problem"], link["problem"]),
                )
                for link in links[:_TOLD]
            ]
            if len(links) > _TOLD:
                lines.append(self.env._("and %(count)s more", count=len(links) - _TOLD))
            row.broken_text = "\n".join(lines)

    @api.model
    @api.private
    def create(self, vals_list):
        return super().create(vals_list)

    @api.model
    def action_verify(self):
        """Verify the whole ledger now, and anchor the ends that are sound.

        :return: action that opens the result
        :raise AccessError: for users who are no customer managers
        """
        self.env["res.partner"]._check_customer_manager()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self._verify().id,
            "view_mode": "form",
        }

    @api.model
    def _verify(self):
        # sudo: of all companies; who may was checked by the caller
        events = self.env["consent.event"].sudo()
        broken = events.verify()
        try:
            anchor_count = events._write_anchors(broken)
        except OSError:
            _logger.exception("The ends of the ledger of consents were not written")
            anchor_count = 0
            file_problem = {"subject_uuid": "", "sequence": 0, "problem": "anchor_file"}
            broken += [] if file_problem in broken else [file_problem]
        # sudo: written by the verification, never by users
        result = self.sudo().create(
            {
                "state": "broken" if broken else "ok",
                "broken": broken or False,
                "event_count": events.search_count([]),
                "anchor_count": anchor_count,
                "sealed": bool(events._secret()),
            }
        )
        result._warn()
        for row in broken:
            if row["problem"] == "state":  # the ledger is sound, and is what counts
                self.env["consent.state"]._rebuild(row["subject_uuid"])
        return result

    def _warn(self):
        """Have somebody look at what is broken, unless it is known since the last time."""
        before = self.search([("id", "<", self.id)], limit=1)
        known = before.broken or []
        news = [row for row in self.broken or [] if row not in known]
        if not news:
            return
        summary, note = self._warning({row["problem"] for row in news})
        for user in self._get_warned_users():
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                summary=summary,
                note=note,
            )

    @api.model
    def _warning(self, problems):
        """:return: tuple of summary and note, by the worst that was found"""
        if problems == {"anchor_file"}:
            return (
                self.env._("The file of anchors cannot be read or written"),
                self.env._(
                    "The ledger of consents is sound, but nothing outside the database "
                    "vouches for it. See to the folder customer_consent_anchors of the "
                    "server's configuration: its disk, its owner, its rights."
                ),
            )
        if problems == {"state"}:
            return (
                self.env._("Current consents were not what was recorded"),
                self.env._(
                    "The ledger is sound, and the answers were made anew from it. "
                    "Somebody had changed them in the database, past the program."
                ),
            )
        return (
            self.env._("The ledger of consents is broken"),
            self.env._(
                "Somebody changed or lost consents in the database, past the "
                "program. Keep the backups and the file of anchors, and compare."
            ),
        )

    @api.model
    def _get_warned_users(self):
        """The privacy officers, and where there is none the customer managers."""
        for group in ("group_customer_privacy", "group_customer_manager"):
            # sudo: who has a right is not for everybody to read
            if users := self.env.ref(f"customer_base.{group}").sudo().all_user_ids:
                return users
        return self.env["res.users"]

    def write(self, vals):
        if not vals.keys() <= {"activity_ids", "message_main_attachment_id"}:
            raise AccessError(
                self.env._("What came out of a verification stays as it is.")
            )
        return super().write(vals)

    @api.model
    def _cron_verify(self):
        self._verify()

    @api.autovacuum
    def _gc_verifications(self):
        # sudo: as above
        self.sudo().search([("at", "<", fields.Datetime.now() - _KEPT)]).unlink()
