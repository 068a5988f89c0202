import { Component, useState } from "@odoo/owl";
import { WhatsappPopup } from "@pos_customer/app/components/popups/whatsapp_popup/whatsapp_popup";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { customerCardActions } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card_actions";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const COLORS = { done: "text-bg-success", cancel: "text-bg-light border", under_repair: "text-bg-warning" };

/** What the customer has in the workshop, or had, and what can be done about it here. */
export class RepairSection extends Component {
    static template = "pos_customer_repair.RepairSection";
    static props = { card: Object, partnerId: Number };

    setup() {
        this.pos = usePos();
        this.state = useState({ busy: false });
    }

    /** First what the customer can take home now. */
    get repairs() {
        return [...this.props.card.repairs].sort((a, b) => b.till.collect - a.till.collect);
    }

    get rows() {
        return this.repairs.map(({ id, name, at, state, state_label, till }) => ({
            id,
            name,
            ...till,
            status: state_label,
            day: formatDate(deserializeDateTime(at)),
            promised: till.date ? _t("ready on %s", formatDate(deserializeDate(till.date))) : "",
            color: COLORS[state] || "text-bg-info",
            toPay: till.due ? this.money(till.due, till.currency) : "",
        }));
    }

    money(amount, currency) {
        if (currency === this.pos.currency.name) {
            return this.env.utils.formatCurrency(amount);
        }
        return `${this.env.utils.formatCurrency(amount, false)} ${currency}`;
    }

    /** One thing at a time: two taps collect nothing twice. */
    async act(what) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await what();
        } finally {
            this.state.busy = false;
        }
    }

    collect(repair) {
        return this.act(() => this.pos.collectRepair(repair, this.props.partnerId));
    }

    deposit(repair) {
        return this.act(() => this.pos.depositOnRepair(repair, this.props.partnerId));
    }

    get mayWrite() {
        return this.props.card.whatsapp.ready;
    }

    write(repair) {
        this.pos.dialog.add(WhatsappPopup, {
            partnerId: this.props.partnerId,
            name: this.props.card.identity.name,
            document: `repair.order,${repair.id}`,
        });
    }

    print(repair) {
        return this.act(() => this.pos.reprintRepairTicket(repair.id));
    }
}

customerCardSections.add(
    "repairs",
    { component: RepairSection, isShown: ({ repairs }) => Boolean(repairs?.some(({ till }) => till)) },
    { sequence: 15 }
);

customerCardActions.add(
    "work_order",
    {
        icon: "fa-wrench",
        text: () => _t("Work order"),
        isShown: ({ isOffline }) => !isOffline,
        async run({ pos, load, changed }) {
            const partner = await load();
            if (partner) {
                await pos.startWorkOrder(partner);
                await changed();
            }
        },
    },
    { sequence: 15 }
);
