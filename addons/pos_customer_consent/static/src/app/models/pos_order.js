import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { patch } from "@web/core/utils/patch";
import { waitingConsents } from "@pos_customer_consent/app/utils/consent_payload";

patch(PosOrder.prototype, {
    /** A customer who rides in the order brings their answers. */
    serializeForORM() {
        const data = super.serializeForORM(...arguments);
        if (data.customer_draft) {
            data.customer_draft = {
                ...data.customer_draft,
                ...waitingConsents(this.models, data.customer_draft.uuid),
            };
        }
        return data;
    },
});
