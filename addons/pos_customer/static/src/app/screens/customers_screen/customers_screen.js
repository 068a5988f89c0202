import { Component, onMounted, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { CustomerFormPopup } from "@pos_customer/app/components/popups/customer_form_popup/customer_form_popup";
import { useScannedCode } from "@pos_customer/app/hooks/scanned_code_hook";
import { CustomerCard } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { CustomerFinder } from "@pos_customer/app/screens/customers_screen/customer_finder";
import { CustomerRow } from "@pos_customer/app/screens/customers_screen/customer_row/customer_row";
import { rowOfPartner, valuesOfQuery } from "@pos_customer/app/utils/customer_rows";
import { loadCustomer } from "@pos_customer/app/utils/load_customer";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";

/** Find, make and open customers, with or without an order under way. */
export class CustomersScreen extends Component {
    static template = "pos_customer.CustomersScreen";
    static components = { CustomerCard, CustomerRow };
    static props = {};
    static storeOnOrder = false;

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.searchRef = useRef("search");
        this.listRef = useRef("list");
        this.finder = useState(
            new CustomerFinder({
                fetch: (query, limit, offset) =>
                    this.orm.silent.call("res.partner", "customer_search", [], {
                        query,
                        limit,
                        offset,
                    }),
                local: () =>
                    this.pos.models["res.partner"].filter((p) => p.isListedCustomer).map(rowOfPartner),
                isOffline: () => this.pos.data.network.offline,
            })
        );
        this.state = useState({ cursorId: null, openId: null, version: 0, picking: false });
        useScannedCode((code) => this.onScanned(code));
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
        useExternalListener(window, "pos-network-online", () =>
            this.finder.search(this.finder.query, { now: true })
        );
        onMounted(() => {
            this.finder.search("", { now: true });
            // On a touch screen the keyboard would cover the list that was asked for.
            if (!this.ui.isSmall) {
                this.searchRef.el.focus();
            }
        });
        onWillUnmount(() => this.finder.stop());
        this.followServer(this.pos.customerSync);
    }

    /** What changes elsewhere shows here, and a customer who is gone cannot be tapped. */
    followServer(sync) {
        onWillUnmount(sync.watch(() => this.finder.heldIds));
        useBus(sync.bus, "changed", ({ detail: { partners } }) => {
            this.finder.update(partners.map(rowOfPartner));
            if (partners.some((partner) => partner.id === this.state.openId)) {
                this.state.version++;
            }
        });
        useBus(sync.bus, "gone", ({ detail: { ids } }) => {
            this.finder.forget(ids);
            if (ids.includes(this.state.openId)) {
                this.close();
            }
        });
        useBus(sync.bus, "reload", () => this.finder.search(this.finder.query, { now: true }));
    }

    get rows() {
        return this.finder.rows;
    }

    get openRow() {
        return this.rows.find((row) => row.id === this.state.openId) || this.state.openRow;
    }

    get isOffline() {
        return this.finder.offline || this.pos.data.network.offline;
    }

    get showList() {
        return !this.ui.isSmall || !this.state.openId;
    }

    get mayEdit() {
        return this.pos.cashier?._role !== "minimal";
    }

    get noMatchText() {
        return _t("No customer fits “%s”.", this.finder.query.trim());
    }

    get createText() {
        return _t("Add “%s” as a new customer", this.finder.query.trim());
    }

    get isEmpty() {
        return !this.rows.length && !this.finder.loading;
    }

    typeOf(row) {
        return this.pos.models["customer.type"].get(row.type_id);
    }

    // -- searching ------------------------------------------------------------------

    onInput(ev) {
        this.search(ev.target.value);
    }

    search(query) {
        this.finder.search(query);
        this.state.cursorId = null;
        if (this.listRef.el) {
            this.listRef.el.scrollTop = 0;
        }
    }

    clear() {
        this.search("");
        this.searchRef.el?.focus();
    }

    async onScanned(code) {
        this.close();
        this.finder.search(code, { now: true });
        await this.finder.settled();
        this.openBest();
    }

    onScroll(ev) {
        const { scrollTop, clientHeight, scrollHeight } = ev.target;
        if (scrollTop + clientHeight > scrollHeight - 200) {
            this.finder.loadMore();
        }
    }

    /** Whose code was scanned or typed in full, else the row under the cursor. */
    get bestRow() {
        const code = this.finder.query.trim().toLowerCase();
        return (
            (code && this.rows.find((row) => row.code.toLowerCase() === code)) ||
            this.rows.find((row) => row.id === this.state.cursorId) ||
            (code && this.rows[0])
        );
    }

    openBest() {
        const row = this.bestRow;
        if (row) {
            this.open(row);
        }
    }

    // -- keyboard -------------------------------------------------------------------

    onKeydown(ev) {
        if (
            ev.defaultPrevented ||
            ev.isComposing ||
            document.querySelector(".o_dialog, .o-dropdown--menu, .o_popover")
        ) {
            return;
        }
        const handlers = {
            ArrowDown: () => this.moveCursor(1),
            ArrowUp: () => this.moveCursor(-1),
            Enter: () => this.onEnter(),
            Escape: () => this.onEscape(),
        };
        if (handlers[ev.key]) {
            // a button that has the focus keeps its own Enter
            if (ev.key === "Enter" && ev.target.closest("button, a, textarea, select")) {
                return;
            }
            ev.preventDefault();
            handlers[ev.key]();
        } else if (this.isText(ev) && !ev.target.closest("input, textarea, select")) {
            // focused before the browser inserts the character: it lands in the box
            this.searchRef.el?.focus();
        }
    }

    isText(ev) {
        return ev.key?.length === 1 && !ev.ctrlKey && !ev.altKey && !ev.metaKey && ev.key !== " ";
    }

    moveCursor(step) {
        const current = this.rows.findIndex(
            (row) => row.id === (this.state.cursorId ?? this.state.openId)
        );
        const index = Math.min(Math.max(current + step, 0), this.rows.length - 1);
        const row = this.rows[index];
        if (!row) {
            return;
        }
        this.state.cursorId = row.id;
        this.listRef.el
            ?.querySelector(`[data-id="${row.id}"]`)
            ?.scrollIntoView({ block: "nearest" });
        if (index > this.rows.length - 5) {
            this.finder.loadMore();
        }
    }

    /** Once opens the card, twice chooses: the hand stays on the key. */
    async onEnter() {
        await this.finder.settled();
        const row = this.bestRow;
        if (row && row.id === this.state.openId) {
            await this.pick(row.id);
        } else if (row) {
            this.open(row);
        } else if (this.state.openId) {
            await this.pick(this.state.openId);
        }
    }

    onEscape() {
        if (this.state.openId) {
            this.close();
        } else if (this.finder.query) {
            this.clear();
        } else {
            this.back();
        }
    }

    // -- card -----------------------------------------------------------------------

    open(row) {
        this.state.openId = row.id;
        this.state.openRow = row;
        this.state.cursorId = row.id;
    }

    close() {
        this.state.openId = null;
        this.state.openRow = null;
    }

    back() {
        const order = this.pos.getOrder();
        if (order) {
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
            canChoose: true,
        });
        await this.afterSave(saved);
    }

    createFromQuery() {
        return this.create(valuesOfQuery(this.finder.query));
    }

    async edit(id) {
        const saved = await makeAwaitable(this.dialog, CustomerFormPopup, { partnerId: id });
        await this.afterSave(saved);
    }

    async afterSave(saved) {
        if (!saved) {
            return;
        }
        this.showSaved(saved.partner);
        if (saved.choose) {
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
            partner = await loadCustomer(this.pos, id);
        } catch (error) {
            const held = this.pos.models["res.partner"].get(id);
            if (error instanceof ConnectionLostError && held) {
                return held;
            }
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
        let order = this.pos.getOrder();
        if (!order || order.finalized) {
            order = this.pos.addNewOrder();
        }
        const current = order.getPartner();
        if (current && current.id !== partner.id && order.getHasRefundLines()) {
            this.alert(
                _t("The customer of a refund stays"),
                _t(
                    "The order has refund lines for %s. Make a new order for another customer.",
                    current.name
                )
            );
            return;
        }
        await this.pos.setPartnerToCurrentOrder(partner);
        this.pos.navigate("ProductScreen", { orderUuid: order.uuid });
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
