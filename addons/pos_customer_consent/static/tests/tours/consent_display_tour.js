/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import {
    choice,
    click,
    network,
    nothingWaits,
    onCard,
    openCard,
    openCustomers,
    row,
    shows,
    state,
    waits,
} from "@pos_customer_consent/../tests/tours/utils/consent_util";
import { registry } from "@web/core/registry";

const NEWS = onCard("till_news");
const CALLS = onCard("till_calls");

/** The page of the customer display, as a second page of the till's browser. */
const openDisplay = () => ({
    content: "the customer display is opened",
    trigger: "body",
    run: () => {
        const frame = document.createElement("iframe");
        frame.className = "test-display";
        frame.style = "position: fixed; inset: 0 auto auto 0; width: 40%; height: 100%; z-index: 9999";
        frame.src = `/pos_customer_display/${posmodel.config.id}/a-device-of-the-test`;
        document.body.append(frame);
    },
});
const closeDisplay = () => ({
    trigger: "body",
    run: () => document.querySelector(".test-display").remove(),
});
const display = (selector) => `.test-display:iframe ${selector}`;
/** The hand of the customer: what covers the till's page does not cover theirs. */
const tap = (selector) => ({
    content: `the customer taps ${selector}`,
    trigger: ".modal .consent-display-popup",
    run: async () => {
        for (let i = 0; i < 100; i++) {
            const page = document.querySelector(".test-display").contentDocument;
            const button = page.querySelector(selector);
            if (button && !button.disabled) {
                return button.click();
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`Nothing to tap: ${selector}`);
    },
});
const displayIsOpen = () => ({ trigger: display(".o_customer_display") });
const displayIsFree = () => ({ trigger: display("body:not(:has(.consent-request-footer))") });
const asked = (code) => `.consent-request-question[data-purpose=${code}]`;
const question = (code) => display(asked(code));
const popup = (name) => ({ trigger: `.consent-display-popup[data-state=${name}]` });
const arrives = (code, answer) => ({
    trigger: `.consent-display-popup .consent-display-line[data-purpose=${code}][data-answer=${answer}]`,
});
const letAnswer = () => click(".customer-card-consent-display");
const close = () => click(".consent-display-close");

registry.category("web_tour.tours").add("pos_customer_consent_display_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            // a display that is not there says so
            letAnswer(),
            popup("calling"),
            popup("missing"),
            openDisplay(),
            displayIsOpen(),
            click(".consent-display-again"),
            popup("reading"),
            // in the customer's language, and nothing chosen
            { trigger: `${question("till_news")}[lang=fr-FR] .consent-request-wording:contains(Vous pouvez m'écrire)` },
            { trigger: display(".consent-request:not(:has([aria-pressed=true]))") },
            { trigger: display(".consent-request-confirm:disabled") },
            tap(`${asked("till_news")} .consent-request-yes`),
            arrives("till_news", "yes"),
            tap(`${asked("till_calls")} .consent-request-yes`),
            arrives("till_calls", "yes"),
            tap(`${asked("till_calls")} .consent-request-no`),
            arrives("till_calls", "no"),
            // chosen is not confirmed
            shows(NEWS, "none"),
            tap(".consent-request-confirm"),
            popup("answered"),
            displayIsFree(),
            close(),
            state(NEWS, "granted"),
            state(CALLS, "refused"),
            // taken back at the till
            letAnswer(),
            popup("reading"),
            tap(`${asked("till_news")} .consent-request-no`),
            arrives("till_news", "no"),
            close(),
            displayIsFree(),
            shows(NEWS, "yes"),
            // not now, says the customer
            letAnswer(),
            tap(`${asked("till_news")} .consent-request-no`),
            tap(".consent-request-decline"),
            popup("declined"),
            displayIsFree(),
            close(),
            shows(NEWS, "yes"),
            nothingWaits(),
            closeDisplay(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_consent_display_offline_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openDisplay(),
            displayIsOpen(),
            openCard("Bo Plain"),
            network("cut"),
            letAnswer(),
            popup("reading"),
            tap(`${asked("till_news")} .consent-request-yes`),
            tap(".consent-request-confirm"),
            popup("answered"),
            close(),
            shows(NEWS, "yes"),
            waits(NEWS),
            network("mend"),
            nothingWaits(),
            state(NEWS, "granted"),
            closeDisplay(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_consent_display_creation_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openDisplay(),
            displayIsOpen(),
            openCustomers(),
            click(".customers-new"),
            { trigger: ".customer-form [name=name]", run: "edit Nora New" },
            click(".customer-form-consent-display"),
            // what is needed holds the confirmation up
            tap(`${asked("till_news")} .consent-request-yes`),
            { trigger: display(".consent-request-confirm:disabled") },
            tap(`${asked("till_calls")} .consent-request-no`),
            tap(".consent-request-confirm"),
            popup("answered"),
            close(),
            shows(`.customer-form-consents ${choice("till_news")}`, "yes"),
            shows(`.customer-form-consents ${choice("till_calls")}`, "no"),
            click(".customer-form-save"),
            { trigger: `${row("Nora New")}.open` },
            state(NEWS, "granted"),
            state(CALLS, "refused"),
            closeDisplay(),
            Chrome.endTour(),
        ].flat(),
});
