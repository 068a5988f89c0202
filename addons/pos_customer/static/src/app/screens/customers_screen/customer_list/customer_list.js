import { Component, onMounted, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useScannedCode } from "@pos_customer/app/hooks/scanned_code_hook";
import { CustomerFilters } from "@pos_customer/app/screens/customers_screen/customer_filters/customer_filters";
import { CustomerRow } from "@pos_customer/app/screens/customers_screen/customer_row/customer_row";
import { valuesOfQuery } from "@pos_customer/app/utils/customer_rows";
import { findScanned } from "@pos_customer/app/utils/scanned_customer";
import { ScanDetector } from "@pos_customer/app/utils/scan_detector";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { offeredFields, usualFields } from "@pos_customer/app/utils/search_fields";
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
    static components = { CustomerFilters, CustomerRow };
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
        this.state = useState({ cursor: null, top: 0, height: 0, rowHeight: 60, scanned: "", filtering: false });
        this.ticked = usualFields(this.pos.config);
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
            this.finder.fields = this.pos.config.customer_advanced_by_default ? this.ticked : null;
            this.search("");
            this.focusSearch();
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
        const query = this.finder.query.trim();
        if (!this.finder.isFiltered) {
            return query
                ? _t("No customer fits “%s”.", query)
                : _t("There are no customers yet. Press “New customer” to add the first one.");
        }
        return query
            ? _t("No customer fits “%s” and the filters.", query)
            : _t("No customer fits the filters.");
    }

    get placeholder() {
        if (!this.finder.fields) {
            return _t("Name, phone, code, e-mail, street or city");
        }
        const ticked = this.fields.filter((field) => field.place);
        return ticked.map((field) => field.label.toLowerCase()).join(", ");
    }

    /** The fields to tick; a ticked one has its place among the values between commas. */
    get fields() {
        let place = 0;
        return offeredFields().map((field) => ({
            ...field,
            place: this.finder.fields.includes(field.name) ? ++place : 0,
        }));
    }

    get cursorElementId() {
        return this.state.cursor ? `customer-row-${this.state.cursor}` : undefined;
    }

    typeOf(row) {
        return this.pos.models["customer.type"].get(row.type_id);
    }

    /** Not on a phone, whose keyboard would cover the list that was asked for. */
    focusSearch() {
        if (!isMobileOS() && !this.ui.isSmall) {
            this.searchRef.el.focus();
        }
    }

    // -- searching ------------------------------------------------------------------

    search(query) {
        this.startOver(() => this.finder.search(query));
    }

    /** Another question has other rows: from the top, with nothing in hand. */
    startOver(ask) {
        ask();
        this.state.scanned = "";
        this.state.cursor = null;
        this.state.top = 0;
        this.listRef.el.scrollTop = 0;
    }

    setFilters(filters) {
        this.startOver(() => this.finder.setFilters(filters));
    }

    /** Filters that are not seen would hide customers in silence: they go with their bar. */
    toggleFilters() {
        this.state.filtering = !this.state.filtering;
        if (!this.state.filtering && this.finder.isFiltered) {
            this.setFilters({});
        }
    }

    setFields(fields) {
        this.startOver(() => this.finder.setFields(fields));
        this.focusSearch();
    }

    toggleFields() {
        this.setFields(this.finder.fields ? null : this.ticked);
    }

    /** One field stays ticked: a search in none finds nobody. */
    tick(name) {
        const { fields } = this.finder;
        const ticked = this.fields
            .filter((field) => fields.includes(field.name) !== (field.name === name))
            .map((field) => field.name);
        if (ticked.length) {
            this.ticked = ticked;
            this.setFields(ticked);
        }
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
            scanned
                ? { customer_code: scanned }
                : valuesOfQuery(this.finder.query, this.finder.fields)
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
            ...(this.props.onEscape && { Escape: () => this.onEscape() }),
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

    /** One step back: the card, what was typed, then the screen. */
    onEscape() {
        if (!this.props.openId && this.finder.query) {
            this.clear();
        } else {
            this.props.onEscape();
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
