import { Component } from "@odoo/owl";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { isExpired, untilDate } from "@pos_customer/app/utils/customer_rows";

/** The type of a customer: a colour and its words; crossed out when it is expired. */
export class CustomerTypeBadge extends Component {
    static template = "pos_customer.CustomerTypeBadge";
    static props = {
        type: Object,
        until: { type: [String, Boolean, Object], optional: true },
    };

    get isExpired() {
        return !this.props.type.is_default && isExpired(this.props.until);
    }

    get title() {
        const until = untilDate(this.props.until);
        if (!until || this.props.type.is_default) {
            return this.props.type.label;
        }
        const date = formatDate(until);
        return this.isExpired
            ? _t("%(type)s: the proof ended on %(date)s.", { type: this.props.type.name, date })
            : _t("%(type)s until %(date)s.", { type: this.props.type.name, date });
    }
}
