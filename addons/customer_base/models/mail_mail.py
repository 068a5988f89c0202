from odoo import api, models


class MailOutcome:
    """What became of the mails sent under the context key ``customer_mail_outcome``.

    Core tells nobody and deletes a mail that was sent. The key counts only with this
    class, which no call from outside can put there.
    """

    def __init__(self):
        self.sent = False
        self.failure_type = False
        self.failure_reason = ""

    def result(self):
        """:return: ``sent``, ``no_server``, ``invalid_address`` or ``failed``"""
        if self.sent:
            return "sent"
        if self.failure_type == "mail_smtp":
            return "no_server"
        invalid = self.failure_type in ("mail_email_invalid", "mail_email_missing")
        # the mail server says so of a mailbox that it does not know
        if invalid or "SMTPRecipientsRefused" in self.failure_reason:
            return "invalid_address"
        return "failed"


class MailAddress(str):
    """Where the mails made under the context key ``customer_mail_to`` go instead.

    The key counts only with this class, as above.
    """


class MailMail(models.Model):
    """Tells whoever asked for a mail what became of it, and lets them say where to."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        address = self.env.context.get("customer_mail_to")
        if isinstance(address, MailAddress):
            vals_list = [{**vals, "email_to": str(address)} for vals in vals_list]
        return super().create(vals_list)

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        outcome = self.env.context.get("customer_mail_outcome")
        if isinstance(outcome, MailOutcome):
            for mail in self:
                outcome.sent |= mail.state == "sent"
                outcome.failure_type = failure_type or mail.failure_type
                outcome.failure_reason = failure_reason or mail.failure_reason or ""
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
