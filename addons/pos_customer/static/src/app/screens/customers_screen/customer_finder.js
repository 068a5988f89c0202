import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { matchesQuery, mergeRows } from "@pos_customer/app/utils/customer_rows";
import { serverMessage } from "@pos_customer/app/utils/server_message";

const PAGE = 40;
const DELAY = 120;
const KNOWN = 1000;

/**
 * The rows of the Customers screen: at once what the till holds, then what the server
 * finds. Answers to a question that is no longer asked are dropped.
 */
export class CustomerFinder {
    /**
     * @param {Object} options
     * @param {function(string, number, number): Promise<{rows, more}>} options.fetch
     * @param {function(): Iterable<Object>} options.local rows of customers in the till
     * @param {function(): boolean} options.isOffline whether asking the server is vain
     */
    constructor({ fetch, local, isOffline = () => false, page = PAGE, delay = DELAY }) {
        this.source = markRaw({ fetch, local, isOffline });
        this.known = markRaw(new Map());
        this.page = page;
        this.delay = delay;
        this.query = "";
        this.rows = [];
        this.more = false;
        this.offset = 0;
        this.loading = false;
        this.offline = false;
        this.error = null;
        this.asked = 0;
        this.timer = null;
        this.answer = markRaw(Promise.resolve());
    }

    /** Show what is at hand and ask the server once the typing pauses. */
    search(query, { now = false } = {}) {
        this.query = query;
        this.rows = this.localRows(query);
        this.more = false;
        this.offset = 0;
        this.loading = true;
        this.asked++;
        browser.clearTimeout(this.timer);
        this.timer = null;
        if (now) {
            return this.ask();
        }
        this.timer = browser.setTimeout(() => this.ask(), this.delay);
    }

    /** The rows as the server knows them, without waiting for the typing to pause. */
    async settled() {
        if (this.timer) {
            this.ask();
        }
        await this.answer;
    }

    /** Nobody looks any more: drop what is asked and still to be asked. */
    stop() {
        browser.clearTimeout(this.timer);
        this.asked++;
    }

    loadMore() {
        if (!this.more || this.loading) {
            return this.answer;
        }
        this.loading = true;
        return this.ask();
    }

    ask() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.answer = markRaw(this.fetchRows(this.asked));
        return this.answer;
    }

    async fetchRows(asked) {
        if (this.source.isOffline()) {
            this.offline = true;
            this.loading = false;
            return;
        }
        let result;
        let failure;
        try {
            result = await this.source.fetch(this.query, this.page, this.offset);
        } catch (error) {
            failure = error;
        }
        if (asked !== this.asked) {
            return;
        }
        this.loading = false;
        this.offline = failure instanceof ConnectionLostError;
        this.error = failure && !this.offline ? serverMessage(failure) : null;
        if (failure) {
            return;
        }
        this.offset += result.rows.length;
        this.more = result.more;
        this.remember(result.rows);
        this.rows = mergeRows(this.rows, result.rows);
    }

    localRows(query) {
        const rows = mergeRows([...this.source.local()], [...this.known.values()]);
        return rows
            .filter((row) => matchesQuery(row, query))
            .sort((a, b) => a.name.localeCompare(b.name))
            .slice(0, this.page);
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
