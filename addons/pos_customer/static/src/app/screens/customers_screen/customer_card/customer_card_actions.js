import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/**
 * What can be done with the customer whose card is open, besides choosing and editing.
 *
 * Modules add theirs: `{ icon, text(context), isShown(context), run(context) }`. The context
 * has `pos`, `env`, `card` (of the server, or what the till knows), `row`, `isOffline`, and
 * `load()`, the customer loaded afresh; `changed()` has the card shown anew.
 */
export const customerCardActions = registry.category("customer_card_actions");

customerCardActions.add(
    "new_order",
    {
        icon: "fa-plus",
        text: () => _t("New order"),
        async run({ pos, load }) {
            const partner = await load();
            if (partner) {
                const order = pos.addNewOrder();
                await pos.giveCustomer(partner);
                pos.navigate("ProductScreen", { orderUuid: order.uuid });
            }
        },
    },
    { sequence: 10 }
);

customerCardActions.add(
    "orders",
    {
        icon: "fa-list-ul",
        text: () => _t("Orders"),
        run({ pos, row }) {
            const isOpen = pos.getOpenOrders().some((order) => order.partner_id?.id === row.id);
            pos.navigate("TicketScreen", {
                stateOverride: {
                    search: { fieldName: "PARTNER", searchTerm: row.name, partnerId: row.id },
                    filter: isOpen ? "" : "SYNCED",
                },
            });
        },
    },
    { sequence: 20 }
);

customerCardActions.add(
    "whatsapp",
    {
        icon: "fa-whatsapp",
        text: () => _t("WhatsApp"),
        isShown: ({ card }) => card.whatsapp.ready,
        run({ pos, row }) {
            pos.openWhatsapp(row);
        },
    },
    { sequence: 15 }
);

customerCardActions.add(
    "loyalty_card",
    {
        icon: "fa-id-card-o",
        text: () => _t("Print card"),
        isShown: ({ card, isOffline }) => Boolean(card.identity.code) && !isOffline,
        async run({ env, row }) {
            env.services.ui.block();
            try {
                await download({
                    url: "/report/download",
                    data: {
                        // drawn by the server itself: no wkhtmltopdf is asked for
                        data: JSON.stringify([`/report/pdf/customer_base.loyalty_card/${row.id}`, "qweb-pdf"]),
                        context: JSON.stringify(user.context),
                    },
                });
            } finally {
                env.services.ui.unblock();
            }
        },
    },
    { sequence: 40 }
);
