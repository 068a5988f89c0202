import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { deserializeDate, deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** The attributes that the shop defined, those that are filled. */
export class AttributeSection extends Component {
    static template = "pos_customer.CustomerAttributeSection";
    static props = { card: Object, partnerId: Number };

    textOf({ type, value }) {
        switch (type) {
            case "boolean":
                return value ? _t("Yes") : _t("No");
            case "date":
                return formatDate(deserializeDate(value));
            case "datetime":
                return formatDateTime(deserializeDateTime(value));
            default:
                return String(value);
        }
    }
}

customerCardSections.add(
    "attributes",
    { component: AttributeSection, isShown: ({ attributes }) => attributes.length > 0 },
    { sequence: 40 }
);
