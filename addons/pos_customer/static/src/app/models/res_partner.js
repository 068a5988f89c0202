import { defaultCustomerType } from "@pos_customer/app/models/customer_type";
import { isOver } from "@pos_customer/app/utils/customer_block";
import { isExpired } from "@pos_customer/app/utils/customer_rows";
import { ResPartner } from "@point_of_sale/app/models/res_partner";
import { patch } from "@web/core/utils/patch";

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

    /** Archived customers may be held for an order; nobody chooses them any more. */
    get isListedCustomer() {
        return Boolean(this.is_customer) && this.active !== false;
    },

    /** What addons show in a row of a list besides. */
    moreOfCustomerRow() {
        return {};
    },

    /** What was typed here and the server does not have yet, if there is anything. */
    getCustomerDraft() {
        return this.models["customer.draft"].find((draft) => draft.partner_id === this.id);
    },

    /**
     * Whether the proof of the type is out of date today, by the clock of the till.
     *
     * Not a getter: getters of records are remembered until a field changes, and a till
     * stays open past midnight.
     */
    isCustomerTypeExpired() {
        return Boolean(this.customer_type_id) && isExpired(this.customer_type_until);
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

    /** Whether the till refuses to sell to the customer now; not a getter, as above. */
    isBlockedAtTill() {
        return Boolean(this.customer_blocked_pos) && !isOver(this.customer_blocked_pos_until);
    },

    get defaultCustomerType() {
        return defaultCustomerType(this.models);
    },
});
