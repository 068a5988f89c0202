import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import {
    click,
    network,
    no,
    nothingWaits,
    onCard,
    openCard,
    pageIsKept,
    reload,
    shows,
    state,
    stillCut,
    waits,
    yes,
} from "@pos_customer_consent/../tests/tours/utils/consent_util";
import { registry } from "@web/core/registry";

const NEWS = onCard("till_news");
const CALLS = onCard("till_calls");

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
