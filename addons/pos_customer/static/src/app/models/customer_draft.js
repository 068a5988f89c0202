import { Base } from "@point_of_sale/app/models/related_models";
import { registry } from "@web/core/registry";

const field = (name, type) => [name, { name, type, compute: false, related: false }];

/**
 * A customer made or changed at this till whom the server does not have yet.
 *
 * Only tills know this model. One for each customer: `uuid` is the customer's, `key` that of
 * what was typed last, by which the server knows that it had it already. `partner_id` is
 * the customer whom the till shows, below zero for one who is new: core leaves such a
 * many2one out of what it sends, and no row of the database has that id.
 *
 * `errors` are the sentences of the server by field, `error` is the one for everything.
 */
export class CustomerDraft extends Base {
    static pythonModel = "customer.draft";
    static extraFields = Object.fromEntries([
        field("uuid", "char"),
        field("key", "char"),
        field("partner_id", "integer"),
        field("values", "json"),
        field("errors", "json"),
        field("error", "char"),
        field("at", "char"),
    ]);

    getPartner() {
        return this.models["res.partner"].get(this.partner_id);
    }

    get isNew() {
        return this.partner_id < 0;
    }

    /** Whether the server has seen it and wants something else. */
    get isRefused() {
        return Boolean(this.error) || Object.keys(this.errors || {}).length > 0;
    }

    /** What the server gets. */
    get payload() {
        return { uuid: this.uuid, key: this.key, values: this.values };
    }
}

registry.category("pos_available_models").add(CustomerDraft.pythonModel, CustomerDraft);
