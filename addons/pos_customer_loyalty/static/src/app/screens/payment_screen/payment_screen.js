import { onMounted, useState } from "@odoo/owl";
import { choosePoints, formatPoints } from "@pos_customer_loyalty/app/utils/points_choice";
import { reduceRefund } from "@pos_customer_loyalty/app/utils/refund_reduction";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import { patch } from "@web/core/utils/patch";

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.loyalty = useState(this.pos.loyaltyFigures.state);
        // a refund comes here without a button
        onMounted(() => reduceRefund(this.pos, this.currentOrder));
    },

    /** What the customer can pay a part with, and how much of it they do. */
    get spendable() {
        // shown anew when the cards of a customer have come
        const isKnown = this.loyalty.version >= 0;
        if (!isKnown || this.currentOrder.finalized || this.currentOrder.isRefund) {
            return [];
        }
        return this.currentOrder.getSpendableRewards().map((entry) => ({
            ...entry,
            key: `${entry.reward.id}-${entry.coupon.id}`,
            name: entry.coupon.program_id.name,
            text: formatPoints(
                this.pos,
                entry.coupon.program_id,
                entry.spent || this.currentOrder._getRealCouponPoints(entry.coupon.id)
            ),
        }));
    },

    choosePoints(entry) {
        return choosePoints(this.pos, this.currentOrder, entry);
    },
});
