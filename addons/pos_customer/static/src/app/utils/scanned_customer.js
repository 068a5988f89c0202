import { rowOfPartner } from "@pos_customer/app/utils/customer_rows";
import { ConnectionLostError } from "@web/core/network/rpc";

/**
 * The codes that a scanned text may mean: the text itself, or the last part of an address,
 * as on the phone of a customer.
 */
export function codesOf(text) {
    const whole = text.trim();
    const last = whole.split(/[?#]/)[0].split("/").filter(Boolean).at(-1) || "";
    let decoded = last;
    try {
        decoded = decodeURIComponent(last);
    } catch {
        // a percent sign that encodes nothing
    }
    return [...new Set([whole, whole.includes("/") ? decoded : ""])].filter(Boolean);
}

/** The customer of a code among those whom the till holds, as a row. */
function findHeld(pos, code) {
    const wanted = code.toLowerCase();
    const found = pos.models["res.partner"].filter(
        (partner) =>
            partner.isListedCustomer &&
            [partner.customer_code, partner.barcode].some((c) => c && c.toLowerCase() === wanted)
    );
    return found.length === 1 ? rowOfPartner(found[0]) : undefined;
}

async function findByCode(pos, code) {
    try {
        if (pos.data.network.offline) {
            throw new ConnectionLostError();
        }
        const row = await pos.data.orm.silent.call("res.partner", "customer_scan", [], {
            code,
            config_id: pos.config.id,
        });
        return row || undefined;
    } catch (error) {
        if (error instanceof ConnectionLostError) {
            return findHeld(pos, code);
        }
        throw error;
    }
}

/**
 * Whose code or barcode was scanned; without a connection, among those whom the till holds.
 *
 * @returns {Promise<Object | undefined>} the row of the customer
 */
export async function findScanned(pos, text) {
    for (const code of codesOf(text)) {
        const row = await findByCode(pos, code);
        if (row) {
            return row;
        }
    }
    return undefined;
}
