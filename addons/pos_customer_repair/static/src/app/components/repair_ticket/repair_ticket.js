import { Component } from "@odoo/owl";
import { code128 } from "@pos_customer/app/utils/code128";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";

/** The ticket of a work order: one for the customer, or to tie to the item. */
export class RepairTicket extends Component {
    static template = "pos_customer_repair.RepairTicket";
    static props = { ticket: Object, company: Object, currency: Object, formatCurrency: Function };

    /** An amount of the repair's order, which may be in another currency than the till's. */
    money(amount) {
        const { ticket, currency, formatCurrency } = this.props;
        return ticket.currency === currency.name
            ? formatCurrency(amount)
            : `${formatCurrency(amount, false)} ${ticket.currency}`;
    }

    get barcode() {
        return code128(this.props.ticket.name);
    }

    get taken() {
        return formatDate(deserializeDateTime(this.props.ticket.at));
    }

    get promised() {
        const { date } = this.props.ticket;
        return date ? formatDate(deserializeDate(date)) : "";
    }

    get isPartlyPaid() {
        const { price, due } = this.props.ticket;
        return price !== false && due !== price;
    }
}
