import { withPatience } from "@pos_customer/app/utils/patience";
import { ConnectionLostError } from "@web/core/network/rpc";

/**
 * Load one full customer with what its prices need; lists only hold thin rows.
 *
 * @returns {Promise<ResPartner | undefined>} undefined when the customer is gone
 */
export async function loadCustomer(pos, id) {
    const loaded = await withPatience(
        pos.data.callRelated(
            "res.partner",
            "get_new_partner",
            [pos.config.id, [["id", "=", id]], 0],
            {},
            false
        )
    );
    return loaded["res.partner"]?.[0];
}

/** The customer as the server has them now; without a connection, as the till holds them. */
export async function currentCustomer(pos, id) {
    const held = pos.models["res.partner"].get(id);
    if (id < 0) {
        return held; // the server does not know them yet
    }
    try {
        return await loadCustomer(pos, id);
    } catch (error) {
        if (error instanceof ConnectionLostError && held) {
            return held;
        }
        throw error;
    }
}
