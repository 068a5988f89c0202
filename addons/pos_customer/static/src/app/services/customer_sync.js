import { EventBus, markRaw } from "@odoo/owl";
import { forgetCustomer, replaceCustomer } from "@pos_customer/app/utils/replace_customer";
import { debounce } from "@web/core/utils/timing";

const CHUNK = 100; // as the server takes them
const DELAY = 250; // ms in which changes that come together are asked about together

/**
 * Keeps the customers whom the till holds as the server has them.
 *
 * The server tells ids; only those that are held are asked about. Screens that hold rows
 * of their own take part through `watch`, and hear of the outcome from `bus`:
 * `changed` ({ partners }), `gone` ({ ids }), `moved` ({ oldId, partner }) and `reload`.
 */
export class CustomerSync {
    constructor(pos) {
        this.pos = pos;
        this.bus = markRaw(new EventBus());
        this.pending = new Set();
        this.watchers = new Set();
        this.refreshSoon = debounce(() => this.refresh(), DELAY);
        pos.data.connectWebSocket("CUSTOMERS_CHANGED", (message) => this.onChanged(message));
        window.addEventListener("pos-network-online", () => this.refreshSoon());
        pos.ready.then(() => this.dropGone());
    }

    /**
     * @param {function(): Iterable<number>} held ids of the rows that a screen holds
     * @returns {function(): void} stops it
     */
    watch(held) {
        this.watchers.add(held);
        return () => this.watchers.delete(held);
    }

    get heldIds() {
        return this.pos.models["res.partner"].getAllIds().filter((id) => id > 0);
    }

    onChanged({ ids = [], all = false }) {
        const held = new Set(this.heldIds);
        if (all) {
            held.forEach((id) => this.pending.add(id));
            this.bus.trigger("reload");
        } else {
            for (const watcher of this.watchers) {
                for (const id of watcher()) {
                    held.add(id);
                }
            }
            ids.filter((id) => held.has(id)).forEach((id) => this.pending.add(id));
        }
        if (this.pending.size) {
            this.refreshSoon();
        }
    }

    /** What could not be asked is asked with the next change, or once the till is online. */
    async refresh() {
        while (this.pending.size) {
            const ids = [...this.pending].slice(0, CHUNK);
            ids.forEach((id) => this.pending.delete(id));
            const answer = await this.pos.data.silentCall("res.partner", "customer_refresh", [
                ids,
                this.pos.config.id,
            ]);
            if (!answer) {
                ids.forEach((id) => this.pending.add(id));
                return;
            }
            await this.apply(answer);
        }
    }

    async apply({ gone, deleted, moved, ...loaded }) {
        const { data, models } = this.pos;
        const complete = await data.missingRecursive(loaded);
        const { "res.partner": partners = [] } = models.connectNewData(complete);
        data.synchronizeServerDataInIndexedDB(complete);
        const targets = new Map(moved);
        for (const id of gone) {
            const partner = models["res.partner"].get(id);
            const target = models["res.partner"].get(targets.get(id));
            if (partner && target) {
                replaceCustomer(this.pos, partner, target);
            } else if (partner) {
                forgetCustomer(this.pos, partner, { deleted: deleted.includes(id) });
            }
        }
        this.bus.trigger("changed", { partners });
        if (gone.length) {
            this.bus.trigger("gone", { ids: gone });
        }
    }

    /** A page that was reloaded has what it had before, and nobody told it meanwhile. */
    async dropGone() {
        const { data, session } = this.pos;
        const answer = await data.silentCall("pos.session", "filter_local_data", [
            session.id,
            { "res.partner": this.heldIds },
        ]);
        if (answer) {
            this.onChanged({ ids: answer["res.partner"] });
        }
    }
}
