import { reduceRefund } from "@pos_customer_loyalty/app/utils/refund_reduction";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** The card of a customer who was chosen a moment ago may be on its way still. */
    async validateOrder() {
        await this.pos.customerSettled();
        if (!this.order.finalized && this.pos.getOrder()?.uuid === this.order.uuid) {
            await this.pos.orderUpdateLoyaltyPrograms();
        }
        return super.validateOrder(...arguments);
    },

    /** A refund that is less than what was to be paid out is paid anew. */
    async askBeforeValidation() {
        const { order, pos } = this;
        const total = order.priceIncl;
        if (!(await reduceRefund(pos, order)) || !order.currency.isZero(order.priceIncl - total)) {
            return false;
        }
        return super.askBeforeValidation(...arguments);
    },

    /** What is noted with the payment survives a page that is loaded again before it is sent. */
    async finalizeValidation() {
        await this.pos.noteLoyaltyChanges(this.order);
        return super.finalizeValidation(...arguments);
    },
});
