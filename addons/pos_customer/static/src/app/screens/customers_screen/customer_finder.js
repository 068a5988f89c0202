import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { fitsFilters, mergeRows, queryMatcher, sortedRows } from "@pos_customer/app/utils/customer_rows";
import { serverMessage } from "@pos_customer/app/utils/server_message";

const PAGE = 40;
const EVERY = 30; // ms between two questions while one is not answered yet
const AT_ONCE = 5; // rows of the till above those of the server, which knows the best ones
const PATIENCE = 300; // ms without an answer, then all that the till holds is shown
const KNOWN = 1000;

/**
 * The rows of a list of customers: at once what the till holds, then what the server finds.
 *
 * A row that is shown keeps its place until another question is asked. Answers to a
 * question that is no longer asked are dropped.
 */
export class CustomerFinder {
    /**
     * @param {Object} options
     * @param {function(Object, number, number): Promise<{rows, more}>} options.fetch asked
     *      with `{ query, fields, filters }`, a limit and an offset
     * @param {function(): Iterable<Object>} options.local rows of customers in the till
     * @param {function(): boolean} options.isOffline whether asking the server is vain
     */
    constructor({ fetch, local, isOffline = () => false, page = PAGE, every = EVERY }) {
        this.source = markRaw({ fetch, local, isOffline });
        this.known = markRaw(new Map());
        this.page = page;
        this.every = every;
        this.query = "";
        this.fields = null;
        this.filters = {};
        this.rows = [];
        this.more = false;
        this.offset = 0;
        this.loading = false;
        this.offline = false;
        this.error = null;
        this.timers = markRaw({});
        this.asked = 0;
        this.askedAt = 0;
        this.underWay = 0;
        this.answer = markRaw(Promise.resolve());
    }

    // -- the question ---------------------------------------------------------------

    get question() {
        return { query: this.query, fields: this.fields, filters: this.filters };
    }

    get isFiltered() {
        return Object.keys(this.filters).length > 0;
    }

    search(query) {
        return this.restart({ query });
    }

    /** @param {string[] | null} fields names of fields to look into, null for the usual ones */
    setFields(fields) {
        return this.restart({ fields });
    }

    /** @param {Object} filters as `customer_search` takes them; what is empty is left out */
    setFilters(filters) {
        const given = Object.entries(filters).filter(([, value]) => value);
        return this.restart({ filters: Object.fromEntries(given) });
    }

    /**
     * Ask the server, at once or as soon as it may be asked again, and show what is at hand.
     *
     * The question is on its way while the till looks through its own rows.
     */
    restart(question) {
        Object.assign(this, question);
        this.stop();
        this.more = false;
        this.offset = 0;
        this.loading = true;
        const isOffline = this.source.isOffline();
        if (!isOffline) {
            this.askSoon();
        }
        const local = this.localRows();
        const atOnce = this.query.trim() ? AT_ONCE : 0;
        this.rows = isOffline ? local : local.filter((row, i) => row.unsent || i < atOnce);
        this.timers.patience = browser.setTimeout(() => this.showLocal(), PATIENCE);
        if (isOffline) {
            this.ask();
        }
    }

    askSoon() {
        const wait = this.underWay ? this.askedAt + this.every - Date.now() : 0;
        if (wait > 0) {
            this.timers.ask = browser.setTimeout(() => this.ask(), wait);
        } else {
            this.ask();
        }
    }

    /** Ask once more, as after a cut of the network; what is shown stays where it is. */
    refresh() {
        this.stop();
        this.offset = 0;
        this.loading = true;
        return this.ask();
    }

    /** Nobody waits any more: drop what is asked and still to be asked. */
    stop() {
        for (const name of Object.keys(this.timers)) {
            browser.clearTimeout(this.timers[name]);
            delete this.timers[name];
        }
        this.asked++;
    }

    /** The rows as the server knows them, without waiting until it may be asked. */
    async settled() {
        if (this.timers.ask) {
            this.ask();
        }
        await this.answer;
    }

    loadMore() {
        if (!this.more || this.loading) {
            return this.answer;
        }
        this.loading = true;
        return this.ask();
    }

    // -- the answer -----------------------------------------------------------------

    ask() {
        browser.clearTimeout(this.timers.ask);
        delete this.timers.ask;
        this.askedAt = Date.now();
        this.answer = markRaw(this.fetchRows(this.asked));
        return this.answer;
    }

    async fetchRows(asked) {
        let result;
        let failure;
        this.underWay++;
        try {
            if (this.source.isOffline()) {
                throw new ConnectionLostError();
            }
            result = await this.source.fetch(this.question, this.page, this.offset);
        } catch (error) {
            failure = error;
        }
        this.underWay--;
        if (asked !== this.asked) {
            return;
        }
        this.loading = false;
        browser.clearTimeout(this.timers.patience);
        this.offline = failure instanceof ConnectionLostError;
        if (failure) {
            this.showLocal();
            this.error = this.offline ? null : serverMessage(failure);
            return;
        }
        this.error = null;
        this.offset += result.rows.length;
        this.more = result.more;
        this.remember(result.rows);
        this.rows = mergeRows(this.rows, result.rows);
    }

    // -- what the till holds --------------------------------------------------------

    localRows() {
        const { query, fields, filters } = this;
        const matches = queryMatcher(query, fields);
        const rows = mergeRows([...this.source.local()], [...this.known.values()]);
        const fitting = rows.filter((row) => fitsFilters(row, filters) && matches(row));
        return sortedRows(fitting, query).slice(0, this.page);
    }

    showLocal() {
        this.rows = mergeRows(this.rows, this.localRows());
    }

    /** Keep thin rows for the next key press; the oldest go first. */
    remember(rows) {
        for (const row of rows) {
            this.known.delete(row.id);
            this.known.set(row.id, row);
        }
        for (const id of this.known.keys()) {
            if (this.known.size <= KNOWN) {
                break;
            }
            this.known.delete(id);
        }
    }

    /** Fresher values for rows that are held; each keeps its place. */
    update(rows) {
        const held = rows.filter((row) => this.holds(row.id));
        this.remember(held);
        this.rows = this.rows.map((row) => held.find((fresh) => fresh.id === row.id) || row);
    }

    holds(id) {
        return this.known.has(id) || this.rows.some((row) => row.id === id);
    }

    get heldIds() {
        return [...this.known.keys(), ...this.rows.map((row) => row.id)];
    }

    /** The row of a customer who has another id now stays where it is. */
    replace(oldId, row) {
        this.known.delete(oldId);
        const others = this.rows.filter((shown) => shown.id === oldId || shown.id !== row.id);
        this.rows = others.map((shown) => (shown.id === oldId ? row : shown));
        this.update([row]);
    }

    /** Customers who are no longer there; a tap on them would lead nowhere. */
    forget(ids) {
        ids.forEach((id) => this.known.delete(id));
        this.rows = this.rows.filter((row) => !ids.includes(row.id));
    }

    /** Put a customer who was just saved where they are seen; those shown stay in order. */
    show(row) {
        this.remember([row]);
        if (this.rows.some((shown) => shown.id === row.id)) {
            this.rows = mergeRows(this.rows, [row]);
        } else {
            this.rows = [row, ...this.rows];
        }
    }
}
