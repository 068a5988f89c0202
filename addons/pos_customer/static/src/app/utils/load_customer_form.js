const NOTHING = { attributes: [], tags: [], phone_codes: {}, is_manager: false };
let known = NOTHING;

/** What the server said last: a form shows it at once, and without a connection. */
export function knownCustomerForm() {
    return known;
}

/**
 * What the form of a customer needs beyond what the till holds; nothing of it is loaded
 * when the till opens.
 *
 * @param {number} [partnerId] the customer who is edited
 */
export async function loadCustomerForm(pos, orm, partnerId) {
    const answer = await orm.silent.call("res.partner", "customer_form", [], {
        config_id: pos.config.id,
        partner_id: partnerId || false,
    });
    known = { ...answer, customer: false };
    return answer;
}
