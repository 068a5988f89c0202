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
    };
}

const digits = (text) => text.replace(/\D/g, "");

/** Whether every word of the query occurs somewhere in the row. */
export function matchesQuery(row, query) {
    const words = normalize(query || "")
        .split(/\s+/)
        .filter(Boolean);
    if (!words.length) {
        return true;
    }
    const { name, code, email, street, zip, city, phone } = row;
    const text = normalize([name, code, email, street, zip, city, phone].join(" "));
    const number = digits(phone);
    return words.every((word) => {
        const dialled = digits(word).replace(/^0+/, "");
        return (
            text.includes(word) ||
            (/^[+\d().\-/]+$/.test(word) && dialled.length >= 3 && number.includes(dialled))
        );
    });
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

/** Put what was typed into the field that it looks like. */
export function valuesOfQuery(query) {
    const text = query.trim();
    if (!text) {
        return {};
    }
    if (/^\S+@\S*$/.test(text)) {
        return { email: text };
    }
    if (/^\+?[\d\s().\-/]{5,}$/.test(text)) {
        return { phone: text };
    }
    return { name: text };
}
