import { ResPartner } from "@point_of_sale/app/models/res_partner";
import { patch } from "@web/core/utils/patch";

const { DateTime } = luxon;

patch(ResPartner.prototype, {
    get searchString() {
        return [super.searchString, this.customer_code].filter(Boolean).join(" ");
    },

    exactMatch(searchWord) {
        return (
            super.exactMatch(...arguments) ||
            (this.customer_code && this.customer_code.toLowerCase() === searchWord)
        );
    },

    /**
     * Whether the proof of the type is out of date today, by the clock of the till.
     *
     * Not a getter: getters of records are remembered until a field changes, and a till
     * stays open past midnight.
     */
    isCustomerTypeExpired() {
        const until = this.customer_type_until;
        if (!until || !this.customer_type_id) {
            return false;
        }
        const day = typeof until === "string" ? DateTime.fromISO(until) : until;
        return day.endOf("day") < DateTime.now();
    },

    /** The type that counts now: an expired one has fallen back to the default. */
    getCustomerType() {
        if (!this.customer_type_id || this.isCustomerTypeExpired()) {
            return this.defaultCustomerType;
        }
        if (!this.customer_type_id.is_default) {
            return this.customer_type_id;
        }
        return this.defaultCustomerType || this.customer_type_id;
    },

    /** The company's own default type, else everyone's. */
    get defaultCustomerType() {
        const defaults = this.models["customer.type"].filter((type) => type.is_default);
        return defaults.find((type) => type.raw.company_id) || defaults[0];
    },
});
