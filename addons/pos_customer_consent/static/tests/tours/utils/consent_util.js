/* global posmodel */
import { click, row } from "@pos_customer/../tests/tours/utils/customers_screen_util";

export { click, row };

export const openCustomers = () => [click(".customers-button"), { trigger: ".customers-screen" }];

export const openCard = (name) => [
    ...openCustomers(),
    click(row(name)),
    { trigger: ".customer-card .customer-card-consents" },
];

export const choice = (code) => `.consent-choice[data-purpose=${code}]`;
export const onCard = (code) => `.customer-card ${choice(code)}`;
export const yes = (where) => click(`${where} .consent-choice-yes`);
export const no = (where) => click(`${where} .consent-choice-no`);

/** The answer that a choice shows: `yes`, `no` or `none`. */
export const shows = (where, answer) => ({
    content: `${where} shows ${answer}`,
    trigger: {
        yes: `${where}:has(.consent-choice-yes[aria-pressed=true])`,
        no: `${where}:has(.consent-choice-no[aria-pressed=true])`,
        none: `${where}:not(:has([aria-pressed=true]))`,
    }[answer],
});

export const state = (where, name) => ({
    trigger: `${where} .customer-card-consent-state[data-state=${name}]`,
});

export const waits = (where) => ({ trigger: `${where} .customer-card-consent-waiting` });

const logError = console.error;

/** Core logs what a cut network does to it; a tour fails with any error that is logged. */
export function expectLostConnections() {
    console.error = (...args) => {
        const text = args.map((arg) => arg?.message || String(arg)).join(" ");
        (/Connection (to|couldn't)|ConnectionLostError/.test(text) ? console.info : logError)(...args);
    };
}

/** See `tests/network.py` of pos_customer. */
export const network = (word) => ({
    content: `the network: ${word}`,
    trigger: "body",
    run: () => {
        expectLostConnections();
        return fetch(`/pos_customer_test_network?${word}`);
    },
});

/** The page that was reloaded without a connection expects none either. */
export const stillCut = () => ({ trigger: ".pos-topheader", run: () => expectLostConnections() });

export const pageIsKept = () => ({
    content: "the page is kept for times without a connection",
    trigger: "body",
    run: async () => {
        await navigator.serviceWorker.ready;
        for (let i = 0; i < 100; i++) {
            const cache = await caches.open("odoo-pos-cache");
            if ((await cache.keys()).length > 4) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("The service worker keeps nothing.");
    },
});

export const reload = () => ({
    content: "the page is loaded again",
    trigger: "body",
    run: () => window.location.reload(),
    expectUnloadPage: true,
});

export const nothingWaits = () => ({
    content: "every answer has arrived",
    trigger: "body",
    run: async () => {
        for (let i = 0; i < 100; i++) {
            if (!posmodel.models["consent.answer"].length) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("An answer did not arrive.");
    },
});
