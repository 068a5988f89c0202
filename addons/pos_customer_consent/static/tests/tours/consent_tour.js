/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import {
    choice,
    click,
    network,
    no,
    nothingWaits,
    onCard,
    openCard,
    openCustomers,
    pageIsKept,
    reload,
    row,
    shows,
    state,
    stillCut,
    waits,
    yes,
} from "@pos_customer_consent/../tests/tours/utils/consent_util";
import { registry } from "@web/core/registry";

const NEWS = onCard("till_news");
const CALLS = onCard("till_calls");

/** See `meanwhile` of pos_customer's `tests/common.py`. */
const meanwhile = (act) => ({
    content: `meanwhile: ${act}`,
    trigger: "body",
    run: () => posmodel.data.call("pos.session", "customer_test_act", [posmodel.session.id, act]),
});

registry.category("web_tour.tours").add("pos_customer_consent_card_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            shows(NEWS, "none"),
            state(NEWS, "unanswered"),
            { trigger: `${NEWS}:not(:has(.consent-choice-body))` },
            click(`${NEWS} .consent-choice-wording`),
            { trigger: `${NEWS} .consent-choice-body:contains(You may write to me)` },
            yes(NEWS),
            shows(NEWS, "yes"),
            state(NEWS, "granted"),
            no(CALLS),
            state(CALLS, "refused"),
            shows(CALLS, "no"),
            // as easily as it was given
            no(NEWS),
            shows(NEWS, "no"),
            state(NEWS, "withdrawn"),
            nothingWaits(),
            // answered in the back office meanwhile; the card stays as it was opened
            meanwhile("back_office"),
            state(CALLS, "granted"),
            shows(CALLS, "yes"),
            { trigger: `${NEWS} .consent-choice-body` },
            Chrome.endTour(),
        ].flat(),
});

/** In French: each reads what is asked of them in their own language. */
registry.category("web_tour.tours").add("pos_customer_consent_french_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            click(`${NEWS} .consent-choice-wording`),
            { trigger: `${NEWS} .consent-choice-body[lang=fr-FR]:contains(Vous pouvez m'écrire)` },
            yes(NEWS),
            state(NEWS, "granted"),
            nothingWaits(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_consent_offline_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            pageIsKept(),
            openCard("Bo Plain"),
            yes(CALLS),
            state(CALLS, "granted"),
            nothingWaits(),
            network("cut"),
            no(CALLS),
            shows(CALLS, "no"),
            waits(CALLS),
            yes(NEWS),
            waits(NEWS),
            reload(),
            stillCut(),
            openCard("Bo Plain"),
            shows(CALLS, "no"),
            waits(CALLS),
            shows(NEWS, "yes"),
            waits(NEWS),
            network("mend"),
            nothingWaits(),
            state(NEWS, "granted"),
            state(CALLS, "withdrawn"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_consent_lost_answer_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            network("lose=consent_receive"),
            yes(NEWS),
            shows(NEWS, "yes"),
            waits(NEWS),
            network("mend"),
            nothingWaits(),
            state(NEWS, "granted"),
            Chrome.endTour(),
        ].flat(),
});

const asked = (code) => `.customer-form-consents ${choice(code)}`;
const refusedBeside = (code) => ({
    trigger: `.customer-form-consent.is-invalid ${choice(code)} .customer-form-error`,
});
const fill = (name, text) => ({ trigger: `.customer-form [name=${name}]`, run: `edit ${text}` });
const save = () => click(".customer-form-save");
const formIsClosed = () => ({ trigger: "body:not(:has(.customer-form))" });

/** Nothing is chosen before somebody chooses; what must be answered is asked for. */
const createWithConsents = (name) => [
    click(".customers-new"),
    fill("name", name),
    shows(asked("till_news"), "none"),
    shows(asked("till_calls"), "none"),
    shows(asked("till_terms"), "none"),
    save(),
    refusedBeside("till_calls"),
    refusedBeside("till_terms"),
    { trigger: `${asked("till_news")}:not(:has(.customer-form-error))` },
    no(asked("till_calls")),
    no(asked("till_terms")),
    save(),
    refusedBeside("till_terms"),
    yes(asked("till_terms")),
    {
        trigger: ".customer-form-consents select[name=lang]",
        run: "select fr_FR",
    },
    yes(asked("till_news")),
    click(`${asked("till_news")} .consent-choice-wording`),
    { trigger: `${asked("till_news")} .consent-choice-body:contains(Vous pouvez m'écrire)` },
];

registry.category("web_tour.tours").add("pos_customer_consent_creation_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCustomers(),
            createWithConsents("Nora New"),
            save(),
            formIsClosed(),
            { trigger: `${row("Nora New")}.open` },
            shows(NEWS, "yes"),
            state(NEWS, "granted"),
            shows(CALLS, "no"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_consent_creation_offline_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            pageIsKept(),
            openCustomers(),
            network("cut"),
            createWithConsents("Nora New"),
            save(),
            formIsClosed(),
            { trigger: `${row("Nora New")} .customer-unsent` },
            shows(NEWS, "yes"),
            waits(NEWS),
            reload(),
            stillCut(),
            openCustomers(),
            click(row("Nora New")),
            shows(NEWS, "yes"),
            waits(NEWS),
            // before anybody has heard of the customer
            no(NEWS),
            shows(NEWS, "no"),
            network("mend"),
            nothingWaits(),
            { trigger: `${row("Nora New")}:not(:has(.customer-unsent))` },
            state(NEWS, "withdrawn"),
            state(CALLS, "refused"),
            Chrome.endTour(),
        ].flat(),
});
