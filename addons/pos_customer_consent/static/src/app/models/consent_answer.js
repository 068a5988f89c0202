import { Base } from "@point_of_sale/app/models/related_models";
import { registry } from "@web/core/registry";

const field = (name, type) => [name, { name, type, compute: false, related: false }];

/**
 * A customer's answer that the server does not have yet, or has refused with a sentence.
 *
 * Only tills know this model. `at` is when it was given, in ms of the till's own clock; the
 * server learns how long ago that was, and knows by `key` what it has had before. `after` is
 * the key of the answer that was given here before.
 */
export class ConsentAnswer extends Base {
    static pythonModel = "consent.answer";
    static extraFields = Object.fromEntries([
        field("key", "char"),
        field("customer_uuid", "char"),
        field("purpose", "char"),
        field("granted", "boolean"),
        field("wording_id", "integer"),
        field("channel", "char"),
        field("order_uuid", "char"),
        field("employee_id", "integer"),
        field("after", "char"),
        field("at", "float"),
        field("error", "char"),
    ]);
}

registry.category("pos_available_models").add(ConsentAnswer.pythonModel, ConsentAnswer);
