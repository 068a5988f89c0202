import { deserializeDate, deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useEffect, useState } from "@odoo/owl";

const PAGE = 20;

/**
 * Points, store credit and vouchers of the customer with every transaction. A page of the
 * form makes it when it is opened, and nothing is asked before.
 */
export class CustomerLoyalty extends Component {
    static template = "customer_loyalty.CustomerLoyalty";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            loyalty: null,
            rows: [],
            more: false,
            cardId: 0, // whose transactions are shown, those of all cards without
        });
        useEffect(
            () => {
                Object.assign(this.state, { loyalty: null, cardId: 0 });
                this.load();
            },
            () => [this.customerId]
        );
    }

    get customerId() {
        return this.props.record.resId;
    }

    get cards() {
        const { accounts, vouchers } = this.state.loyalty;
        return [...accounts, ...vouchers];
    }

    // -- what is shown ----------------------------------------------------------------

    async load() {
        const customerId = this.customerId;
        const [loyalty, { rows, more }] = await Promise.all([
            this.orm.call("res.partner", "customer_loyalty", [customerId]),
            this.fetchHistory(0),
        ]);
        if (customerId === this.customerId) {
            Object.assign(this.state, { loyalty, rows, more });
        }
    }

    fetchHistory(offset) {
        return this.orm.call("res.partner", "customer_loyalty_history", [this.customerId], {
            card_id: this.state.cardId || false,
            limit: PAGE,
            offset,
        });
    }

    async loadMore() {
        const { customerId } = this;
        const { cardId } = this.state;
        const { rows, more } = await this.fetchHistory(this.state.rows.length);
        if (customerId !== this.customerId || cardId !== this.state.cardId) {
            return;
        }
        // a transaction that is new since the first page moves the others down
        const known = new Set(this.state.rows.map((row) => row.id));
        this.state.rows.push(...rows.filter((row) => !known.has(row.id)));
        this.state.more = more;
    }

    async showCard(event) {
        const { customerId } = this;
        const cardId = (this.state.cardId = Number(event.target.value));
        const { rows, more } = await this.fetchHistory(0);
        if (customerId === this.customerId && cardId === this.state.cardId) {
            Object.assign(this.state, { rows, more });
        }
    }

    date(text) {
        return text ? formatDate(deserializeDate(text)) : "";
    }

    dateTime(text) {
        return text ? formatDateTime(deserializeDateTime(text)) : "";
    }

    day(text) {
        return text ? formatDate(deserializeDateTime(text)) : "";
    }

    // -- what is done -----------------------------------------------------------------

    /** Add to a card or take off it; without a card, in a programme that is new to them. */
    adjust(direction, card, program) {
        return this.openWindow("customer_loyalty.customer_points_wizard_action", {
            default_direction: direction,
            default_card_id: card?.card_id,
            default_partner_id: !card && this.customerId,
            default_program_id: program?.id,
        });
    }

    async changeHolder(card) {
        const action = await this.orm.call("loyalty.card", "action_customer_reassign", [
            card.card_id,
        ]);
        return this.openWindow(action);
    }

    openWindow(action, additionalContext) {
        return this.action.doAction(action, { additionalContext, onClose: () => this.load() });
    }

    url(model, id) {
        return `/odoo/${model}/${id}`;
    }

    open(model, id) {
        if (this.env.inDialog) {
            // at the till, or over another form that is being filled in
            window.open(this.url(model, id), "_blank");
            return;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("customer_loyalty", {
    component: CustomerLoyalty,
    additionalClasses: ["d-block"],
});
