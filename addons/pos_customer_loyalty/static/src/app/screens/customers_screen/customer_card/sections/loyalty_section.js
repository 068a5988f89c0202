import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { changeCardHolder } from "@pos_customer_loyalty/app/components/popups/card_holder_popup/card_holder_popup";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const dayOf = (date) => formatDate(deserializeDate(date));

/** What the customer has to spend, now and later: points, store credit, vouchers. */
export class LoyaltySection extends Component {
    static template = "pos_customer_loyalty.LoyaltySection";
    static props = { card: Object, partnerId: Number };

    setup() {
        this.pos = usePos();
    }

    get programs() {
        return this.props.card.loyalty.programs.map((program) => ({
            ...program,
            notes: [
                program.pending &&
                    (program.ready_on
                        ? _t("%(points)s more from %(date)s", {
                              points: program.pending_text,
                              date: dayOf(program.ready_on),
                          })
                        : _t("%s more later", program.pending_text)),
                program.expires_on &&
                    _t("%(points)s expire on %(date)s", {
                        points: program.expiring_text || program.text,
                        date: dayOf(program.expires_on),
                    }),
                program.updated_at &&
                    _t("Last change on %s", formatDate(deserializeDateTime(program.updated_at))),
            ].filter(Boolean),
        }));
    }

    get vouchers() {
        return this.props.card.loyalty.vouchers.map((voucher) => ({
            ...voucher,
            untilText: voucher.expires_on ? _t("until %s", dayOf(voucher.expires_on)) : "",
        }));
    }

    get isOffline() {
        return this.pos.data.network.offline;
    }

    async changeHolder(voucher) {
        const { partnerId } = this.props;
        if (await changeCardHolder(this.pos, voucher, partnerId)) {
            await this.pos.loyaltyFigures.refresh([partnerId]);
            this.pos.customerSync.bus.trigger("changed", {
                partners: [this.pos.models["res.partner"].get(partnerId) || { id: partnerId }],
            });
        }
    }
}

customerCardSections.add(
    "loyalty",
    {
        component: LoyaltySection,
        isShown: ({ loyalty }) => Boolean(loyalty?.programs.length || loyalty?.vouchers.length),
    },
    { sequence: 35 }
);
