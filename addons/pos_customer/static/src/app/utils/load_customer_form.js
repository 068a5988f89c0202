import { TEXTS } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { untilDate } from "@pos_customer/app/utils/customer_rows";
import { withPatience } from "@pos_customer/app/utils/patience";
import { ConnectionLostError } from "@web/core/network/rpc";

const NOTHING = { attributes: [], tags: [], phone_codes: {}, is_manager: false };
const HELD_IDS = ["country_id", "state_id", "customer_type_id"];
let known = NOTHING;

/** What the server said last: a form shows it at once, and without a connection. */
export function knownCustomerForm() {
    return known;
}

/**
 * What the form of a customer needs beyond what the till holds; nothing of it is loaded
 * when the till opens. Without a connection a customer is edited as the till holds them.
 *
 * @param {number} [partnerId] the customer who is edited
 */
export async function loadCustomerForm(pos, orm, partnerId) {
    const held = partnerId && pos.models["res.partner"].get(partnerId);
    if (held && (partnerId < 0 || pos.data.network.offline)) {
        return heldCustomerForm(held);
    }
    try {
        const answer = await withPatience(
            orm.silent.call("res.partner", "customer_form", [], {
                config_id: pos.config.id,
                partner_id: partnerId || false,
            })
        );
        known = { ...answer, customer: false };
        return answer;
    } catch (error) {
        if (held && error instanceof ConnectionLostError) {
            return heldCustomerForm(held);
        }
        throw error;
    }
}

/** The same of a customer as the till holds them; what it does not hold is left alone. */
function heldCustomerForm(partner) {
    const values = Object.fromEntries(TEXTS.map((name) => [name, partner[name] || ""]));
    values.is_company = Boolean(partner.is_company);
    for (const name of HELD_IDS) {
        values[name] = partner[name]?.id || false;
    }
    return {
        ...known,
        customer: {
            id: partner.id,
            uuid: partner.customer_uuid,
            values,
            parent_name: partner.parent_name || "",
            type_until: untilDate(partner.customer_type_until)?.toISODate() || false,
        },
    };
}
