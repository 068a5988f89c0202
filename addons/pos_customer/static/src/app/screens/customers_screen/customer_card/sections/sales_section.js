import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** What the customer bought here: how often, how much, and the latest orders. */
export class SalesSection extends Component {
    static template = "pos_customer.CustomerSalesSection";
    static props = { card: Object, partnerId: Number };

    setup() {
        this.pos = usePos();
    }

    get sales() {
        return this.props.card.sales;
    }

    get figures() {
        const { count, total, average, returns, last_visit, currency } = this.sales;
        return [
            { name: "last", label: _t("Last visit"), text: formatDate(deserializeDate(last_visit)) },
            { name: "count", label: _t("Sales"), text: String(count) },
            { name: "total", label: _t("Total"), text: this.money(total, currency) },
            { name: "average", label: _t("Average"), text: this.money(average, currency) },
            { name: "returns", label: _t("Returns"), text: returns ? String(returns) : "" },
        ].filter((figure) => figure.text);
    }

    get latest() {
        return this.sales.latest.map(({ id, name, at, total, currency, kind }) => ({
            id,
            name,
            day: formatDate(deserializeDateTime(at)),
            total: this.money(total, currency),
            isReturn: kind === "return",
        }));
    }

    money(amount, currency) {
        if (currency === this.pos.currency.name) {
            return this.env.utils.formatCurrency(amount);
        }
        return `${this.env.utils.formatCurrency(amount, false)} ${currency}`;
    }
}

customerCardSections.add(
    "sales",
    { component: SalesSection, isShown: ({ sales }) => Boolean(sales?.last_visit) },
    { sequence: 50 }
);
