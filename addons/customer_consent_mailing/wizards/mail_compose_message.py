from odoo import models


class MailComposeMessage(models.TransientModel):
    """Who consents is asked again for each batch of a mailing, at the moment it is sent."""

    _inherit = "mail.compose.message"

    def _get_optout_emails(self, mail_values_dict):
        recipients = self._get_recipients_data(mail_values_dict).values()
        addresses = {
            address for data in recipients for address in data["mail_to_normalized"]
        }
        # of this batch alone: the list of all who refused would be made for each
        batch = self.with_context(consent_addresses=sorted(addresses))
        return super(MailComposeMessage, batch)._get_optout_emails(mail_values_dict)
