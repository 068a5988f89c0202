from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime


class CalendarEvent(models.Model):
    """An appointment: messages go to the customer among those who come."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "customer.message.mixin"]

    _customer_message_kind = "calendar"
    _customer_partner_field = "customer_partner_id"

    customer_partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_customer_partner_id",
        # sudo: colleagues who come need not be contacts that the user reads
        compute_sudo=True,
    )
    customer_time = fields.Char(string="Day and time", compute="_compute_customer_time")

    @api.depends("partner_ids.is_customer", "partner_ids.partner_share")
    def _compute_customer_partner_id(self):
        for event in self:
            guests = event.partner_ids.filtered("partner_share")
            event.customer_partner_id = guests.sorted(
                lambda p: (not p.is_customer, p.id)
            )[:1]

    @api.depends("start", "start_date", "allday")
    @api.depends_context("lang", "tz")
    def _compute_customer_time(self):
        for event in self:
            if event.allday:
                event.customer_time = format_date(self.env, event.start_date)
            else:
                event.customer_time = format_datetime(
                    self.env, event.start, dt_format="short"
                )

    @api.model
    def _customer_whatsapp_depends(self):
        return (
            "partner_ids.is_customer",
            "partner_ids.phone",
            "partner_ids.country_id",
        )

    @api.model
    def _customer_message_label(self):
        return self.env._("Appointment")

    @api.model
    def _customer_message_fields(self):
        return [
            "customer_partner_id.customer_greeting_name",
            "customer_partner_id.customer_shop_id.name",
            "customer_partner_id.customer_shop_id.phone",
            "name",
            "customer_time",
            "location",
            "videocall_location",
            "user_id.name",
        ]

    def _check_customer_message_access(self):
        result = super()._check_customer_message_access()
        if any(event._check_private_event_conditions() for event in self):
            raise AccessError(
                self.env._(
                    "This appointment is private. Ask the colleague whose it is to write "
                    "to the customer."
                )
            )
        return result
