/* global posmodel */
import { click, row } from "@pos_customer/../tests/tours/utils/customers_screen_util";

export { click, row };
export {
    network,
    pageIsKept,
    reload,
    stillCut,
} from "@pos_customer/../tests/tours/utils/network_util";

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
