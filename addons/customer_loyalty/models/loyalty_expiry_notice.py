from odoo import api, fields, models


class LoyaltyExpiryNotice(models.Model):
    """That points expire was announced, once for each day on which some do.

    What was announced never expires earlier than it says.
    """

    _name = "loyalty.expiry.notice"
    _description = "Announcement that Points expire"
    _order = "id desc"
    _log_access = False
    _rec_name = "expires_on"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one(related="card_id.company_id")
    announced_on = fields.Date(required=True, readonly=True)
    due_on = fields.Date(
        required=True,
        readonly=True,
        help="The day by the rule of the programme, for these points and older ones.",
    )
    expires_on = fields.Date(
        required=True, readonly=True, help="The last day on which they can be spent."
    )
    points = fields.Float(readonly=True)
    points_text = fields.Char(compute="_compute_points_text")

    # not unique: a merge brings the notices of two cards together
    _card_index = models.Index("(card_id, due_on)")

    @api.depends("points", "card_id")
    @api.depends_context("lang")
    def _compute_points_text(self):
        for notice in self:
            notice.points_text = notice.card_id._format_points(notice.points).strip()

    def _send(self):
        """Put the e-mails of these into the queue, to whoever can be written to."""
        # sudo: announced by the clock, whoever runs it
        template = self.env.ref(
            "customer_loyalty.mail_template_points_expire", raise_if_not_found=False
        ).sudo()
        told = self.filtered(lambda n: n.partner_id.active and n.partner_id.email)
        if template and told:
            template.send_mail_batch(
                told.ids, email_layout_xmlid="mail.mail_notification_light"
            )
