import { Component } from "@odoo/owl";
import { CustomerTypeBadge } from "@pos_customer/app/components/customer_type_badge/customer_type_badge";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** One customer of a list, at its place; what a tap means is said by whoever shows the list. */
export class CustomerRow extends Component {
    static template = "pos_customer.CustomerRow";
    static components = { CustomerTypeBadge };
    static props = {
        row: Object,
        type: { type: Object, optional: true },
        top: Number,
        place: Number,
        count: Number,
        isOpen: Boolean,
        isCursor: Boolean,
        onTap: Function,
        onPick: { type: Function, optional: true },
        onCard: { type: Function, optional: true },
    };

    setup() {
        this.pos = usePos();
    }

    /** Rows name a contact after the company; the person is who stands at the till. */
    get nameParts() {
        const { name, is_company } = this.props.row;
        const cut = is_company ? -1 : name.lastIndexOf(", ");
        return cut < 0
            ? { name, company: "" }
            : { name: name.slice(cut + 2), company: name.slice(0, cut) };
    }
}
