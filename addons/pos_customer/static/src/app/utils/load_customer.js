/**
 * Load one full customer with what its prices need; lists only hold thin rows.
 *
 * @returns {Promise<ResPartner | undefined>} undefined when the customer is gone
 */
export async function loadCustomer(pos, id) {
    const loaded = await pos.data.callRelated(
        "res.partner",
        "get_new_partner",
        [pos.config.id, [["id", "=", id]], 0],
        {},
        false
    );
    return loaded["res.partner"]?.[0];
}
