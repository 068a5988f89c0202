from odoo.fields import Command
from odoo.tests import new_test_user

from .common import PosCustomerHttpCase


class PastOrderCase(PosCustomerHttpCase):
    """Orders that are paid, by cash or on account, and who may change their customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.point_of_sale_update_stock_quantities = "real"
        cls.ana.write({"email": "ana@example.com", "phone": "+32 470 11 11 11"})
        cls.bo.write({"email": "bo@example.com", "phone": "+32 470 22 22 22"})
        cls.chief = new_test_user(
            cls.env,
            "chief",
            password="chief-password",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "customer_base.group_customer_manager",
            lang="en_US",
            name="Chi Chief",
        )
        cls.account = cls.env["pos.payment.method"].create(
            {"name": "On account", "split_transactions": True}
        )
        cls.config.payment_method_ids |= cls.account
        cls.cash = cls.config.payment_method_ids.filtered("is_cash_count")

    def sell(self, partner=None, price=20.0, method=None, paid=True, values=None):
        """An order of one book in the open session."""
        order = self.env["pos.order"].create(
            {
                "session_id": self.config.current_session_id.id,
                "partner_id": partner and partner.id,
                "amount_total": price,
                "amount_tax": 0,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [
                    Command.create(
                        {
                            "name": "line",
                            "product_id": self.book.id,
                            "qty": 1,
                            "price_unit": price,
                            "price_subtotal": price,
                            "price_subtotal_incl": price,
                            "tax_ids": False,
                        }
                    )
                ],
                **(values or {}),
            }
        )
        if paid:
            self.pay(order, method)
        return order

    def pay(self, order, method=None):
        order.add_payment(
            {
                "pos_order_id": order.id,
                "amount": order.amount_total,
                "payment_method_id": (method or self.cash).id,
            }
        )
        order.action_pos_order_paid()
        order._create_order_picking()

    def refund(self, order):
        """:return: the paid refund of everything in ``order``"""
        refund = order._refund()
        self.pay(refund)
        return refund

    def close(self, session):
        """Close the register: the entries of the session are posted."""
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")

    def rows(self, partner):
        """What the journal says about orders that ``partner`` lost or gained."""
        return self.env["customer.journal"].search(
            [
                ("event", "=", "order_reassigned"),
                ("subject_uuid", "=", partner.customer_uuid),
            ]
        )

    def reassign(self, order, partner, reason="wrong_customer", user=None, **kwargs):
        order = order.with_user(user or self.chief)
        return order.customer_reassign(
            partner_id=partner and partner.id, reason=reason, **kwargs
        )

    def preview(self, order, partner):
        """What the cashier is told before."""
        return order.with_user(self.cashier).customer_reassign_preview(
            partner_id=partner and partner.id
        )
