import { blockText, heldBlocks } from "@pos_customer/app/utils/customer_block";
import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate } from "@web/core/l10n/dates";

/**
 * What the cashier should know about the customer of the order: type, code and note.
 * Only the screen of the cashier shows it, never the customer display or a receipt.
 */
export class OrderCustomerLine extends Component {
    static template = "pos_customer.OrderCustomerLine";
    static props = { order: Object, partner: Object };

    setup() {
        this.state = useState({ open: false });
    }

    get type() {
        return this.props.partner.getCustomerType();
    }

    /** Whether the prices of the order are those of the type, and not of a preset. */
    get isPricing() {
        return Boolean(this.type?.discount) && this.props.order.pricingCustomerType?.id === this.type.id;
    }

    get typeLabel() {
        return this.isPricing ? this.type.label : this.type?.name;
    }

    get blockedText() {
        const [block] = heldBlocks(this.props.partner);
        return block ? _t("Blocked: %s", blockText(block)) : "";
    }

    get expiredText() {
        const partner = this.props.partner;
        if (partner.isCustomerTypeExpired()) {
            return _t("%(type)s: the proof ended on %(date)s.", {
                type: partner.customer_type_id.name,
                date: formatDate(partner.customer_type_until),
            });
        }
        const former = partner.customer_former_type_id;
        return former ? _t("%(type)s: the proof has ended.", { type: former.name }) : "";
    }
}
