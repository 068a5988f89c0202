import { maySell } from "@pos_customer/app/utils/customer_sale_check";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** Nobody gets around the check by coming to the payment another way. */
    async askBeforeValidation() {
        // what a terminal took is paid: such a sale is kept, and flagged by the server
        const { pos, order } = this;
        if (!pos.terminalPayments(order).length && !(await maySell(pos, order, order.getPartner()))) {
            return false;
        }
        return super.askBeforeValidation(...arguments);
    },
});
