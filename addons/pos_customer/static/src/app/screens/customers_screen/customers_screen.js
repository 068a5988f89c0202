import { Component, onWillUnmount, useState } from "@odoo/owl";
import { CustomerDraftsButton } from "@pos_customer/app/components/customer_drafts_button/customer_drafts_button";
import { CustomerFormPopup } from "@pos_customer/app/components/popups/customer_form_popup/customer_form_popup";
import { useCustomerFinder } from "@pos_customer/app/hooks/customer_finder_hook";
import { CustomerCard } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { CustomerList } from "@pos_customer/app/screens/customers_screen/customer_list/customer_list";
import { rowOfPartner } from "@pos_customer/app/utils/customer_rows";
import { currentCustomer, loadCustomer } from "@pos_customer/app/utils/load_customer";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";

/**
 * Find, make and open customers, with or without an order under way.
 *
 * With `choosing` (see `PosStore.chooseCustomer`) it was asked for the customer of an order:
 * a tap on a row answers, and the seller is back where the question came from.
 */
export class CustomersScreen extends Component {
    static template = "pos_customer.CustomersScreen";
    static components = { CustomerCard, CustomerDraftsButton, CustomerList };
    static props = { choosing: { type: Object, optional: true } };
    static storeOnOrder = false;

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.dialog = useService("dialog");
        this.finder = useCustomerFinder();
        this.state = useState({ openId: null, openRow: null, version: 0, picking: false });
        this.choosing = this.props.choosing;
        onWillUnmount(() => this.choosing?.abandon());
        this.followServer(this.pos.customerSync.bus);
    }

    /** The card of a customer shows what changes elsewhere, and goes with the customer. */
    followServer(bus) {
        useBus(bus, "changed", ({ detail: { partners } }) => {
            if (partners.some((partner) => partner.id === this.state.openId)) {
                this.state.version++;
            }
        });
        useBus(bus, "gone", ({ detail: { ids } }) => {
            if (ids.includes(this.state.openId)) {
                this.close();
            }
        });
        useBus(bus, "moved", ({ detail: { oldId, partner } }) => {
            if (this.state.openId === oldId) {
                this.open(rowOfPartner(partner));
            }
        });
    }

    get openRow() {
        return this.finder.rows.find((row) => row.id === this.state.openId) || this.state.openRow;
    }

    get mayEdit() {
        return this.pos.cashier?._role !== "minimal";
    }

    get choosingText() {
        const { current } = this.choosing;
        return current
            ? _t("The order is for %s. Tap another customer.", current.name)
            : _t("Tap the customer of the order.");
    }

    get listProps() {
        return {
            finder: this.finder,
            openId: this.state.openId || false,
            onTap: (row) => (this.choosing ? this.pick(row.id) : this.open(row)),
            onEnter: (row) => this.onEnter(row),
            onPick: (row) => this.pick(row.id),
            onEscape: () => this.onEscape(),
            ...(this.choosing && { onCard: (row) => this.open(row) }),
            ...(this.mayEdit && { onCreate: (values) => this.create(values) }),
        };
    }

    /** Once opens the card, twice chooses: the hand stays on the key. */
    onEnter(row) {
        const { openId } = this.state;
        if (row && !this.choosing && row.id !== openId) {
            this.open(row);
        } else if (row || openId) {
            return this.pick(row?.id || openId);
        }
    }

    onEscape() {
        if (this.state.openId) {
            this.close();
        } else {
            this.back();
        }
    }

    // -- card -----------------------------------------------------------------------

    open(row) {
        this.state.openId = row.id;
        this.state.openRow = row;
    }

    close() {
        this.state.openId = null;
        this.state.openRow = null;
    }

    back() {
        const order = this.pos.getOrder();
        if (this.choosing) {
            this.choosing.cancel();
        } else if (order) {
            this.pos.navigateToOrderScreen(order);
        } else {
            const { page, params } = this.pos.defaultPage;
            this.pos.navigate(page, params);
        }
    }

    /** The card was changed elsewhere: load it again and show the row as it is now. */
    async refresh(id) {
        const partner = await loadCustomer(this.pos, id);
        if (partner) {
            this.showSaved(partner);
        }
    }

    showSaved(partner) {
        const row = rowOfPartner(partner);
        this.finder.show(row);
        this.open(row);
        this.state.version++;
    }

    async create(values = {}) {
        const saved = await makeAwaitable(this.dialog, CustomerFormPopup, {
            values,
            canChoose: !this.choosing,
        });
        await this.afterSave(saved);
    }

    async edit(id) {
        const saved = await makeAwaitable(this.dialog, CustomerFormPopup, { partnerId: id });
        if (saved) {
            this.showSaved(saved.partner);
        }
    }

    /** Who was made while the customer of an order is chosen is that customer. */
    async afterSave(saved) {
        if (!saved) {
            return;
        }
        this.showSaved(saved.partner);
        if (saved.choose || this.choosing) {
            await this.choose(saved.partner);
        }
    }

    // -- choosing -------------------------------------------------------------------

    /** Load the customer afresh, so that a type or note changed since is what counts. */
    async pick(id) {
        if (this.state.picking) {
            return;
        }
        this.state.picking = true;
        try {
            const partner = await this.loadToPick(id);
            if (partner) {
                await this.choose(partner);
            }
        } finally {
            this.state.picking = false;
        }
    }

    async loadToPick(id) {
        let partner;
        try {
            partner = await currentCustomer(this.pos, id);
        } catch (error) {
            this.alert(_t("The customer cannot be chosen"), serverMessage(error));
            return undefined;
        }
        if (!partner) {
            this.alert(
                _t("The customer is gone"),
                _t("This customer was archived, merged or deleted meanwhile. Search again.")
            );
        }
        return partner;
    }

    async choose(partner) {
        if (this.choosing) {
            return this.choosing.choose(partner);
        }
        let order = this.pos.getOrder();
        if (!order || order.finalized) {
            order = this.pos.addNewOrder();
        }
        if (await this.pos.giveCustomer(partner)) {
            this.pos.navigateToOrderScreen(order);
        }
    }

    alert(title, body) {
        this.dialog.add(AlertDialog, { title, body });
    }
}

registry.category("pos_pages").add("CustomersScreen", {
    name: "CustomersScreen",
    component: CustomersScreen,
    route: `/pos/ui/${odoo.pos_config_id}/customers`,
    params: {},
});
