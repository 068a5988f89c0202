import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const PAUSE = 300; // ms without typing

/**
 * Who is there already, asked whenever the typing pauses.
 *
 * It is a help and never in the way: without a connection, or after an error, there is
 * nobody to show, and saving does not wait for it.
 */
export class DuplicateFinder {
    /** @param {function(Object): Promise<Object[]>} fetch rows for comparable values */
    constructor(fetch) {
        this.fetch = markRaw({ rows: fetch });
        this.rows = [];
        this.asked = "null";
        this.timer = null;
    }

    /** @param {Object|null} values as `CustomerForm.comparable` */
    look(values) {
        const asked = JSON.stringify(values);
        if (asked === this.asked) {
            return;
        }
        this.asked = asked;
        browser.clearTimeout(this.timer);
        if (!values) {
            this.rows = [];
            return;
        }
        this.timer = browser.setTimeout(() => this.ask(values, asked), PAUSE);
    }

    async ask(values, asked) {
        let rows;
        try {
            rows = await this.fetch.rows(values);
        } catch {
            rows = [];
        }
        if (asked === this.asked) {
            this.rows = rows;
        }
    }

    stop() {
        browser.clearTimeout(this.timer);
        this.asked = undefined;
    }
}
