from odoo.http import request

from odoo.addons.website_sale.controllers.main import WebsiteSale


class CustomerWebsiteSale(WebsiteSale):
    def _get_shop_payment_errors(self, order):
        """Say it on the page of the payment, in place of the means to pay."""
        errors = super()._get_shop_payment_errors(order)
        if order._customer_is_refused():
            errors.append(
                (
                    request.env._("Sorry, we cannot take this order."),
                    order._customer_refusal_for_customers(),
                )
            )
        return errors
