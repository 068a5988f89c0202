import { deserializeDate } from "@web/core/l10n/dates";
import { normalize } from "@web/core/l10n/utils";

const { DateTime } = luxon;

/** Last day of a type as luxon date, from the text of a row or the field of a record. */
export function untilDate(until) {
    if (!until) {
        return null;
    }
    return typeof until === "string" ? deserializeDate(until) : until;
}

/** Whether the proof of a type is out of date, by the clock of the till. */
export function isExpired(until) {
    const day = untilDate(until);
    return Boolean(day) && day.endOf("day") < DateTime.now();
}

/** The thin row of a customer whom the till holds: as `customer_search` returns them. */
export function rowOfPartner(partner) {
    const until = untilDate(partner.customer_type_until);
    return {
        id: partner.id,
        name: [partner.parent_name, partner.name].filter(Boolean).join(", "),
        code: partner.customer_code || "",
        type_id: partner.customer_type_id?.id || false,
        type_until: until ? until.toISODate() : false,
        phone: partner.phone || "",
        email: partner.email || "",
        street: partner.street || "",
        zip: partner.zip || "",
        city: partner.city || "",
        is_company: Boolean(partner.is_company),
        blocked: partner.isBlockedAtTill(),
        unsent: Boolean(partner.getCustomerDraft()),
        ...partner.moreOfCustomerRow(),
    };
}

const digits = (text) => text.replace(/\D/g, "");

/** Where a row holds what a field of the server holds. */
const ROW_KEYS = { complete_name: "name", customer_code: "code" };
const USUAL_KEYS = ["name", "code", "email", "street", "zip", "city", "phone"];

const wordsOf = (text) => normalize(text || "").split(/\s+/).filter(Boolean);

// folded once for each row, and not at each key press
const foldedTexts = new WeakMap();

function foldedText(row, keys) {
    const texts = foldedTexts.get(row) || {};
    foldedTexts.set(row, texts);
    return (texts[keys] ??= normalize(keys.map((key) => row[key] || "").join(" ")));
}

/** Whether every word of the text occurs somewhere in these values of a row: a function of it. */
function textMatcher(text, keys) {
    const words = wordsOf(text).map((word) => ({
        word,
        dialled: /^[+\d().\-/]+$/.test(word) ? digits(word).replace(/^0+/, "") : "",
    }));
    return (row) => {
        const held = foldedText(row, keys);
        const number = keys.includes("phone") ? digits(row.phone) : "";
        return words.every(
            ({ word, dialled }) => held.includes(word) || (dialled.length >= 3 && number.includes(dialled))
        );
    };
}

/**
 * Whether a row fits what was typed, as far as it tells.
 *
 * @param {string[] | null} fields those to look into; values between commas go to them in order
 * @returns {function(Object): boolean}
 */
export function queryMatcher(query, fields = null) {
    if (!fields) {
        return textMatcher(query, USUAL_KEYS);
    }
    const keys = fields.map((name) => ROW_KEYS[name] || name);
    if (!(query || "").includes(",")) {
        return textMatcher(query, keys);
    }
    const matchers = query
        .split(",")
        .slice(0, keys.length)
        .map((text, index) => textMatcher(text, [keys[index]]));
    return (row) => matchers.every((matches) => matches(row));
}

/** Whether the row passes the filters; what a row does not tell, it does not pass. */
export function fitsFilters(row, filters) {
    const { type_id, blocked, served_after, served_before, never_served } = filters;
    return (
        (!never_served || row.served_on === false) &&
        (!type_id || row.type_id === type_id) &&
        (!blocked || Boolean(row.blocked)) &&
        (!served_after || Boolean(row.served_on && row.served_on >= served_after)) &&
        (!served_before || Boolean(row.served_on && row.served_on <= served_before))
    );
}

/** How well rows fit: a whole code or e-mail, then the beginnings of their names. */
function ranker(query) {
    const words = wordsOf(query);
    const whole = normalize(query.trim());
    return (row) => {
        if (!words.length) {
            return 1;
        }
        if ([row.code, row.email].some((value) => value && normalize(value) === whole)) {
            return 0;
        }
        const names = foldedText(row, ["name"]).split(/[\s,]+/);
        return words.every((word) => names.some((name) => name.startsWith(word))) ? 1 : 2;
    };
}

/** The rows in the order of the server, as far as they tell: the best first, then who came lately. */
export function sortedRows(rows, query) {
    const rank = ranker(query);
    return rows
        .map((row) => ({ row, rank: rank(row) }))
        .sort(
            (a, b) =>
                // only this till has them
                Boolean(b.row.unsent) - Boolean(a.row.unsent) ||
                a.rank - b.rank ||
                (b.row.served_on || "").localeCompare(a.row.served_on || "") ||
                a.row.name.localeCompare(b.row.name)
        )
        .map(({ row }) => row);
}

/**
 * Rows of the server behind those that are shown.
 *
 * A row that is shown keeps its place, so that a tap hits what was seen: it takes the
 * fresher values where it stands, and only rows that were not there are added, at the end.
 */
export function mergeRows(shown, incoming) {
    const fresh = new Map(incoming.map((row) => [row.id, row]));
    const merged = shown.map((row) => fresh.get(row.id) || row);
    const ids = new Set(shown.map((row) => row.id));
    for (const row of fresh.values()) {
        if (!ids.has(row.id)) {
            merged.push(row);
        }
    }
    return merged;
}

/** Fields of the search by fields that the form of a customer has as texts. */
export const formFieldsOfQuery = [
    "name",
    "phone",
    "email",
    "street",
    "zip",
    "city",
    "customer_code",
];

/** Put what was typed into the fields that were searched, or the one that it looks like. */
export function valuesOfQuery(query, fields = null) {
    const text = query.trim();
    if (fields && (text.includes(",") || fields.length === 1)) {
        const values = fields.length === 1 ? [text] : text.split(",").map((value) => value.trim());
        const pairs = fields.map((name, index) => [name, values[index]]);
        return Object.fromEntries(
            pairs.filter(([name, value]) => value && formFieldsOfQuery.includes(name))
        );
    }
    if (!text) {
        return {};
    }
    if (/^\S*@\S*$/.test(text)) {
        return { email: text };
    }
    if (/^\+?[\d\s().\-/]+$/.test(text) && /\d/.test(text)) {
        return { phone: text };
    }
    return { name: text };
}
