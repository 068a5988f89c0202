from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.mail import email_normalize_all

_LABELS = ("event", "state", "channel", "actor", "reason")


class ResPartner(models.Model):
    """Consents on the customer's form, for colleagues."""

    _inherit = "res.partner"

    consent_state_ids = fields.One2many(
        "consent.state",
        "partner_id",
        string="Consents",
        readonly=True,
        groups="customer_base.group_customer_user",
    )

    def consent_overview(self):
        """What the tab of consents shows.

        :return: dict ``rows``, the items of ``consent_get`` with what the customer read or
            would read (``body``), and why a yes cannot be noted (``problem``); and
            ``labels`` of the codes by name of the field, in the user's language
        :raise AccessError: for users without the Customers app
        """
        self.ensure_one()
        self._check_customer_user()
        self._check_consent_caller("read")
        return {
            "rows": [
                self._consent_overview_row(purpose.with_env(self.env), row)
                for purpose, row in self._consent_rows().items()
            ],
            "labels": {
                name: self.env["consent.event"]
                ._fields[name]
                ._description_selection(self.env)
                for name in _LABELS
            },
        }

    def _consent_overview_row(self, purpose, row):
        current = purpose._get_wording(self.lang)
        # what a yes counts for is what is read out, and not what was agreed to once
        granted = row and row._state_now() == "granted"
        wording = row.wording_id if granted and row.wording_id else current
        return {
            **self._consent_item(purpose, row),
            "description": purpose.description or "",
            "body": wording.body or "",
            "asked_wording": current.id,
            "version": wording.version,
            "lang": wording.lang or "",
            "asked_at": str(row.asked_at.replace(microsecond=0))
            if row.asked_at
            else False,
            "problem": self._consent_problem(purpose, current, row),
        }

    def _consent_problem(self, purpose, wording, row):
        """Why a yes cannot be noted in the back office, empty when it can."""
        try:
            # sudo: as the answer itself is checked
            self._check_consent_purpose(purpose.sudo(), True, "backend", wording, row)
        except UserError as problem:
            return str(problem)
        return ""

    def consent_link(self):
        """The address of the customer's own page of consents, to hand on to them.

        :return: absolute URL, which works for a while and without a password
        :raise AccessError: for users without the Customers app
        :raise UserError: for a contact who is no customer
        """
        self.ensure_one()
        self._check_consent_caller("write")
        return self._check_some_customers()._consent_url()

    def consent_send_link(self):
        """Send the customer the link to their own page of consents.

        :return: the e-mail address it goes to
        :raise AccessError: for users without the Customers app
        :raise UserError: for a contact who is no customer, or has no e-mail
        """
        self.ensure_one()
        self._check_consent_caller("write")
        self._check_some_customers()
        if not self.email_normalized:
            raise UserError(
                self.env._(
                    "There is no e-mail address to send the link to. Add one to the "
                    "customer first."
                )
            )
        self._consent_mail("customer_consent.mail_template_consent_link")
        return self.email_normalized

    def _consent_mail(self, xmlid, **context):
        """Queue the mail of a template for each of these customers.

        It hangs on no document: the link in it is for the customer alone, and would be
        read by all colleagues in the messages of the form.
        """
        # sudo: which text is sent is the module's, not the caller's
        template = self.env.ref(xmlid).sudo().with_context(**context)
        mails = template.send_mail_batch(
            self.ids,
            email_values={"model": False, "res_id": False},
            email_layout_xmlid="mail.mail_notification_light",
        )
        for partner, mail in zip(self, mails, strict=True):
            if len(email_normalize_all(partner.email)) > 1:
                # core writes to each address of a customer; the link is for one person
                mail.write(
                    {
                        "email_to": partner.email_normalized,
                        "recipient_ids": [Command.clear()],
                    }
                )
        # sudo: have the queue run soon
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return mails
