import { Component, onMounted, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useScannedCode } from "@pos_customer/app/hooks/scanned_code_hook";
import { CustomerRow } from "@pos_customer/app/screens/customers_screen/customer_row/customer_row";
import { valuesOfQuery } from "@pos_customer/app/utils/customer_rows";
import { findScanned } from "@pos_customer/app/utils/scanned_customer";
import { ScanDetector } from "@pos_customer/app/utils/scan_detector";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { rowsInView, scrollTopToShow } from "@pos_customer/app/utils/virtual_rows";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { isMobileOS } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const ADD = "add"; // the cursor on the last row, which makes a customer
const AHEAD = 20; // rows before the end at which the next page is asked for

/**
 * The search box and the customers found, by touch, keyboard and scanner.
 *
 * Only the rows that are seen stand in the page, however many were found. Give it a finder
 * (`useCustomerFinder`) and say what a tap means; whatever else is given gets its button.
 */
export class CustomerList extends Component {
    static template = "pos_customer.CustomerList";
    static components = { CustomerRow };
    static props = {
        finder: Object,
        onTap: Function, // (row) tapped, or scanned
        onEnter: { type: Function, optional: true }, // (row | undefined), instead of onTap
        onPick: { type: Function, optional: true }, // (row) by its check button
        onCard: { type: Function, optional: true }, // (row) by its card button
        onCreate: { type: Function, optional: true }, // (values) by the last row
        onEscape: { type: Function, optional: true },
        openId: { type: [Number, Boolean], optional: true },
        slots: { type: Object, optional: true },
    };

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.finder = useState(this.props.finder);
        this.rootRef = useRef("root");
        this.searchRef = useRef("search");
        this.listRef = useRef("list");
        this.state = useState({ cursor: null, top: 0, height: 0, rowHeight: 60, scanned: "" });
        this.scanDetector = new ScanDetector((code) => this.scan(code));
        useScannedCode((code) => this.scan(code));
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
        useEffect(
            (el) => {
                const observer = new ResizeObserver(() => this.measure(el));
                observer.observe(el);
                return () => observer.disconnect();
            },
            () => [this.listRef.el]
        );
        // once the list has its new height, what was in hand is in sight again
        useEffect(
            () => this.scrollTo(this.indexOf(this.state.cursor)),
            () => [this.state.rowHeight]
        );
        // nobody scrolls any more who has come to the end before the rows have
        useEffect(
            () => this.loadAhead(),
            () => [this.rows.length, this.finder.more, this.finder.loading]
        );
        onMounted(() => {
            this.search("");
            // the keyboard of a touch screen would cover the list that was asked for
            if (!isMobileOS() && !this.ui.isSmall) {
                this.searchRef.el.focus();
            }
        });
    }

    get rows() {
        return this.finder.rows;
    }

    get isOffline() {
        return this.finder.offline || this.pos.data.network.offline;
    }

    /** The rows in the page, each with its place. */
    get shownRows() {
        const { top, height, rowHeight } = this.state;
        const scrollTop = top * rowHeight;
        const { first, last } = rowsInView({ scrollTop, height, rowHeight, count: this.rows.length });
        return this.rows.slice(first, last).map((row, i) => ({ row, index: first + i }));
    }

    get canCreate() {
        return Boolean(this.props.onCreate && this.finder.query.trim());
    }

    get createText() {
        if (this.state.scanned) {
            return _t("Add a customer with the card %s", this.state.scanned);
        }
        return _t("Add “%s” as a new customer", this.finder.query.trim());
    }

    get noMatchText() {
        return _t("No customer fits “%s”.", this.finder.query.trim());
    }

    get cursorElementId() {
        return this.state.cursor ? `customer-row-${this.state.cursor}` : undefined;
    }

    typeOf(row) {
        return this.pos.models["customer.type"].get(row.type_id);
    }

    // -- searching ------------------------------------------------------------------

    search(query) {
        this.finder.search(query);
        this.state.scanned = "";
        this.state.cursor = null;
        this.state.top = 0;
        this.listRef.el.scrollTop = 0;
    }

    clear() {
        this.search("");
        this.searchRef.el.focus();
    }

    /** A code of nobody is shown as if typed: the last row makes the customer who has it. */
    async scan(code) {
        let row;
        try {
            row = await findScanned(this.pos, code);
        } catch (error) {
            this.finder.error = serverMessage(error);
            return;
        }
        if (row) {
            this.tap(row);
        } else {
            this.search(code);
            this.state.scanned = code;
        }
    }

    /** Whose code was typed in full. */
    get rowOfCode() {
        const code = this.finder.query.trim().toLowerCase();
        return code && this.rows.find((row) => row.code.toLowerCase() === code);
    }

    create() {
        const { scanned } = this.state;
        return this.props.onCreate(
            scanned ? { customer_code: scanned } : valuesOfQuery(this.finder.query)
        );
    }

    tap(row) {
        this.state.cursor = row.id;
        this.props.onTap(row);
    }

    // -- scrolling ------------------------------------------------------------------

    measure(el) {
        if (!el.clientHeight) {
            return; // hidden behind a card
        }
        this.state.height = el.clientHeight;
        this.state.rowHeight =
            parseFloat(getComputedStyle(el).getPropertyValue("--customer-row-height")) || 60;
        this.onScroll();
    }

    onScroll() {
        this.state.top = Math.floor(this.listRef.el.scrollTop / this.state.rowHeight);
        this.loadAhead();
    }

    loadAhead() {
        const { finder, state } = this;
        const last = state.top + state.height / state.rowHeight;
        if (last > this.rows.length - AHEAD && !finder.error && !finder.offline) {
            finder.loadMore();
        }
    }

    indexOf(cursor) {
        return this.rows.findIndex((row) => row.id === cursor);
    }

    scrollTo(index) {
        const el = this.listRef.el;
        if (index < 0 || !el?.clientHeight) {
            return;
        }
        const last = this.canCreate ? this.state.rowHeight : 0; // lies over the end of the list
        el.scrollTop = scrollTopToShow(index, {
            scrollTop: el.scrollTop,
            height: el.clientHeight - last,
            rowHeight: this.state.rowHeight,
        });
        this.onScroll();
    }

    // -- keyboard -------------------------------------------------------------------

    /** Whether a dialog or a menu that lies over the list has the keyboard. */
    get isCovered() {
        const above = [...document.querySelectorAll(".o_dialog, .o-dropdown--menu, .o_popover")].at(-1);
        return Boolean(above && !above.contains(this.rootRef.el));
    }

    onKeydown(ev) {
        if (ev.defaultPrevented || ev.isComposing || this.isCovered) {
            return;
        }
        const page = Math.max(1, Math.floor(this.state.height / this.state.rowHeight) - 1);
        const handlers = {
            ArrowDown: () => this.moveCursor(1),
            ArrowUp: () => this.moveCursor(-1),
            PageDown: () => this.moveCursor(page),
            PageUp: () => this.moveCursor(-page),
            Enter: () => this.onEnter(),
            ...(this.props.onEscape && { Escape: () => this.props.onEscape() }),
        };
        if (handlers[ev.key]) {
            // a button or a list of choices that has the focus keeps its own keys
            if (ev.key !== "Escape" && ev.target.closest("button, a, textarea, select")) {
                return;
            }
            ev.preventDefault();
            handlers[ev.key]();
        } else if (this.isText(ev) && !ev.target.closest("input, textarea, select")) {
            // focused before the browser inserts the character: it lands in the box
            this.searchRef.el.focus();
        }
    }

    isText(ev) {
        return ev.key?.length === 1 && !ev.ctrlKey && !ev.altKey && !ev.metaKey && ev.key !== " ";
    }

    /** Up from the first row comes to the last, which makes a customer: however long the list. */
    moveCursor(step) {
        const { rows } = this;
        const end = rows.length - (this.canCreate ? 0 : 1);
        const { cursor } = this.state;
        const current = cursor === ADD ? rows.length : this.indexOf(cursor ?? this.props.openId);
        let index = Math.min(Math.max(current + step, 0), end);
        if (current === 0 && step < 0) {
            index = end;
        } else if (index === rows.length && this.finder.more && current < rows.length) {
            index = rows.length - 1; // more rows are on their way
        }
        this.state.cursor = index === rows.length ? ADD : rows[index]?.id ?? null;
        this.scrollTo(Math.min(index, rows.length - 1));
    }

    async onEnter() {
        if (this.state.cursor === ADD) {
            return this.create();
        }
        await this.finder.settled();
        const { cursor } = this.state;
        const row =
            this.rows.find((r) => r.id === cursor) ||
            this.rowOfCode ||
            (this.finder.query.trim() && this.rows[0]) ||
            undefined;
        if (!row && this.canCreate) {
            this.state.cursor = ADD;
            return;
        }
        if (row) {
            this.state.cursor = row.id;
        }
        if (this.props.onEnter) {
            return this.props.onEnter(row);
        }
        return row && this.props.onTap(row);
    }
}
