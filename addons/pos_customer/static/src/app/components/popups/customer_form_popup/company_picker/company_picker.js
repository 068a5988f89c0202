import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

const PAUSE = 200; // ms without typing

/** Find the company that a contact belongs to, by its own name or a colleague's. */
export class CompanyPicker extends Component {
    static template = "pos_customer.CompanyPicker";
    static props = { name: String, onPick: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ query: "", rows: [], asked: false, failed: false });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    onInput(ev) {
        const query = ev.target.value;
        Object.assign(this.state, { query, asked: false, failed: false });
        browser.clearTimeout(this.timer);
        if (!query.trim()) {
            this.state.rows = [];
            return;
        }
        this.timer = browser.setTimeout(() => this.search(query), PAUSE);
    }

    async search(query) {
        let rows = [];
        let failed = false;
        try {
            rows = await this.orm.silent.call("res.partner", "customer_companies", [], { query });
        } catch {
            failed = true;
        }
        if (query === this.state.query) {
            Object.assign(this.state, { rows, asked: true, failed });
        }
    }

    /** Enter takes the first company, and does not save the form. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            if (this.state.rows.length) {
                this.pick(this.state.rows[0]);
            }
        }
    }

    pick(row) {
        Object.assign(this.state, { query: "", rows: [], asked: false });
        this.props.onPick(row);
    }

    place(row) {
        return [row.code, row.zip, row.city].filter(Boolean).join(" · ");
    }
}
