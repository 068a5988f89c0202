import { Component } from "@odoo/owl";
import { code128 } from "@pos_customer/app/utils/code128";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";

/** The ticket of a work order: one for the customer, or to tie to the item. */
export class RepairTicket extends Component {
    static template = "pos_customer_repair.RepairTicket";
    static props = { ticket: Object, company: Object, formatCurrency: Function };

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
