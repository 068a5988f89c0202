import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

const PAUSE = 200; // ms without typing
const MOST = 5;

/**
 * What the customer brings: in words, or one of the shop's products, which are proposed
 * below as one types. Nobody has to take one.
 */
export class ItemField extends Component {
    static template = "pos_customer_repair.ItemField";
    static props = { values: Object, isInvalid: Boolean };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ rows: [] });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    onInput(ev) {
        const query = ev.target.value;
        this.props.values.item = query;
        browser.clearTimeout(this.timer);
        if (query.trim().length < 2) {
            this.state.rows = [];
            return;
        }
        this.timer = browser.setTimeout(() => this.search(query), PAUSE);
    }

    async search(query) {
        let rows = [];
        try {
            rows = await this.orm.silent.searchRead(
                "product.product",
                [
                    ["type", "=", "consu"],
                    ["display_name", "ilike", query.trim()],
                ],
                ["display_name", "tracking"],
                { limit: MOST }
            );
        } catch {
            // words do as well
        }
        if (query === this.props.values.item) {
            this.state.rows = rows;
        }
    }

    pick({ id, display_name, tracking }) {
        this.props.values.product = { id, name: display_name, tracked: tracking !== "none" };
        this.state.rows = [];
    }

    clear() {
        this.props.values.product = false;
    }
}
