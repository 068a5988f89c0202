import { deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Scopes of a block in the order of the server, with what each keeps the customer from. */
export const blockScopes = () => [
    { name: "pos", label: _t("Till and quotations") },
    { name: "credit", label: _t("Purchase on account") },
    { name: "login", label: _t("Login") },
    { name: "marketing", label: _t("Marketing") },
];

/** Why customers are blocked, by code. */
export const blockReasons = () => ({
    unpaid: _t("Unpaid invoices"),
    abuse: _t("Abuse"),
    fraud: _t("Fraud"),
    own_request: _t("Own request"),
    other: _t("Other reason"),
});

/** Why blocks are lifted, by code. */
export const liftReasons = () => ({
    settled: _t("Settled"),
    mistake: _t("Blocked by mistake"),
    own_request: _t("Own request"),
    other: _t("Other reason"),
});

/** Last moment of a block as luxon date, from the text of a call or the field of a record. */
function lastMoment(until) {
    if (!until) {
        return null;
    }
    return typeof until === "string" ? deserializeDateTime(until) : until;
}

/** Whether the last moment of a block is over, by the clock of the till. */
export function isOver(until) {
    const last = lastMoment(until);
    return Boolean(last) && last < DateTime.now();
}

/** What the till itself knows of the blocks of a customer, as the card tells them. */
export function heldBlocks(partner) {
    if (!partner.isBlockedAtTill()) {
        return [];
    }
    const { customer_blocked_pos_reason: reason, customer_blocked_pos_until: until } = partner;
    return [{ scope: "pos", reason, until, through: "" }];
}

/** Why and how long: `Unpaid invoices, until 12/31/2031`. */
export function blockText({ reason, until, through }) {
    const last = lastMoment(until);
    const parts = [blockReasons()[reason] || blockReasons().other];
    if (last) {
        const isDay = last.hour === 23 && last.minute === 59;
        parts.push(_t("until %s", isDay ? formatDate(last) : formatDateTime(last)));
    }
    if (through) {
        parts.push(_t("through %s", through));
    }
    return parts.join(", ");
}
