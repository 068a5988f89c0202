import { Component } from "@odoo/owl";
import { CustomerBlockPopup } from "@pos_customer/app/components/popups/customer_block_popup/customer_block_popup";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { customerCardActions } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card_actions";
import { blockScopes, blockText } from "@pos_customer/app/utils/customer_block";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { groupBy } from "@web/core/utils/arrays";
import { _t } from "@web/core/l10n/translation";

/** What the customer is blocked for, why and until when: the first thing on the card. */
export class BlockSection extends Component {
    static template = "pos_customer.CustomerBlockSection";
    static props = { card: Object, partnerId: Number };

    /** One line for what is said of several scopes alike. */
    get lines() {
        const labels = Object.fromEntries(blockScopes().map(({ name, label }) => [name, label]));
        const lines = groupBy(this.props.card.block, blockText);
        return Object.entries(lines).map(([text, blocks]) => ({
            text,
            scopes: blocks.map(({ scope }) => labels[scope]).join(", "),
        }));
    }
}

customerCardSections.add(
    "block",
    { component: BlockSection, isShown: ({ block }) => block.length > 0 },
    { sequence: 1 }
);

const mayAct = ({ pos, isOffline }) => !isOffline && pos.cashier?._role !== "minimal";

/** Blocks of a company are lifted on the card of the company. */
const ownScopes = ({ block }) => block.filter(({ through }) => !through).map(({ scope }) => scope);

async function openPopup({ pos, card, row, changed }, props) {
    const { name } = card.identity;
    if (await makeAwaitable(pos.dialog, CustomerBlockPopup, { partnerId: row.id, name, ...props })) {
        await changed();
    }
}

customerCardActions.add(
    "block",
    {
        icon: "fa-ban",
        text: () => _t("Block"),
        isShown: mayAct,
        run: (context) => openPopup(context),
    },
    { sequence: 30 }
);

customerCardActions.add(
    "unblock",
    {
        icon: "fa-unlock",
        text: () => _t("Unblock"),
        isShown: (context) => mayAct(context) && ownScopes(context.card).length > 0,
        run: (context) => openPopup(context, { lift: ownScopes(context.card) }),
    },
    { sequence: 31 }
);
