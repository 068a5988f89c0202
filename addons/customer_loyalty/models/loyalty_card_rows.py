from odoo import fields, models


class LoyaltyCard(models.Model):
    """A card in JSON: on the customer's card, and in an export."""

    _inherit = "loyalty.card"

    def _customer_program_row(self):
        """One line of ``loyalty.programs``, as ``customer_card.schema.json``."""
        expires_on = self.points_expire_on or self.expiration_date
        return {
            "program_id": self.program_id.id,
            "name": self.program_id.name,
            "kind": self.program_type,
            "card_id": self.id,
            "code": self.code,
            "points": self.points,
            "text": self._format_points(self.points).strip(),
            "pending": self.points_pending,
            "pending_text": self._customer_points_or_nothing(self.points_pending),
            "ready_on": _day(self.points_ready_on),
            "updated_at": fields.Datetime.to_string(self.points_updated_at) or "",
            "expires_on": _day(expires_on),
            "expiring_text": self._customer_points_or_nothing(self.points_expiring),
        }

    def _customer_voucher_row(self):
        """One line of ``loyalty.vouchers``, as ``customer_card.schema.json``."""
        return {
            "card_id": self.id,
            "program": self.program_id.name,
            "kind": self.program_type,
            "code": self.code,
            "text": self._format_points(self.points).strip(),
            "expires_on": _day(self.expiration_date),
        }

    def _customer_points_or_nothing(self, points):
        return self._format_points(points).strip() if points else ""

    def _customer_export_card(self):
        """Everything about one card, for the customer whose it is."""
        return {
            "program": self.program_id.name,
            "kind": self.program_type,
            "code": self.code,
            "points": self.points,
            "unit": self.point_name or "",
            "expires_on": _day(self.points_expire_on or self.expiration_date),
            "history": [
                {
                    "at": fields.Datetime.to_string(line.create_date),
                    "kind": line.kind or "",
                    "description": line.description or "",
                    "issued": line.issued,
                    "used": line.used,
                    "balance": line.balance,
                }
                for line in self.history_ids
            ],
            "pending": [
                {"points": row.points - row.taken_back, "ready_on": _day(row.ready_on)}
                for row in self.pending_ids
                if row.state == "waiting"
            ],
        }


def _day(date):
    return date.isoformat() if date else ""
