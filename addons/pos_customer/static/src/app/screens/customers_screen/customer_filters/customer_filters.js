import { Component } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

const daysAgo = (days) => DateTime.now().minus({ days }).toISODate();

/** What "last purchase" may be, and the filters that say so. */
const VISITS = {
    month: { label: () => _t("Bought in the last 30 days"), filters: () => ({ served_after: daysAgo(30) }) },
    year: { label: () => _t("Bought in the last year"), filters: () => ({ served_after: daysAgo(365) }) },
    before: { label: () => _t("Not for more than a year"), filters: () => ({ served_before: daysAgo(365) }) },
    never: { label: () => _t("Never bought"), filters: () => ({ never_served: true }) },
};

/** Narrows a list of customers by type, last purchase and block. */
export class CustomerFilters extends Component {
    static template = "pos_customer.CustomerFilters";
    static props = { filters: Object, onChange: Function };

    setup() {
        this.pos = usePos();
    }

    get types() {
        return this.pos.models["customer.type"].getAll();
    }

    get visits() {
        return Object.entries(VISITS).map(([key, { label }]) => ({ key, label: label() }));
    }

    get visit() {
        const { served_after, served_before, never_served } = this.props.filters;
        if (served_after) {
            return served_after === daysAgo(30) ? "month" : "year";
        }
        return (served_before && "before") || (never_served && "never") || "";
    }

    change(values) {
        this.props.onChange({ ...this.props.filters, ...values });
    }

    setType(ev) {
        this.change({ type_id: Number(ev.target.value) });
    }

    setVisit(ev) {
        this.change({
            served_after: "",
            served_before: "",
            never_served: false,
            ...VISITS[ev.target.value]?.filters(),
        });
    }

    toggleBlocked() {
        this.change({ blocked: !this.props.filters.blocked });
    }
}
