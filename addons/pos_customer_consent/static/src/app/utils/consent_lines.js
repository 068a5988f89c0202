import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** What is asked here, of a customer of whose answers nothing is known at the moment. */
export function heldConsents(models, lang) {
    return askedPurposes(models).map((purpose) => {
        const wording = purpose.getWording(lang);
        return {
            purpose: purpose.code,
            name: purpose.name,
            state: "unknown",
            since: false,
            until: false,
            channel: false,
            active: true,
            body: wording.body,
            till: { wording: wording.id, title: wording._title, lang: wording.lang, asked: true },
        };
    });
}

/** The purposes of this till that have words to be asked with. */
export function askedPurposes(models) {
    return models["consent.purpose"]
        .filter((purpose) => purpose.getWording())
        .sort((a, b) => a.sequence - b.sequence || a.id - b.id);
}

const channels = () => ({
    pos: _t("at the till"),
    customer_display: _t("on the customer display"),
    backend: _t("in the back office"),
    portal: _t("in the customer's account"),
    link: _t("by a link"),
    web_form: _t("on the website"),
    import: _t("by import"),
    api: _t("from another system"),
    system: _t("by a merge"),
});

const GRANTED = { granted: true, refused: false, withdrawn: false };

/**
 * Lines of the card: what the server knows, and over it what waits here.
 *
 * @param {Object[]} consents of the card
 * @param {ConsentAnswer[]} answers of this customer
 */
export function consentLines(consents, answers) {
    const listed = new Set(consents.map((item) => item.purpose));
    const others = new Set(answers.map((answer) => answer.purpose).filter((code) => !listed.has(code)));
    return [...consents, ...[...others].map(givenUp)]
        .map((item) => {
            const own = answers.filter((answer) => answer.purpose === item.purpose);
            const waiting = own.filter((answer) => !answer.error).sort((a, b) => b.at - a.at)[0];
            const refused = own.find((answer) => answer.error);
            return {
                code: item.purpose,
                name: item.name,
                body: item.body,
                lang: item.till.lang || "",
                wording: item.till.wording,
                title: item.till.title,
                granted: waiting ? waiting.granted : (GRANTED[item.state] ?? null),
                mayGrant: item.till.asked,
                state: item.state,
                isWaiting: Boolean(waiting),
                refused,
                text: waiting ? "" : stateText(item),
            };
        })
        .filter(
            (line) =>
                line.mayGrant ||
                line.isWaiting ||
                line.refused ||
                !["unanswered", "unknown"].includes(line.state)
        );
}

/** A purpose that nobody is asked for any more, while an answer of this till was waiting. */
function givenUp(code) {
    return {
        purpose: code,
        name: code,
        state: "unanswered",
        body: "",
        till: { wording: false, title: code, asked: false },
    };
}

/** Since when and how: `Yes since 12/05/2026, at the till`. */
function stateText({ state, since, until, channel }) {
    const day = since && formatDate(deserializeDateTime(since));
    const how = channels()[channel];
    const parts = { day, how };
    switch (state) {
        case "granted":
            return until
                ? _t("Yes since %(day)s, %(how)s, valid until %(until)s", {
                      ...parts,
                      until: formatDate(deserializeDateTime(until)),
                  })
                : _t("Yes since %(day)s, %(how)s", parts);
        case "refused":
            return _t("No since %(day)s, %(how)s", parts);
        case "withdrawn":
            return _t("Withdrawn on %(day)s, %(how)s", parts);
        case "expired":
            return _t("Expired on %s: ask again", until && formatDate(deserializeDateTime(until)));
        case "unknown":
            return _t("The answer is shown when the connection is back");
        default:
            return _t("No answer yet");
    }
}
