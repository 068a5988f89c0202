import { formatCurrency } from "@web/core/currency";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useEffect, useState } from "@odoo/owl";

const PAGE = 20;

/**
 * Documents of the customer of one kind, from every channel: `customer_documents` of the
 * server. A page of a form makes it when it is opened, and nothing is asked before.
 */
export class CustomerDocuments extends Component {
    static template = "customer_base.CustomerDocuments";
    static props = {
        ...standardWidgetProps,
        kind: String,
        // what the third column is called
        label: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ rows: null, more: false });
        // once it is shown: a form that is drawn again meanwhile would ask twice
        useEffect(
            (customerId) => {
                this.state.rows = null;
                this.load(customerId);
            },
            () => [this.props.record.resId]
        );
    }

    async load(customerId, offset = 0) {
        const { rows, more } = await this.orm.call(
            "res.partner",
            "customer_documents",
            [customerId],
            { kind: this.props.kind, limit: PAGE, offset }
        );
        if (customerId !== this.props.record.resId) {
            return;
        }
        const before = this.state.rows || [];
        // a document that is new since the first page moves the others down
        const known = new Set(before.map(this.key));
        this.state.rows = [...before, ...rows.filter((row) => !known.has(this.key(row)))];
        this.state.more = more;
    }

    loadMore() {
        return this.load(this.props.record.resId, this.state.rows.length);
    }

    key(row) {
        return `${row.model},${row.id}`;
    }

    url(row) {
        return `/odoo/${row.model}/${row.id}`;
    }

    date({ date }) {
        if (!date) {
            return "";
        }
        return formatDate(date.length > 10 ? deserializeDateTime(date) : deserializeDate(date));
    }

    amount(row) {
        return row.amount === false ? "" : formatCurrency(row.amount, row.currency_id);
    }

    open(row) {
        if (this.env.inDialog) {
            // at the till, or over another form that is being filled in
            window.open(this.url(row), "_blank");
            return;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("customer_documents", {
    component: CustomerDocuments,
    extractProps: ({ attrs }) => ({ kind: attrs.kind, label: attrs.label }),
    additionalClasses: ["d-block"],
});
