from odoo import models


class AccountMove(models.Model):
    """A credit note of an order takes its points back."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._return_points()
        return posted

    def _return_points(self):
        for move in self.filtered(lambda move: move.move_type == "out_refund"):
            # sudo: who keeps the books need not see orders
            for order in move.sudo().invoice_line_ids.sale_line_ids.order_id:
                order._return_points(move)

    def button_draft(self):
        credits = self.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_refund"
        )
        result = super().button_draft()
        # sudo: who keeps the books need not see orders
        for order in credits.sudo().invoice_line_ids.sale_line_ids.order_id:
            order._undo_return_points(credits)
        return result

    def _note_missing_points(self, card, points):
        """Say on the credit note what could not be taken back."""
        self.ensure_one()
        program = card.sudo().program_id  # sudo: as above
        text = card.sudo()._format_points(points).strip()  # sudo: as above
        body = self.env._(
            "%(program)s: %(points)s of this sale were spent already and could not be "
            "taken back.",
            program=program.name,
            points=text,
        )
        if program.clawback_policy == "reduce" and program._holds_points():
            currency = program.currency_id
            amount = currency.format(
                currency.round(points * program.clawback_point_value)
            )
            body = self.env._(
                "%(program)s: %(points)s of this sale were spent already and could not be "
                "taken back. Pay out %(amount)s less.",
                program=program.name,
                points=text,
                amount=amount,
            )
        self.message_post(body=body)
