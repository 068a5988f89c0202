from odoo import fields, models


class ResCompany(models.Model):
    """What a shop says to a customer whose login is blocked."""

    _inherit = "res.company"

    customer_login_message = fields.Text(
        string="To customers who may not log in",
        translate=True,
        help="What blocked customers read once they have proved who they are. Empty: that "
        "their account is closed at the moment, and your phone and e-mail.",
    )

    def _customer_login_text(self):
        """The shop's own sentence, or one that says how to reach it."""
        self.ensure_one()
        if message := (self.customer_login_message or "").strip():
            return message
        contact = ", ".join(filter(None, [self.phone, self.email]))
        if not contact:
            return self.env._(
                "Your account is closed at the moment. Please contact us."
            )
        return self.env._(
            "Your account is closed at the moment. Please contact us: %(contact)s",
            contact=contact,
        )
