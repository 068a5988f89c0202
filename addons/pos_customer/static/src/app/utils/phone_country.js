/** The international prefix that a number begins with, as digits, else "". */
function prefixOf(text) {
    const [, rest = ""] = /^\s*(?:\+|00)([\d\s().\-/]*)/.exec(text || "") || [];
    return rest.replace(/\D/g, "");
}

export function isInternational(text) {
    return Boolean(prefixOf(text));
}

/**
 * The country of a number that says its own: `+48 601…`, `0048601…`.
 *
 * @param {string} text
 * @param {Object} codes dialling code by country id, e.g. `{ 20: 32 }`
 * @param {number|false} preferred of several countries with one code (+1, +44) this one
 * @returns {number|false} id of the country
 */
export function countryOfPhone(text, codes, preferred) {
    const digits = prefixOf(text);
    let found = false;
    let length = 0;
    for (const [id, code] of Object.entries(codes)) {
        const own = String(code);
        if (!digits.startsWith(own) || own.length < length) {
            continue;
        }
        if (own.length > length || Number(id) === preferred) {
            found = Number(id);
            length = own.length;
        }
    }
    return found;
}
