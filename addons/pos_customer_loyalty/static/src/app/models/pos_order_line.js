import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(PosOrderline.prototype, {
    /** Part of a return: what comes back, and what reduces a refund for points already spent. */
    get isReturned() {
        return Boolean(this.refunded_orderline_id) || this.isForMissingPoints;
    },

    /** It gives back a discount that the returned points had paid for. */
    get isForMissingPoints() {
        return Boolean(
            this.order_id?.isRefund &&
                !this.is_reward_line &&
                !this.refunded_orderline_id &&
                !this._e_wallet_program_id &&
                this.models["loyalty.reward"].some(
                    (reward) =>
                        !reward.program_id.isMoney &&
                        reward.discount_line_product_id?.id === this.product_id?.id
                )
        );
    },

    /**
     * What comes back never earns, nor takes points off: the server takes back what the
     * sale gave, and knows what that was.
     */
    ignoreLoyaltyPoints() {
        return this.isReturned || super.ignoreLoyaltyPoints(...arguments);
    },

    setup() {
        super.setup(...arguments);
        if (this.isForMissingPoints) {
            this.full_product_name = _t("Points already spent");
        }
    },

    get orderDisplayProductName() {
        const name = super.orderDisplayProductName;
        return this.isForMissingPoints ? { ...name, name: this.full_product_name } : name;
    },
});
